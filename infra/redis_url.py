"""Decides what a COACH_REDIS_URL means: one server, the master that Sentinels name, or a Cluster."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from redis.asyncio.connection import SSLConnection, parse_url

from infra.errors import Misconfigured

Kind = Literal["one", "sentinel", "cluster"]
PORTS: Mapping[Kind, int] = {"one": 6379, "sentinel": 26379, "cluster": 6379}
_MANY = re.compile(r"(?P<scheme>rediss?)\+(?P<kind>sentinel|cluster)://(?:(?P<login>[^@/?]*)@)?"
                   r"(?P<hosts>[^@/?]+)(?P<path>/[^?]*)?(?:\?(?P<query>.*))?")  # fmt: skip
_SENTINELS_OWN = "sentinel_"


@dataclass(frozen=True, slots=True)
class RedisAddress:
    """`hosts`: of Sentinels or of some of a Cluster's nodes, empty for one server, whose `url` says all.

    `service`: the master's name among Sentinels. `options`: of every connection to a server (user, password, database,
    TLS), `sentinel_options`: of those to Sentinels.
    """

    kind: Kind
    url: str
    hosts: tuple[tuple[str, int], ...] = ()
    service: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    sentinel_options: Mapping[str, Any] = field(default_factory=dict)


def redis_address(url: str) -> RedisAddress:
    """Reads ``redis[s]://``, ``unix://``, ``redis[s]+sentinel://HOST:PORT,HOST:PORT/SERVICE[/DB]`` and
    ``redis[s]+cluster://HOST:PORT,HOST:PORT``. Raises Misconfigured; never repeats what may be a password.
    """
    try:
        return _many(url) if url.partition("://")[0].endswith(("+sentinel", "+cluster")) else _one(url)
    except (ValueError, TypeError):
        raise Misconfigured(
            "COACH_REDIS_URL is not a Redis URL: write redis://user:password@host:6379/0 (rediss:// for TLS), "
            "redis+sentinel://host:26379,host:26379/service/0 or redis+cluster://host:6379,host:6379 "
            "and percent-encode special characters of the password."
        ) from None


def _one(url: str) -> RedisAddress:
    parse_url(url)
    return RedisAddress("one", url)


def _many(url: str) -> RedisAddress:
    found = _MANY.fullmatch(url)
    if found is None:
        raise ValueError
    kind: Kind = "sentinel" if found["kind"] == "sentinel" else "cluster"
    hosts = tuple(_host(host, PORTS[kind]) for host in found["hosts"].split(","))
    path = [unquote(part) for part in (found["path"] or "").split("/") if part]
    service = path.pop(0) if kind == "sentinel" and path else ""
    if (kind == "sentinel" and not service) or len(path) > 1 or (kind == "cluster" and path not in ([], ["0"])):
        raise ValueError  # a Cluster has one database only
    login = f"{found['login']}@" if found["login"] else ""
    options = dict(parse_url(f"{found['scheme']}://{login}one/{int(path[0]) if path else 0}?{found['query'] or ''}"))
    del options["host"]
    if options.pop("connection_class", None) is SSLConnection:
        options["ssl"] = True
    own = {key.removeprefix(_SENTINELS_OWN): options.pop(key) for key in [*options] if key.startswith(_SENTINELS_OWN)}
    if set(own) - {"username", "password"}:
        raise ValueError
    encryption = {key: value for key, value in options.items() if key.startswith("ssl")}
    return RedisAddress(kind, url, hosts, service, options, {**encryption, **own})


def _host(named: str, port: int) -> tuple[str, int]:
    parts = urlsplit(f"//{named}")
    if not parts.hostname or parts.path or parts.port == 0:
        raise ValueError
    return parts.hostname, parts.port or port
