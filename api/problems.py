"""One shape for every error that leaves the house over HTTP: application/problem+json (RFC 9457)."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from infra.errors import CoachError
from infra.logs import correlation_id

_log = logging.getLogger(__name__)
_MAX_FIELD_ERRORS = 5


def problem(status: int, code: str, detail: str, *, retry_after: float | None = None, **more: Any) -> JSONResponse:
    """The response: `code` is stable, `detail` says what to do, `correlation_id` finds the log lines."""
    body = {
        "type": f"urn:pika-coach:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "correlation_id": correlation_id.get(),
        **more,
    }
    return JSONResponse(body, status, retry_header(retry_after), media_type="application/problem+json")


def retry_header(retry_after: float | None) -> dict[str, str]:
    """The header that says after how many whole seconds the same request may go through."""
    return {} if retry_after is None else {"Retry-After": str(max(1, round(retry_after)))}


def field_errors(error: RequestValidationError) -> list[dict[str, str]]:
    """`field` and `reason` of what is wrong with a body, never the value: it may be a child's words."""
    return [_field_error(item) for item in error.errors()[:_MAX_FIELD_ERRORS]]


def install(app: FastAPI) -> None:
    """Registers the handlers."""
    app.add_exception_handler(CoachError, _deliberate)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(UnicodeDecodeError, _not_utf8)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


async def _deliberate(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, CoachError)
    return problem(error.status, error.code, error.detail, retry_after=error.retry_after, actor=error.actor)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    errors = field_errors(error)
    detail = "; ".join(f"{item['field']}: {item['reason']}" if item["field"] else item["reason"] for item in errors)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "bad_input", detail, actor="caller", errors=errors)


def _field_error(item: Mapping[str, Any] | str) -> dict[str, str]:
    if isinstance(item, str):
        return {"field": "", "reason": item}
    location: Sequence[object] = item.get("loc", ())
    field = ".".join(str(part) for part in location if part != "body")
    return {"field": field, "reason": str(item.get("msg", "invalid")).removeprefix("Value error, ")}


async def _not_utf8(request: Request, error: Exception) -> JSONResponse:
    return problem(HTTPStatus.BAD_REQUEST, "bad_input", "The body must be JSON in UTF-8.", actor="caller")


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = HTTPStatus(error.status_code).name.lower()
    return problem(error.status_code, code, str(error.detail), actor="caller")


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    _log.error("unexpected error: %s", type(error).__name__, exc_info=error)
    detail = "Something broke here. Try again; if it stays, give us the correlation id."
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", detail, actor="retry")
