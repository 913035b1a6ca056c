"""Decides which network addresses a URL that a caller gave may lead to."""

import ipaddress
from collections.abc import Sequence

_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def is_public(address: str) -> bool:
    """True for a unicast address of the open internet. False for anything else, and for what is not an address.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, Teredo, NAT64) is as public as what it carries.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return all(each.is_global and not each.is_multicast for each in (parsed, *_carried(parsed)))


def _carried(address: Address) -> Sequence[Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    if address in _NAT64:
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    teredo = address.teredo or ()
    return tuple(each for each in (address.ipv4_mapped, address.sixtofour, *teredo) if each is not None)
