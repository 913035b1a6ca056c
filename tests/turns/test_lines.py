"""What a page shows of a conversation when it is opened again: by table."""

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from graphs.turns.lines import lines_of

SENTENCES = [{"text": "You went to the zoo!", "vi": "Con đã đi sở thú!"}, {"text": "What did you see?", "vi": ""}]
CORRECTION = {"said": "go", "better": "went"}


def test_sentences_and_corrections_are_shown_again_where_they_were() -> None:
    kept = {"vi": "Con đã đi sở thú!", "sentences": SENTENCES, "correction": CORRECTION}
    messages: list[AnyMessage] = [
        AIMessage("Before the window began.", additional_kwargs=kept),
        HumanMessage("i go to the zoo"),
        AIMessage("You went to the zoo! What did you see?", additional_kwargs=kept),
        HumanMessage("birds"),
        AIMessage("Nice!", additional_kwargs={"vi": "Hay quá!"}),
    ]
    assert lines_of(messages) == [
        {"role": "coach", "line": "Before the window began.", "vi": kept["vi"], "sentences": SENTENCES},
        {"role": "child", "line": "i go to the zoo", "vi": "", "correction": CORRECTION},
        {"role": "coach", "line": messages[2].content, "vi": kept["vi"], "sentences": SENTENCES},
        {"role": "child", "line": "birds", "vi": ""},
        {"role": "coach", "line": "Nice!", "vi": "Hay quá!"},
    ]
