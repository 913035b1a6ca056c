"""Says why a memory is believed, in words for a child or a parent."""

from memory.ports import Memory
from providers.directive import Bilingual

_SPEAKERS = {"parent": ("Your parent", "Bố mẹ"), "teacher": ("Your teacher", "Thầy cô")}


def why(memory: Memory) -> Bilingual:
    """ "You said on 3 March 2026: ..." and the same in Vietnamese."""
    day = memory.said_at
    en_who, vi_who = _SPEAKERS.get(memory.speaker, ("You", "Con"))
    times = len(memory.source_turn_ids)
    en = f"{en_who} said on {day.day} {day:%B} {day.year}: “{memory.quote}”"
    vi = f"{vi_who} đã nói ngày {day.day}/{day.month}/{day.year}: “{memory.quote}”"
    if times > 1:
        return Bilingual(en=f"{en} (told {times} times)", vi=f"{vi} (đã nói {times} lần)")
    return Bilingual(en=en, vi=vi)
