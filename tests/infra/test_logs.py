"""Logs: one shape for all loggers, the correlation id in each line, and no word of a child."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from infra.errors import Unavailable
from infra.logs import ROOMS, SERVERS, WITHHELD, configure, correlation_id, withhold_words
from infra.settings import load_settings

SECRET = "my dog Bim died"

Lines = Callable[[], list[dict[str, Any]]]


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in ("", *ROOMS, *SERVERS)]
    before = [(logger, logger.handlers[:], logger.level, logger.propagate) for logger in loggers]
    yield
    for logger, handlers, level, propagate in before:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)
    structlog.reset_defaults()


def configured(level: str = "info", form: str = "json") -> io.StringIO:
    stream = io.StringIO()
    configure(load_settings({"COACH_LOG_LEVEL": level, "COACH_LOG_FORMAT": form}), stream)
    return stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_json_lines_carry_time_level_logger_event_and_fields() -> None:
    stream = configured()
    logging.getLogger("graphs.turns").info("turn %s ended", "t1", extra={"turn_ms": 12})
    (line,) = lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"event": "turn t1 ended", "level": "info", "logger": "graphs.turns", "turn_ms": 12}


def test_structlog_and_the_standard_library_give_the_same_line() -> None:
    stream = configured()
    structlog.stdlib.get_logger("graphs").warning("late", late_ms=5)
    logging.getLogger("graphs").warning("late", extra={"late_ms": 5})
    one, other = lines(stream)
    assert one.pop("timestamp")
    assert other.pop("timestamp")
    assert one == other


def test_the_correlation_id_of_the_request_is_in_every_line() -> None:
    stream = configured()
    token = correlation_id.set("c-1")
    logging.getLogger("api").info("one")
    correlation_id.reset(token)
    logging.getLogger("api").info("two")
    assert [line.get("correlation_id") for line in lines(stream)] == ["c-1", None]


def test_text_lines_are_for_people() -> None:
    stream = configured(form="text")
    logging.getLogger("api").info("the server is ready", extra={"port": 9330})
    assert "the server is ready" in stream.getvalue()
    assert "port=9330" in stream.getvalue()
    assert "\x1b[" not in stream.getvalue(), "colours are for terminals"


@pytest.mark.parametrize("level", ["info", "warning", "error"])
@pytest.mark.parametrize(
    "name", ["text", "said", "reply", "content", "messages", "child_said", "reply_text", "TEXT", "message-content"]
)
def test_a_field_that_holds_words_is_withheld_from_info_on(level: str, name: str) -> None:
    stream = configured()
    logging.getLogger("graphs").log(logging.getLevelNamesMapping()[level.upper()], "turn", extra={name: SECRET})
    assert lines(stream)[0][name] == WITHHELD
    assert SECRET not in stream.getvalue()


def test_words_are_withheld_at_any_depth() -> None:
    turns = {"turns": [{"role": "child", "text": SECRET}, ({"said": SECRET},)], "messages": [[SECRET]]}
    shown = withhold_words(None, "info", {"event": "window", "level": "info", "window": turns})
    assert SECRET not in str(shown)
    assert shown["window"]["turns"][0] == {"role": "child", "text": WITHHELD}


@pytest.mark.parametrize(
    "fields", [{"text_chars": 12}, {"reply_ms": 3.5}, {"context": "lesson"}, {"said": None}, {"message_id": "m1"}]
)
def test_sizes_times_and_other_names_stay(fields: dict[str, Any]) -> None:
    stream = configured()
    logging.getLogger("graphs").info("turn", extra=fields)
    assert fields.items() <= lines(stream)[0].items()


def test_at_debug_a_developer_sees_the_words_of_debug_lines_only() -> None:
    stream = configured(level="debug")
    logging.getLogger("graphs").debug("heard", extra={"said": SECRET})
    logging.getLogger("graphs").info("heard", extra={"said": SECRET})
    assert [line["said"] for line in lines(stream)] == [SECRET, WITHHELD]


def raise_and_log(logger: logging.Logger) -> None:
    try:
        try:
            int(SECRET)
        except ValueError as error:
            raise Unavailable("The lesson store is down.") from error
    except Unavailable:
        logger.exception("turn failed")


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_traceback_shows_where_and_what_but_not_the_words_in_a_foreign_errors_message(form: str) -> None:
    stream = configured(form=form)
    raise_and_log(logging.getLogger("graphs"))
    shown = stream.getvalue()
    assert SECRET not in shown
    assert "ValueError: (withheld)" in shown
    assert "raise_and_log" in shown
    assert "infra.errors.Unavailable: The lesson store is down." in shown


def test_errors_that_cause_each_other_in_a_circle_are_shown_once() -> None:
    stream = configured()
    one, other = Unavailable("one"), Unavailable("other")
    one.__cause__, other.__cause__ = other, one
    logging.getLogger("graphs").error("failed", exc_info=one)
    assert lines(stream)[0]["exception"].count("Unavailable") == 2


def test_libraries_that_are_handed_words_do_not_get_to_quote_them() -> None:
    stream = configured()
    logging.getLogger("mem0.memory.main").error("Invalid JSON response: %s", SECRET)
    logging.getLogger("httpx").warning("slow")
    first, second = lines(stream)
    assert first["event"].startswith(f"{WITHHELD} test_logs:")
    assert second["event"] == "slow"
    assert SECRET not in stream.getvalue()


def test_libraries_speak_from_warning_on_and_the_house_from_the_set_level() -> None:
    stream = configured(level="info")
    logging.getLogger("httpx").info("HTTP Request: POST")
    logging.getLogger("graphs").debug("detail")
    logging.getLogger("graphs").info("turn")
    assert [line["event"] for line in lines(stream)] == ["turn"]


def test_configuring_again_replaces_the_first_configuration() -> None:
    first = configured()
    second = configured(level="error")
    logging.getLogger("graphs").info("quiet now")
    logging.getLogger("graphs").error("once")
    assert first.getvalue() == ""
    assert [line["event"] for line in lines(second)] == ["once"]
