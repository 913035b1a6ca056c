"""Turns what a child says of itself in Vietnamese into what a friend answers: "con thích xoài" -> "bạn thích xoài"."""

import re

MAX_SYLLABLES = 14
_SELF = "con|em|mình|tớ|tui|tôi|cháu"
_OF = "mẹ|má|ba|bố|cha|bà|ông|anh|chị|em|nhà|của|lớp|trường|bạn|cô|thầy|cho|với|gia đình"
_BEFORE = "dạ|ừ|à|ủa|thì|tại|vì|hôm nay|hôm qua|hồi nãy|sáng nay|chiều nay|tối qua|mai|ngày mai|cuối tuần|nhưng|mà"
# "con" stands before animals too, and "em bé" is a baby: what follows must be something that one does, has or is
_DOES = (
    "thích|khoái|yêu|thương|ghét|có|đi|đang|đã|sẽ|mới|vừa|được|bị|học|chơi|ăn|uống|xem|coi|đọc|vẽ|làm|thấy|muốn|biết|"
    "không|cũng|rất|hay|sống|ở|nuôi|mua|nhớ|tên|là|sợ|thắng|thua|giúp|chạy|bơi|đá|hát|ngủ|dậy|mặc|tập|nấu|trồng|"
    "chưa|còn|lên|về|ra|vào|chỉ|hết|xong"
)
_START = re.compile(
    rf"^(?:(?:pika|bạn) ơi[\s,]+)?(?P<before>(?:(?:{_BEFORE})[\s,]+)*)(?:{_SELF}) (?=(?:{_DOES})\b)", re.I
)
_HOME = re.compile(rf"^(?P<what>nhà|lớp|mẹ|ba|bố|bà|ông) (?:{_SELF})\b", re.I)
_OWNED = re.compile(rf"\b({_OF}) (?:con|em|mình|tớ|tui|tôi|cháu)\b(?! (?:trai|gái|bé|mèo|chó|gà|cá|vật))", re.I)
_LEFT = re.compile(r"\b(?:mình|tớ|tui|tôi|cháu)\b", re.I)
_ASKS = re.compile(r"\?|\b(?:gì|nào|sao|hả|chưa|không|ko|hông|mấy|đâu|ai|nhỉ|pika)\W*$", re.I)
_TAIL = re.compile(r"(?:[\s,]+(?:á|à|ạ|nè|nha|nhé|luôn|đó|lắm luôn|ơi|bạn ơi|pika ơi))+\W*$", re.I)


def to_second_person_vi(text: str, you: str) -> str:
    """`text` as said back with `you` for the child; "" where it is a question, too long or not plainly of the child."""
    said = text.strip().rstrip(".!… ")
    if _ASKS.search(said):
        return ""
    said = _TAIL.sub("", said)
    turned, found = _START.subn(rf"\g<before>{you} ", said)
    if not found:
        turned, found = _HOME.subn(rf"\g<what> {you}", said)
    turned = _OWNED.sub(rf"\1 {you}", turned)
    if not found or _LEFT.search(turned) or len(turned.split()) > MAX_SYLLABLES:
        return ""
    return turned[0].lower() + turned[1:]
