"""Structured logs with a correlation id; a child's words never reach them at info level and above."""

import logging
import re
import sys
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from infra.errors import CoachError
from infra.settings import Settings

correlation_id: ContextVar[str] = ContextVar("correlation_id", default="")

ROOMS = (
    "infra", "providers", "prompts", "tools", "memory", "lessons", "learners", "graphs", "api", "web", "evals",
    "house", "server", "cli",
)  # fmt: skip
SERVERS = ("uvicorn", "uvicorn.error", "uvicorn.access")
# Libraries that are handed what a child said, and quote it in their messages.
WORDY = ("mem0", "langchain", "langchain_core", "langgraph", "langserve", "openai", "groq", "google_genai", "aiosqlite")
# A field is withheld when a part of its name is one of WORDS, unless it is a number or its last part is one of ABOUT.
WORDS = frozenset(
    {
        "text", "texts", "said", "heard", "reply", "replies", "message", "messages", "content", "contents", "delta",
        "utterance", "transcript", "sentence", "sentences", "answer", "answers", "prompt", "prompts", "words",
    }
)  # fmt: skip
ABOUT = frozenset({"id", "ids", "version", "kind", "source", "language", "hash"})
WITHHELD = "(withheld)"


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Sends every log, structlog's and the standard library's, to `stream` (standard error) in the set format.

    The house logs from the set level on, libraries from warning on. Calling it again replaces what was set.
    """
    stream = stream or sys.stderr
    level = settings.log_level.upper()
    handler = logging.StreamHandler(stream)
    extra_fields = [structlog.stdlib.ExtraAdder()]
    formatter = structlog.stdlib.ProcessorFormatter(processors=_chain(settings, stream), foreign_pre_chain=extra_fields)
    handler.setFormatter(formatter)
    logging.basicConfig(
        handlers=[handler], level=max(logging.WARNING, logging.getLevelNamesMapping()[level]), force=True
    )
    for name in (*ROOMS, *SERVERS):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(level)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


def _chain(settings: Settings, stream: TextIO) -> list[Processor]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        add_correlation_id,
        withhold_library_messages,
        format_exception if settings.log_level != "debug" else structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        withhold_words,
        _renderer(settings, stream),
    ]


def _renderer(settings: Settings, stream: TextIO) -> Processor:
    if settings.log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    plain = structlog.dev.plain_traceback
    return structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=plain)


def add_correlation_id(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    if found := correlation_id.get():
        event["correlation_id"] = found
    return event


def withhold_library_messages(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Replaces the message of a library that is handed a child's words by the place it came from."""
    if _is_public(event) and str(event.get("logger")).partition(".")[0] in WORDY:
        record: logging.LogRecord = event["_record"]
        event["event"] = f"{WITHHELD} {record.module}:{record.lineno}"
    return event


def withhold_words(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """Replaces the value of every field that by its name holds what somebody said, at any depth."""
    return {key: _without_words(key, value) for key, value in event.items()} if _is_public(event) else event


def format_exception(logger: WrappedLogger, name: str, event: EventDict) -> EventDict:
    """A traceback with the types and places of errors but only our own errors' messages: others quote their input."""
    exc_info = event.pop("exc_info", None)
    if exc_info is True:
        exc_info = sys.exc_info()
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    if isinstance(error, BaseException):
        event["exception"] = "\n".join(_traceback(error, set()))
    return event


def _traceback(error: BaseException, seen: set[int]) -> list[str]:
    seen.add(id(error))
    lines: list[str] = []
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None and id(earlier) not in seen:
        lines = [*_traceback(earlier, seen), "", "and then:"]
    message = str(error) if isinstance(error, CoachError) else WITHHELD
    return [*lines, *_frames(error.__traceback__), f"{type(error).__module__}.{type(error).__qualname__}: {message}"]


def _frames(trace: TracebackType | None) -> list[str]:
    return [line.rstrip("\n") for line in traceback.format_tb(trace)]


def _is_public(event: EventDict) -> bool:
    return logging.getLevelNamesMapping().get(str(event.get("level", "info")).upper(), logging.INFO) >= logging.INFO


def _without_words(key: str, value: Any) -> Any:
    if isinstance(value, bool | int | float | None):
        return value
    if _names_words(key):
        return WITHHELD
    if isinstance(value, Mapping):
        return {inner: _without_words(str(inner), item) for inner, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_words(key, item) for item in value]
    return value


def _names_words(key: str) -> bool:
    parts = re.split(r"[^a-z]+", key.lower())
    return not WORDS.isdisjoint(parts) and parts[-1] not in ABOUT
