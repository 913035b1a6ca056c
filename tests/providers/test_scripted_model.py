"""The scripted coach as a chat model."""

import pytest
from langchain_core.messages import AIMessageChunk, HumanMessage, SystemMessage

from providers.directive import Act, Directive, Said, directive_message
from providers.scripted import VIETNAMESE_KEY, ScriptedCoach
from tests.providers.scripted_cases import LINH, PET

DIRECTIVE = Directive(act=Act.GREET, learner=LINH, said=Said(text="hello"), prompt=PET, variant=3)
MESSAGES = [directive_message(DIRECTIVE, "ignored"), HumanMessage("hello")]


async def test_one_chunk_a_sentence_each_with_its_vietnamese() -> None:
    chunks = [chunk async for chunk in ScriptedCoach().astream(MESSAGES) if chunk.text]
    assert len(chunks) == 3
    assert chunks[-1].text.strip() == PET.en
    assert chunks[-1].additional_kwargs[VIETNAMESE_KEY] == PET.vi
    assert all(chunk.additional_kwargs[VIETNAMESE_KEY] for chunk in chunks)


async def test_streaming_and_invoking_say_the_same() -> None:
    model = ScriptedCoach()
    streamed = "".join([chunk.text async for chunk in model.astream(MESSAGES)])
    assert streamed == (await model.ainvoke(MESSAGES)).text == model.invoke(MESSAGES).text
    assert streamed == "".join(chunk.text for chunk in model.stream(MESSAGES))


def test_chunks_add_up_to_a_message() -> None:
    chunks = [chunk for chunk in ScriptedCoach().stream(MESSAGES) if isinstance(chunk, AIMessageChunk)]
    whole = chunks[0]
    for chunk in chunks[1:]:
        whole += chunk
    assert whole.text == ScriptedCoach().invoke(MESSAGES).text


def test_a_spoken_vietnamese_sentence_has_no_support_line() -> None:
    directive = Directive(act=Act.EXPLAIN, learner=LINH, previous=PET, vietnamese=True)
    chunks = [c for c in ScriptedCoach().stream([directive_message(directive, "")]) if PET.vi in c.text]
    assert [chunk.additional_kwargs[VIETNAMESE_KEY] for chunk in chunks] == [""]


def test_the_variant_chooses_the_words() -> None:
    def said(variant: int) -> str:
        return ScriptedCoach().invoke([directive_message(DIRECTIVE.model_copy(update={"variant": variant}), "")]).text

    assert said(1) == said(1)
    assert len({said(variant) for variant in range(12)}) > 3


def test_grown_ups_named_in_earlier_turns_are_not_suggested() -> None:
    after = Directive(act=Act.SAFEGUARD, danger="abuse_disclosure", follow_up=True)
    for variant in range(20):
        directive = after.model_copy(update={"variant": variant})
        messages = [HumanMessage("my teacher hurts me"), directive_message(directive, ""), HumanMessage("ok")]
        assert "your teacher" not in ScriptedCoach().invoke(messages).text


def test_without_a_directive_it_says_how_to_pass_one() -> None:
    with pytest.raises(ValueError, match="directive_message"):
        ScriptedCoach().invoke([SystemMessage("You are Pika."), HumanMessage("hi")])
