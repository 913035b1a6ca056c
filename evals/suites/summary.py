"""Summary: what of a script's facts the coach's summary keeps, and whether every quote in it was said."""

import re
from collections.abc import Callable, Mapping, Sequence
from statistics import fmean
from typing import Any

from evals.reading import read_jsonl
from evals.report import Result
from evals.scoring.kept import flat_turns, judged, supported
from evals.statistics import Metric, measured
from evals.suites.profile import FILE, Script, figures, turns_of
from evals.task import Task
from infra.executors import BoundedExecutor
from learners.telling import told_in
from providers.embeddings import E5
from tools.grammar import GrammarTool
from tools.language import LanguageTool
from tools.mood import MoodTool
from tools.safety import SafetyTool
from tools.summary import ConversationSummaryTool
from tools.summary.observed import Readers
from tools.summary.schemas import Audience, SummaryAnswer, SummaryLanguage, SummaryRequest

LEAD_TURNS = 5
_QUOTED = re.compile(r"“(.*?)”")
_AS_CORRECTED = frozenset({"practise"})  # holds a sentence put right, which the learner did not say like that


async def run(task: Task) -> Result:
    """The coach's summary of each script as one conversation; baselines: the first turns, and the last ones.

    `parent_words`: words of the Vietnamese summary for parents.
    """
    rows = read_jsonl(task.data_dir, FILE)[: task.limit]
    pool = BoundedExecutor("evals-summary", threads=1, pending=4)
    try:
        tool = ConversationSummaryTool(_readers())
        coach = [await pool.run(tool.run, _request(row, "coach", "en")) for row in rows]
        parent = [await pool.run(tool.run, _request(row, "parent", "vi")) for row in rows]
    finally:
        pool.close()
    scripts = [_script(row, answer) for row, answer in zip(rows, coach, strict=True)]
    invented = [len(_not_said(row, answer)) for row, answer in zip(rows, parent, strict=True)]
    words = [len(answer.text.split()) for answer in parent]
    more: dict[str, Metric] = {
        "parent_invented": measured(invented, fmean, task.seed),
        "parent_words": measured(words, fmean, task.seed),
    }
    return Result(
        n=len(rows),
        metrics=figures(scripts, task.seed) | more,
        baselines={
            "first_turns": figures([_some(row, lambda said: said[:LEAD_TURNS]) for row in rows], task.seed),
            "last_turns": figures([_some(row, lambda said: said[-LEAD_TURNS:]) for row in rows], task.seed),
        },
        items=[_row(*judged) for judged in zip(scripts, coach, parent, strict=True)],
    )


def _readers() -> Readers:
    e5, language = E5(), LanguageTool()
    return Readers(told_in, language, GrammarTool(), MoodTool(e5, language), SafetyTool(e5, language))


def _request(row: Mapping[str, Any], audience: Audience, language: SummaryLanguage) -> SummaryRequest:
    return SummaryRequest(turns=turns_of(row), audience=audience, language=language)


def _script(row: Mapping[str, Any], answer: SummaryAnswer) -> Script:
    said = sum(len(text.split()) for _, text in flat_turns(row))
    return Script(row["id"], judged(row, answer.text), _not_said(row, answer), len(answer.text.split()) / max(1, said))


def _not_said(row: Mapping[str, Any], answer: SummaryAnswer) -> list[str]:
    """Sentences without a turn, and those with a quote or a count that the turns they name do not bear out."""
    turns = flat_turns(row)
    return [
        sentence.text
        for sentence in answer.sentences
        if not sentence.turns
        or max(sentence.turns) >= len(turns)
        or not _is_borne_out(sentence.topic, sentence.text, [turns[number][1] for number in sentence.turns])
    ]


def _is_borne_out(topic: str, text: str, said: Sequence[str]) -> bool:
    if topic == "practised":
        return str(len(said)) in text
    if topic in _AS_CORRECTED:
        return any(supported(quote, " ".join(said)) or _is_near(quote, said) for quote in _QUOTED.findall(text))
    return all(any(quote in one for one in said) for quote in _QUOTED.findall(text))


def _is_near(quote: str, said: Sequence[str]) -> bool:
    """A correction keeps at least half of the words."""
    words = quote.split()
    return sum(supported(word, " ".join(said)) for word in words) >= len(words) / 2


def _some(row: Mapping[str, Any], choose: Callable[[Sequence[str]], Sequence[str]]) -> Script:
    """A baseline: some of the turns as they are."""
    texts = [text for _, text in flat_turns(row)]
    kept = " . ".join(choose(texts))
    return Script(row["id"], judged(row, kept), (), len(kept.split()) / max(1, len(" ".join(texts).split())))


def _row(script: Script, coach: SummaryAnswer, parent: SummaryAnswer) -> dict[str, Any]:
    return {
        "id": script.id,
        "expected": [question.id for question in script.questions if question.said],
        "got": coach.text,
        "parent": parent.text,
        "scores": {"lost": [q.id for q in script.questions if q.said and not q.kept], "invented": script.invented},
    }
