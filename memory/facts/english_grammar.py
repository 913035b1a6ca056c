"""Pieces of the patterns that English rules share: forms of "be", numbers, adverbs, negations."""

from collections.abc import Callable, Iterator

from memory.facts.clause import Clause
from memory.facts.entity import Entity
from memory.facts.fact import Fact

BE = r"(?:is|'s|am|'m|m|are|'re|was|be)"
NUM = r"(?P<num>\d{1,3}|[a-z]+(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?)"
REST = r"(?P<value>.+)$"
SOFT = r"(?:(?:also|really|always|very|so|still|now|just|usually|often|sometimes|only)\s+)*"
NOT = r"(?:do\s*n[o']?t|does\s*n[o']?t|don't|doesn't|do not|does not|not|never|no longer|didn't)"

Rule = Callable[[Clause, Entity], Iterator[Fact]]
