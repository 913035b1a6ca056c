"""The family of errors the coach raises on purpose; one handler turns them into problem+json."""

from typing import ClassVar, Literal

Actor = Literal["caller", "operator", "retry"]


class CoachError(Exception):
    """Root of every deliberate error.

    ``code`` is stable and documented, ``status`` is the HTTP status, ``actor`` says who acts next:
    the ``caller`` mends the request, the ``operator`` mends the installation, ``retry`` means that
    the same request may go through later (after ``retry_after`` seconds where that is known).
    ``detail`` is shown to callers: it says what to do and never quotes a child.
    """

    code: ClassVar[str] = "internal"
    status: ClassVar[int] = 500
    actor: ClassVar[Actor] = "operator"

    def __init__(self, detail: str, *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retry_after = retry_after


class BadInput(CoachError):
    """The request can be read but not accepted: a field is missing, too long or malformed."""

    code, status, actor = "bad_input", 422, "caller"


class Unauthenticated(CoachError):
    """No key, or a key that is not known. See `Forbidden` for a known key that may not do this."""

    code, status, actor = "unauthenticated", 401, "caller"


class Forbidden(CoachError):
    """The caller is known and may not do this."""

    code, status, actor = "forbidden", 403, "caller"


class NotFound(CoachError):
    """The named thing does not exist in the caller's scope."""

    code, status, actor = "not_found", 404, "caller"


class Conflict(CoachError):
    """The thing changed or is busy: read it again and decide."""

    code, status, actor = "conflict", 409, "caller"


class TurnMismatch(CoachError):
    """A turn id that was used before comes with another message. See `Conflict` for a turn that has to wait."""

    code, status, actor = "turn_mismatch", 422, "caller"


class RolledBack(CoachError):
    """A later message took this turn back: nothing of it was kept."""

    code, status, actor = "rolled_back", 409, "caller"


class TooLarge(CoachError):
    """The body or text is over the limit that the detail names."""

    code, status, actor = "too_large", 413, "caller"


class RateLimited(CoachError):
    """Too many requests: wait `retry_after` seconds."""

    code, status, actor = "rate_limited", 429, "retry"


class ModelFailed(CoachError):
    """A model answered with an error or with something unusable. See `Unavailable` when it could not be reached."""

    code, status, actor = "model_failed", 502, "retry"


class Unavailable(CoachError):
    """A backend or a pool is down or full right now."""

    code, status, actor = "unavailable", 503, "retry"


class DeadlineExceeded(CoachError):
    """The work was abandoned at its deadline."""

    code, status, actor = "deadline_exceeded", 504, "retry"


class Misconfigured(CoachError):
    """A setting or a configuration file is wrong: the detail names file, line and remedy."""

    code, status, actor = "misconfigured", 500, "operator"


class ContentInvalid(CoachError):
    """A lesson, prompt or scenario file is wrong: the detail names file, line and reason."""

    code, status, actor = "content_invalid", 500, "operator"
