"""Who calls: an API key names a tenant; without configured keys only this machine can call."""

import hmac
from collections.abc import Mapping, Sequence

from pydantic import SecretStr
from starlette.requests import Request

from infra.errors import Misconfigured, Unauthenticated
from infra.scope import LOCAL_TENANT, checked_id

_HOW = "Send the key as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'."
MIN_KEY_CHARACTERS = 16


class Callers:
    """The configured keys. An entry is KEY, or TENANT:KEY to keep that caller's learners apart from others'."""

    def __init__(self, entries: Sequence[SecretStr]) -> None:
        self._tenants: Mapping[str, str] = dict(_parsed(entry.get_secret_value()) for entry in entries)

    def tenant(self, request: Request) -> str:
        """The tenant that the request's key names. Raises Unauthenticated."""
        if not self._tenants:
            return LOCAL_TENANT
        offered = _offered(request)
        if not offered:
            raise Unauthenticated(f"This server needs an API key. {_HOW}")
        matches = [t for key, t in self._tenants.items() if hmac.compare_digest(key.encode(), offered.encode())]
        if not matches:
            raise Unauthenticated(f"This API key is not known. {_HOW}")
        return matches[0]


def _parsed(entry: str) -> tuple[str, str]:
    tenant, separator, key = entry.rpartition(":")
    if len(key) < MIN_KEY_CHARACTERS:
        raise Misconfigured(f"COACH_API_KEYS: each key needs at least {MIN_KEY_CHARACTERS} characters.")
    return key, checked_id(tenant, "COACH_API_KEYS tenant") if separator else LOCAL_TENANT


def _offered(request: Request) -> str:
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    return bearer.strip() if scheme.lower() == "bearer" else request.headers.get("x-api-key", "")
