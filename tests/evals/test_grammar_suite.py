"""The grammar suite scores a corrector on the set that ships."""

from evals.suites import grammar


async def test_a_corrector_that_touches_nothing_has_no_false_alarm_and_no_recall() -> None:
    async def nothing(text: str) -> str:
        return text

    figures = grammar.figures(await grammar.score(grammar.load(None), nothing), seed=0)
    assert figures["false_alarm"].value == 0
    assert figures["recall"].value == 0
    assert figures["precision"].value == 1


async def test_a_corrector_that_knows_the_answers_is_perfect() -> None:
    items = grammar.load(None)
    answers = {item.text: item.corrections[0] for item in items}

    async def oracle(text: str) -> str:
        return answers[text]

    figures = grammar.figures(await grammar.score(items, oracle), seed=0)
    assert {name: metric.value for name, metric in figures.items()} == {
        "precision": 1, "recall": 1, "f05": 1, "false_alarm": 0, "exact": 1,
    }  # fmt: skip


def test_the_shipped_set_has_errors_and_right_sentences_and_unique_ids() -> None:
    items = grammar.load(None)
    assert len({item.id for item in items}) == len(items) >= 30
    assert sum(not item.has_error for item in items) >= 10
    assert all((item.text in item.corrections) == (not item.has_error) for item in items)
