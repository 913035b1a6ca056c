"""One warm tool for the whole room: loading the model is the slow part."""

import pytest

from tools.grammar import GrammarTool


@pytest.fixture(scope="session")
def tool() -> GrammarTool:
    made = GrammarTool()
    made.warm()
    return made
