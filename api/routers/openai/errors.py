"""Every deliberate error of these routes leaves in OpenAI's shape, with our code inside."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from api.problems import field_errors, retry_header
from api.routers.openai.wire import error_body
from infra.errors import CoachError
from infra.logs import correlation_id

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class OpenAIRoute(APIRoute):
    """A route whose errors OpenAI's clients can read."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except CoachError as error:
                return _answer(error.status, error.code, error.detail, retry_after=error.retry_after)
            except RequestValidationError as error:
                return _invalid(error)
            except UnicodeDecodeError:
                return _answer(HTTPStatus.BAD_REQUEST, "bad_input", "The body must be JSON in UTF-8.")
            except HTTPException as error:
                return _answer(error.status_code, HTTPStatus(error.status_code).name.lower(), str(error.detail))

        return handled


def _invalid(error: RequestValidationError) -> JSONResponse:
    found = field_errors(error)
    detail = "; ".join(f"{item['field']}: {item['reason']}" if item["field"] else item["reason"] for item in found)
    return _answer(HTTPStatus.UNPROCESSABLE_ENTITY, "bad_input", detail, param=found[0]["field"] or None)


def _answer(
    status: int, code: str, detail: str, *, param: str | None = None, retry_after: float | None = None
) -> JSONResponse:
    body = error_body(code, detail, correlation_id.get(), status, param)
    return JSONResponse(body, status, retry_header(retry_after))
