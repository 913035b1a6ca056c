"""What makes two tool requests the same: one normal form of text, one content hash."""

import hashlib
import unicodedata
from typing import Any

from tools.ports import ToolRequest


def normalized(value: Any) -> Any:
    """`value` with every string in it (to any depth) in Unicode NFC; other values as they are."""
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)  # a data URL has megabytes
    if isinstance(value, dict):
        return {key: normalized(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(normalized(item) for item in value)
    return value


def content_key(tool: str, request: ToolRequest) -> str:
    """SHA-256 (hex) of the tool's name and the request: equal for equal work, says nothing of the words."""
    digest = hashlib.sha256(tool.encode())
    digest.update(b"\0")
    digest.update(request.model_dump_json().encode())
    return digest.hexdigest()


def is_settled(request: ToolRequest) -> bool:
    """Whether equal requests mean equal work at any time: not where a URL leads outside, whose content may change."""
    values = request.model_dump().values()
    return not any(isinstance(value, str) and value.lower().startswith(("http://", "https://")) for value in values)
