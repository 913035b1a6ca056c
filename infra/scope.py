"""Whose data a call may touch: every repository call on learner data takes a `Scope` first."""

import hashlib
import re
from dataclasses import dataclass

from infra.errors import BadInput

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")

LOCAL_TENANT = "local"


def checked_id(value: str, what: str) -> str:
    """`value` unchanged when it is 1 to 64 ASCII letters, digits, `_` or `-`, starting with a letter or digit.

    Raises BadInput otherwise. Identifiers become Redis keys and folder names, so nothing else may pass.
    """
    if not _ID.fullmatch(value):
        raise BadInput(f"{what} must be 1 to 64 letters, digits, '-' or '_', starting with a letter or digit.")
    return value


@dataclass(frozen=True, slots=True)
class Scope:
    """One learner of one tenant (the caller that owns the learner's data)."""

    tenant: str
    learner_id: str

    def __post_init__(self) -> None:
        checked_id(self.tenant, "tenant")
        checked_id(self.learner_id, "learner_id")

    @property
    def key(self) -> str:
        """A stable name for the learner: used in Redis keys."""
        return f"{self.tenant}:{self.learner_id}"

    @property
    def folder(self) -> str:
        """A file-system-safe name that differs for ids which differ only in case."""
        return f"{self.learner_id.lower()}-{hashlib.sha256(self.key.encode()).hexdigest()[:16]}"


def scope_of(learner_id: str, tenant: str = LOCAL_TENANT) -> Scope:
    return Scope(tenant=tenant, learner_id=learner_id)
