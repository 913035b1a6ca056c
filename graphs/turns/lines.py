"""What a thread's messages show when a page is opened again."""

from collections.abc import Sequence
from typing import Any

from langchain_core.messages import AnyMessage


def lines_of(messages: Sequence[AnyMessage]) -> list[dict[str, Any]]:
    """The lines, oldest first: `role` ("child" or "coach"), `line`, `vi`.

    A coach's line has its `sentences` ({text, vi} each) as they were said, a child's the `correction` that the reply
    to it made and the `sight` of a picture that came with it; messages of before these were kept have neither.
    """
    lines: list[dict[str, Any]] = []
    for message in messages:
        kept = message.additional_kwargs
        if message.type == "human":
            lines.append({"role": "child", "line": message.text, "vi": ""})
            continue
        if lines and lines[-1]["role"] == "child":
            lines[-1] |= {name: kept[name] for name in ("correction", "sight") if name in kept}
        said = {"sentences": kept["sentences"]} if "sentences" in kept else {}
        lines.append({"role": "coach", "line": message.text, "vi": kept.get("vi", ""), **said})
    return lines
