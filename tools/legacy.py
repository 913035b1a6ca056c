"""What the one shape of `POST /api/tools/execute` means to each tool: its request, and its result."""

import json
from collections.abc import Mapping
from typing import Any

from tools.ports import AnyTool, LegacyCall, ToolAnswer, terms_of

# Field of a tool's request -> fields of the call that may hold it, the first that is not empty.
_WRITTEN: Mapping[str, tuple[str, ...]] = {"text": ("message", "text_refs"), "context": ("text_refs",)}
# Where there is something to hear or see, `text` is what it is held against.
_HEARD_OR_SEEN: Mapping[str, tuple[str, ...]] = {
    "audio_url": ("audio_url",),
    "image_url": ("audio_url",),
    "url": ("audio_url",),
    "text": ("text_refs", "message"),
    "context": ("message",),
}
_COACH = ("coach:", "pika:", "assistant:")
_LEARNER = ("learner:", "child:", "user:")


def request_of(tool: AnyTool, call: LegacyCall) -> Mapping[str, Any]:
    """The fields of the tool's request: as its terms say, or a message that is one in JSON, or by the fields' names."""
    if (read := terms_of(tool).from_legacy) is not None:
        return read(call)
    fields = tool.request.model_fields.keys()
    if (whole := _object(call.message)) and whole.keys() <= fields:
        return whole
    sources = _HEARD_OR_SEEN if fields & {"audio_url", "image_url", "url"} else _WRITTEN
    given = call.model_dump()
    found = {field: [given[name] for name in sources[field] if given[name]] for field in fields & sources.keys()}
    request: dict[str, Any] = {field: values[0] for field, values in found.items() if values}
    if "turns" in fields:
        request["turns"] = [_turn(line) for line in (call.message or call.text_refs).splitlines() if line.strip()]
    return request


def result_of(tool: AnyTool, answer: ToolAnswer) -> Mapping[str, Any]:
    """The `result` of the response: the answer as plain data, or what the tool's terms make of it."""
    write = terms_of(tool).to_legacy
    return answer.model_dump(mode="json") if write is None else write(answer)


def _turn(line: str) -> dict[str, str]:
    """A line of a conversation: the learner's, unless it says that the coach speaks."""
    lowered = line.strip().lower()
    mark = next((mark for mark in (*_COACH, *_LEARNER) if lowered.startswith(mark)), "")
    return {"speaker": "coach" if mark in _COACH else "learner", "text": line.strip()[len(mark) :].strip()}


def _object(text: str) -> dict[str, Any]:
    if not text.startswith("{"):
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
