"""Which day a child's words speak of: relative and spoken dates, English and Vietnamese, resolved from a given day."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from memory.facts.lexicon import number
from memory.text import fold

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
)
_SHORT = {month[:3]: index for index, month in enumerate(MONTHS, 1)} | {"sept": 9}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_THU = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "2": 0, "3": 1, "4": 2, "5": 3, "6": 4, "7": 5}

_MONTH = rf"(?P<month>{'|'.join(MONTHS)}|{'|'.join(sorted(_SHORT, key=len, reverse=True))})"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_COUNT = r"(?P<count>\d+|one|two|three|four|five|six|seven|a|mot|hai|ba|bon|nam)"
_WEEKDAY = rf"(?P<weekday>{'|'.join(_WEEKDAYS)}|mon|tues?|wed|thurs?|fri|sat|sun)"
_VI_WEEKDAY = r"(?:thu\s+(?P<thu>hai|ba|tu|nam|sau|bay|[2-7])|(?P<sunday>chu\s+nhat))"


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A date without a year, as birthdays are told; `day` 0 when only the month was."""

    month: int
    day: int

    def spoken(self) -> str:
        """ "5 May", or "May"."""
        month = MONTHS[self.month - 1].capitalize()
        return f"{self.day} {month}" if self.day else month


def spoken(day: date) -> str:
    """ "13 September 2026"."""
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def day_of_year(text: str) -> DayOfYear | None:
    """The first "5 May", "May 5th", "ngày 5 tháng 5", "5/5" or bare month of `text`."""
    plain = _ordinals(fold(text))
    for pattern in (
        rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}\b",
        rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}\b",
        r"\b(?:ngay\s+)?(?:mung\s+)?(?P<day>\d{1,2})\s+thang\s+(?P<month>\d{1,2})\b",
        r"\b(?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})\b",
    ):
        match = re.search(pattern, plain)
        if match and 1 <= int(match["day"]) <= 31 and 1 <= _month(match["month"]) <= 12:
            return DayOfYear(_month(match["month"]), int(match["day"]))
    match = re.search(rf"\b(?:in|on|of|since)\s+{_MONTH}\b", plain) or re.search(
        r"\bthang\s+(?P<month>\d{1,2})\b", plain
    )
    return DayOfYear(_month(match["month"]), 0) if match and 1 <= _month(match["month"]) <= 12 else None


def resolve(text: str, today: date) -> date | None:
    """The day that `text`, said on `today`, speaks of; None when it names none."""
    plain = fold(text)
    for pattern, to_date in _RELATIVE:
        match = re.search(pattern, plain)
        if match:
            return to_date(match, today)
    told = day_of_year(text)
    return _nearest_year(told, today) if told and told.day else None


def _month(name: str) -> int:
    return int(name) if name.isdigit() else _SHORT[name if name == "sept" else name[:3]]


def _ordinals(text: str) -> str:
    """ "the fifth of may" -> "the 5 of may"."""
    for day, name in enumerate(_ORDINALS, 1):
        text = re.sub(rf"\b{name}\b", str(day), text)
    return text


def _nearest_year(told: DayOfYear, today: date) -> date | None:
    """The occurrence within half a year of `today`; None for 31 April and the like."""
    candidates = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            candidates.append(date(year, told.month, told.day))
        except ValueError:
            continue
    return min(candidates, key=lambda day: abs((day - today).days), default=None)


def _offset(days: int) -> Callable[[re.Match[str], date], date]:
    return lambda _, today: today + timedelta(days=days)


def _counted(sign: int, unit: int) -> Callable[[re.Match[str], date], date]:
    return lambda match, today: today + timedelta(days=sign * unit * (number(match["count"]) or _vi(match["count"])))


def _vi(count: str) -> int:
    return {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5}.get(count, 1)


def _weekday_of(match: re.Match[str]) -> int:
    named = match.groupdict()
    if named.get("weekday"):
        return next(i for i, name in enumerate(_WEEKDAYS) if name.startswith(named["weekday"][:3]))
    return 6 if named.get("sunday") else _THU[named["thu"]]


def _next_weekday(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=(_weekday_of(match) - today.weekday() - 1) % 7 + 1)


def _last_weekday(match: re.Match[str], today: date) -> date:
    return today - timedelta(days=(today.weekday() - _weekday_of(match) - 1) % 7 + 1)


_RELATIVE: tuple[tuple[str, Callable[[re.Match[str], date], date]], ...] = (
    (r"\bday before yesterday\b|\bhom kia\b", _offset(-2)),
    (r"\bday after tomorrow\b|\bngay (?:kia|mot)\b", _offset(2)),
    (r"\byesterday\b|\blast night\b|\bhom qua\b|\btoi qua\b|\bhqua\b", _offset(-1)),
    (r"\btomorrow\b|\btmr\b|\bngay mai\b|\bsang mai\b|\btoi mai\b|\bmai con\b|\bmai em\b", _offset(1)),
    (rf"\blast {_WEEKDAY}\b|\b{_VI_WEEKDAY} (?:tuan truoc|vua roi|roi|truoc)\b", _last_weekday),
    (
        rf"\b(?:next|this|coming|on) {_WEEKDAY}\b(?!\s+and)|\b{_VI_WEEKDAY} (?:tuan sau|tuan toi|toi|nay|sau)\b",
        _next_weekday,
    ),
    (rf"\b{_COUNT} (?:days?) ago\b", _counted(-1, 1)),
    (rf"\bin {_COUNT} days?\b", _counted(1, 1)),
    (rf"\b{_COUNT} weeks? ago\b", _counted(-1, 7)),
    (r"\blast week\b|\btuan truoc\b", _offset(-7)),
    (r"\bnext week\b|\btuan sau\b|\btuan toi\b", _offset(7)),
    (
        r"\btoday\b|\btonight\b|\bthis (?:morning|afternoon|evening)\b|\bhom nay\b|\btoi nay\b|\bsang nay\b"
        r"|\bchieu nay\b",
        _offset(0),
    ),
)
