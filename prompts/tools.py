"""What a model is told when it is asked to do a tool's work: the instructions, and the child's words as data."""

from collections.abc import Sequence
from typing import Any

from langchain_core.messages import BaseMessage, HumanMessage, SystemMessage

from prompts.coach import as_data
from prompts.library import PromptLibrary


def tool_messages(library: PromptLibrary, prompt: str, text: str, **parameters: Any) -> Sequence[BaseMessage]:
    """Instructions by the name of their prompt, and `text` between tags that it cannot close."""
    instructions = library.render(prompt, **parameters).text
    return [SystemMessage(instructions), HumanMessage(f"<child>{as_data(text)}</child>")]
