"""Finds personal data in a text: phones, addresses, e-mail, passwords, schools with a class, identity numbers.

Every expression is a sequence of bounded repetitions, so the time is linear in the text.
"""

import re
from typing import NamedTuple

from tools.safety.lexicon import Hit

WEIGHT = 0.97  # that a text with such data is sharing it
_WORD = r"[^\W\d_]"
_DIGIT_WORDS = (
    "không|khong|một|mot|mốt|hai|ba|bốn|bon|tư|năm|nam|lăm|sáu|sau|bảy|bẩy|bay|tám|tam|chín|chin|linh|"
    "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple"
)
_STREET_WORDS = "đường|duong|phố|pho|street|road|avenue|boulevard|lane|ave|blvd"
_INNER_WORDS = "ngõ|ngo|ngách|ngach|hẻm|hem|kiệt|kiet|ấp|xóm|tổ|thôn|thon"
_LEADS = "là|la|is|=|:|are|này|nè|ne|đây|của con là"
_LOCKS = (
    r"passwords?|passcodes?|pass\s?word|mật khẩu|mat khau|mật mã|mat ma|pin code|mã pin|ma pin|"
    r"mã mở cửa|ma mo cua|door code|pass|mk|code"
)
_ABOUT_WORDS = "tiếng|tieng|nghĩa|nghia|english|vietnamese"  # "mật khẩu tiếng anh là ..." asks for a word
_OWNERS = (
    rf"(?:\s{{1,3}}(?:(?:của|cua|of|for|to|on|in|my|the|mở|vào)\s)?"
    rf"(?!(?:{_LEADS}|{_ABOUT_WORDS})\b){_WORD}{{1,12}}){{0,7}}"
)


class Kind(NamedTuple):
    name: str
    expression: re.Pattern[str]


class Found(NamedTuple):
    """`redacted`: the text with each find replaced by its kind in brackets; `kinds` in order of first appearance."""

    redacted: str
    kinds: tuple[str, ...]

    @property
    def hits(self) -> tuple[Hit, ...]:
        return tuple(Hit("pii_share", kind, WEIGHT) for kind in self.kinds)


def _kind(name: str, expression: str) -> Kind:
    return Kind(name, re.compile(expression, re.IGNORECASE))


_KINDS = (
    _kind(
        "email",
        r"(?<![\w.+-])[\w.+-]{1,64}(?:@| at | a còng | a cong )[\w-]{1,63}(?:(?:\.| dot | chấm | cham )"
        r"[\w-]{2,20}){1,3}",
    ),
    _kind(
        "password",
        rf"(?<!\w)(?P<keep>(?:{_LOCKS}){_OWNERS}\s{{0,3}}(?:\b(?:là|la|is|nè|ne)\b|=|:)\s{{0,3}})"
        r"(?!(?:gì|gi|j|what|in|a|the|hard|very|so|too|secret|not|wrong|strong|easy|long|short|khó|dễ|sao|từ|"
        r"important|broken|fun|good)\b)['\"]?\S{3,40}",
    ),
    _kind(
        "id",
        r"(?<!\w)(?P<keep>(?:căn cước|can cuoc|chứng minh|chung minh|cccd|cmnd|id|passport|hộ chiếu|ho chieu|"
        r"mã học sinh|"
        r"student id|mã định danh|số tài khoản|so tai khoan|tài khoản ngân hàng|account number|bank account|"
        r"credit card|thẻ|card|stk)"
        rf"(?:\s{{1,3}}{_WORD}{{1,12}}){{0,6}}\s{{0,3}}[:=]?\s{{0,3}})\d(?:[\d .-]{{4,22}})\d",
    ),
    _kind("id", r"(?<![\d.,-])(?:0\d{11}|\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}|\d{16})(?![\d,-])"),
    _kind("phone", r"(?<![\w.,])(?:\+?84|0)[ .-]?[2-9](?:[ .-]?\d){7,8}(?!\d)"),
    _kind("phone", rf"(?<!\w)(?:không|khong|zero|oh|o)(?:[\s,.-]{{1,3}}(?:{_DIGIT_WORDS}|\d)(?!\w)){{7,11}}"),
    _kind(
        "phone",
        r"(?<!\w)(?P<keep>(?:sđt|sdt|phone number|số điện thoại|so dien thoai|so dt|số đt|zalo|call me (?:on|at)"
        r"|hotline|phone|"
        rf"number|whatsapp)(?:\s{{1,3}}{_WORD}{{1,12}}){{0,5}}\s{{0,3}}[:=]?\s{{0,3}})\+?\d(?:[ .-]?\d){{7,13}}",
    ),
    _kind(
        "address",
        rf"(?<!\w)(?:(?:số nhà|so nha|số|so|nhà số|house number|number|no\.?|nhà|at)\s{{1,2}})?"
        rf"\d{{1,4}}[a-z]?(?:/\d{{1,4}}[a-z]?){{0,3}},?\s{{1,3}}(?:(?:{_INNER_WORDS})"
        rf"\s{{1,2}}\d{{1,4}}[a-z]?(?:/\d{{1,4}})?,?\s{{0,3}}){{0,3}}"
        rf"(?:{_STREET_WORDS})(?:\s{{1,2}}(?!(?:and|và|nha|nhé|gần|near)\b){_WORD}{{1,12}}){{1,4}}",
    ),
    _kind(
        "address",
        rf"(?<!\w)(?:số nhà|so nha|số|so|nhà số|"
        rf"house number)\s{{1,2}}\d{{1,4}}[a-z]?(?:/\d{{1,4}}[a-z]?){{0,3}},?\s{{1,3}}"
        rf"(?:{_INNER_WORDS}|lane|alley)\s{{1,2}}\d{{1,4}}(?:/\d{{1,4}})?(?:,?\s{{1,3}}{_WORD}{{1,12}}){{0,4}}",
    ),
    _kind(
        "address",
        rf"(?<![\w.])\d{{1,4}}[a-z]?(?:/\d{{1,4}}[a-z]?){{0,3}},?(?:\s{{1,2}}(?!and\b|or\b|on\b|in\b|at\b|of\b|"
        rf"down\b|to\b|the\b){_WORD}{{1,12}}){{1,4}}\s{{1,2}}"
        r"(?:street|road|avenue|boulevard|lane|st|rd|ave)(?!\w)",
    ),
    _kind(
        "address",
        rf"(?<!\w)(?P<keep>(?:address|địa chỉ|dia chi|live at|ở số|o so|live on|nhà (?:con|em|tớ|"
        rf"mình) (?:ở )?số|house is at|home is at)"
        rf"(?:\s{{1,3}}(?:là|is|nhà|nha|con|em|tớ|mình|my|của|cua|ở|o|la|at|số|so|number|the|our|house|"
        rf"home)){{0,6}}\s{{0,3}}[:=]?\s{{0,3}})"
        rf"\d{{1,4}}[a-z]?(?:/\d{{1,4}}[a-z]?){{0,3}},?(?:\s{{1,2}}(?!years?\b|tuổi\b|"
        rf"o'clock\b){_WORD}{{1,12}}){{1,4}}"
        rf"(?:,?\s{{0,2}}(?:quận|phường|district|ward|p|q)\.?\s?\d{{1,2}})?",
    ),
    _kind(
        "address",
        rf"(?<!\w)(?:(?:room|phòng|phong|apartment|căn hộ|can ho|flat|apt)\s{{1,2}}\d{{2,5}}[a-z]?)"
        rf"(?:,?\s{{1,3}}(?:building|tòa|toa|block|tower|chung cư|chung cu|căn|khu)"
        rf"\s{{1,2}}\w{{1,12}}(?:\s{{1,2}}{_WORD}{{1,12}}){{0,2}})",
    ),
    _kind(
        "address",
        r"(?<!\w)(?:chung cư|chung cu|apartment|tòa nhà|tòa|toa nha|block|building|tower)"
        r"\s{1,2}(?:\w{1,12}[\s,]{1,3}){1,7}?"
        r"(?:phòng|phong|room|căn|can|căn hộ|can ho|flat|number)\s{1,2}(?:số\s)?[a-z]?\d{2,5}",
    ),
    _kind(
        "school",
        rf"(?<!\w)(?:trường|truong)\s{{1,2}}(?:{_WORD}{{1,12}}[\s,]{{1,3}}){{1,8}}?(?:lớp|lop|class|grade)"
        rf"\s{{1,2}}\d{{1,2}}(?:[a-z]\d{{0,2}}|/\d{{1,2}})(?!\w)",
    ),
    _kind(
        "school",
        rf"(?<!\w)(?:lớp|lop|class|grade)\s{{1,2}}\d{{1,2}}\s?(?:[a-z]\d{{0,2}}|/\d{{1,2}})?[\s,]{{1,3}}(?:(?:ở|"
        rf"o|at|in|of|của|tại)\s)?(?:trường|truong)\s{{1,2}}"
        rf"(?!(?:con|em|mình|tớ|làng|của|này|to|lớn|đẹp)\b){_WORD}{{1,12}}(?:\s{{1,2}}{_WORD}{{1,12}}){{0,5}}",
    ),
    _kind(
        "school",
        rf"(?<!\w)(?:at|to|from|in|ở|is|trường)\s{{1,2}}(?:{_WORD}{{1,12}}\s{{1,2}}){{1,5}}?(?:school|academy)"
        rf"[\s,]{{1,3}}(?:(?:in|and|i am in|i'm in)\s)?(?:class|grade|lớp|lop)"
        rf"\s{{1,2}}\d{{1,2}}\s?(?:[a-z]\d{{0,2}}|/\d{{1,2}})(?!\w)",
    ),
    _kind(
        "school",
        rf"(?<!\w)(?:class|grade|lớp|lop)\s{{1,2}}\d{{1,2}}\s?(?:[a-z]\d{{0,2}}|/\d{{1,2}})[\s,]{{1,3}}(?:at|of|"
        rf"in|ở|from)\s{{1,2}}(?:{_WORD}{{1,12}}\s{{1,2}}){{1,5}}?school(?!\w)",
    ),
    _kind("id", r"(?<![\d.,-])\d{9,12}(?![\d,-])"),
)

NAMES = tuple(sorted({kind.name for kind in _KINDS}))


def find(text: str) -> Found:
    """`text` (NFC, without invisible characters) with personal data replaced. First names and ages stay."""
    first: dict[str, int] = {}
    for kind in _KINDS:
        match = kind.expression.search(text)
        if match is None:
            continue
        first.setdefault(kind.name, match.start())
        text = kind.expression.sub(lambda hit, name=kind.name: _replacement(hit, name), text)  # type: ignore[misc]
    return Found(text, tuple(sorted(first, key=first.__getitem__)))


def _replacement(match: re.Match[str], name: str) -> str:
    kept = match.groupdict().get("keep") or ""
    return f"{kept}[{name}]"
