"""How digits are read aloud in English."""

import re

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_CURRENCIES = {"$": "dollar", "£": "pound", "€": "euro"}
_YEARS = range(1100, 2100)
_MAX_DIGITS = 12
_SHAPE = re.compile(r"([$£€]?)(\d[\d,]*)((?:[.:]\d+)*)[.,:]*(st|nd|rd|th|s)?(%?)", re.IGNORECASE)


def spoken(token: str) -> tuple[str, ...]:
    """The readings of a token with digits, the usual first: "21st", "3.5", "$5", "7:30", "50%", "2026"."""
    shape = _SHAPE.fullmatch(token)
    if shape is None:
        return (_digits(token),)
    currency, whole, rest, suffix, percent = shape.groups()
    digits = whole.replace(",", "")
    if len(digits) > _MAX_DIGITS:
        return (_digits(digits),)
    readings = tuple(reading + _tail(rest) for reading in _whole(digits, bool(rest or currency or "," in whole)))
    if suffix:
        ending = _plural if suffix.lower() == "s" else _ordinal
        readings = tuple(ending(reading) for reading in readings)
    if currency:
        readings = tuple(f"{reading} {_CURRENCIES[currency]}{'' if digits == '1' else 's'}" for reading in readings)
    return tuple(f"{reading} percent" for reading in readings) if percent else readings


def _whole(digits: str, is_amount: bool) -> tuple[str, ...]:
    number = int(digits)
    if len(digits) > 1 and digits.startswith("0"):
        return (_digits(digits),)
    plain = (_cardinal(number), _cardinal(number, "and ")) if number > 100 else (_cardinal(number),)
    if is_amount or number not in _YEARS or number % 1000 < 10:
        return tuple(dict.fromkeys(plain))
    high, low = divmod(number, 100)
    year = "hundred" if low == 0 else f"oh {_cardinal(low)}" if low < 10 else _cardinal(low)
    return tuple(dict.fromkeys((f"{_cardinal(high)} {year}", *plain)))


def _cardinal(number: int, joint: str = "") -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f" {_ONES[ones]}" if ones else "")
    scale, name = next((scale, name) for scale, name in _SCALES if number >= scale)
    high, low = divmod(number, scale)
    linked = joint if low < 100 else ""
    return f"{_cardinal(high)} {name}" + (f" {linked}{_cardinal(low, joint)}" if low else "")


def _tail(rest: str) -> str:
    """What follows the whole number: digit by digit after a point, as a number after a colon."""
    spelled = ""
    for mark, digits in re.findall(r"([.:])(\d+)", rest):
        if mark == ".":
            spelled += f" point {_digits(digits)}"
        elif int(digits):
            spelled += f" {'oh ' if digits.startswith('0') else ''}{_cardinal(int(digits))}"
        else:
            spelled += " o'clock"
    return spelled


def _digits(digits: str) -> str:
    return " ".join(_ONES[int(digit)] for digit in digits if digit.isdigit())


def _ordinal(reading: str) -> str:
    head, _, last = reading.rpartition(" ")
    ending = _ORDINALS.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{head} {ending}".strip()


def _plural(reading: str) -> str:
    return f"{reading[:-1]}ies" if reading.endswith("y") else f"{reading}s"
