"""What a turn's events are in OpenAI's wire format: chunks of a stream, or one completion."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.routers.openai.schemas import MODEL
from graphs.turns import TurnEvent
from infra.errors import CoachError

DONE = "data: [DONE]\n\n"
_KINDS = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What all parts of one completion share. `created` in seconds since 1970; `prompt` is what the child said."""

    turn_id: str
    created: int
    prompt: str
    both_languages: bool = False
    usage: bool = False

    def frame(self, kind: str, choices: Sequence[Mapping[str, Any]], **more: Any) -> dict[str, Any]:
        identity = {"id": f"chatcmpl-{self.turn_id}", "object": kind, "created": self.created, "model": MODEL}
        return {**identity, "choices": [*choices], **more}


def sse(body: Mapping[str, Any]) -> str:
    """One server-sent event, as OpenAI sends it: no event name."""
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n"


def opening(answer: Answer) -> str:
    """The first chunk: who speaks."""
    return _chunk(answer, {"role": "assistant", "content": ""})


def lines(event: TurnEvent, answer: Answer) -> list[str]:
    """The server-sent events that one event of the turn becomes: a sentence a chunk, then the end."""
    match event["event"]:
        case "token":
            return [_chunk(answer, {"content": spoken(event["delta"], event.get("vi", ""), answer)})]
        case "final":
            usage = [_usage_chunk(event, answer)] if answer.usage else []
            return [_chunk(answer, {}, "stop"), *usage, DONE]
        case "error":
            return [sse(error_body(event["code"], event["detail"], event.get("correlation_id", ""), 500))]
    return []


def completion(event: TurnEvent, answer: Answer) -> dict[str, Any]:
    """The whole completion of a `final` event."""
    sentences = event["outcome"]["sentences"]
    content = " ".join(spoken(sentence["text"], sentence["vi"], answer) for sentence in sentences)
    message = {"role": "assistant", "content": content, "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return answer.frame("chat.completion", [choice], usage=_usage(event, answer))


def spoken(text: str, vi: str, answer: Answer) -> str:
    """A sentence as a chat window shows it: with its Vietnamese line in brackets when both languages were asked for."""
    return f"{text} ({vi})" if vi and answer.both_languages else text


def error_body(code: str, detail: str, correlation_id: str, status: int, param: str | None = None) -> dict[str, Any]:
    """OpenAI's error object; `code` and `correlation_id` are ours, as in a problem."""
    kind = "server_error" if status >= 500 else _KINDS.get(status, "invalid_request_error")
    error = {"message": detail, "type": kind, "param": param, "code": code, "correlation_id": correlation_id}
    return {"error": error}


def failed(error: CoachError, correlation_id: str) -> dict[str, Any]:
    return error_body(error.code, error.detail, correlation_id, error.status)


def _chunk(answer: Answer, delta: Mapping[str, Any], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return sse(answer.frame("chat.completion.chunk", [choice], **({"usage": None} if answer.usage else {})))


def _usage_chunk(event: TurnEvent, answer: Answer) -> str:
    return sse(answer.frame("chat.completion.chunk", [], usage=_usage(event, answer)))


def _usage(event: TurnEvent, answer: Answer) -> dict[str, int]:
    """Counted in words: a turn without a model has no tokens, and clients only want a size."""
    prompt, reply = len(answer.prompt.split()), len(event["outcome"]["reply"].split())
    return {"prompt_tokens": prompt, "completion_tokens": reply, "total_tokens": prompt + reply}
