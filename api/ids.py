"""Decides which of our ids a foreign client's own name stands for."""

import hashlib
import json
import unicodedata

from infra.errors import BadInput
from infra.scope import checked_id

HASHED = "h-"
HASH_DIGITS = 40


def safe_id(name: str) -> str:
    """`name` itself where it is an id (`infra.scope.checked_id`), else a stable id: an e-mail address, a Vietnamese
    name, a text of any length."""
    try:
        return checked_id(name, "id")
    except BadInput:
        return derived_id(HASHED, unicodedata.normalize("NFC", name))


def derived_id(prefix: str, *parts: str) -> str:
    """The same id for the same parts, another for others: `prefix` and 160 bits of their SHA-256."""
    return prefix + hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:HASH_DIGITS]
