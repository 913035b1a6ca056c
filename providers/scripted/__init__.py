"""The scripted coach: hand-written sentences for every Directive."""

from providers.scripted.chat_model import VIETNAMESE_KEY, ScriptedCoach
from providers.scripted.line import Line, plain
from providers.scripted.second_person import to_second_person
from providers.scripted.wording import word

__all__ = ["VIETNAMESE_KEY", "Line", "ScriptedCoach", "plain", "to_second_person", "word"]
