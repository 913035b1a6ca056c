"""A transcript to read aloud: every change of wording is seen in review.

`python -m tests.providers.test_scripted_golden` writes it anew.
"""

import random
from pathlib import Path

from providers.scripted import word
from tests.providers.scripted_cases import CASES

GOLDEN = Path(__file__).with_name("golden") / "scripted.txt"


def transcript() -> str:
    return "\n".join(_case(name, seed) for seed, name in enumerate(CASES))


def _case(name: str, seed: int) -> str:
    directive = CASES[name]
    lines = word(directive, random.Random(seed))
    replies = [f"  Pika: {line.spoken}" + (f"\n          ({line.support})" if line.support else "") for line in lines]
    return "\n".join([f"[{directive.act}] {name}", f"  {directive.learner.name}: {directive.said.text}", *replies, ""])


def test_the_transcript_is_as_it_was_read_and_approved() -> None:
    assert transcript() == GOLDEN.read_text("utf-8")


if __name__ == "__main__":
    GOLDEN.write_text(transcript(), "utf-8")
