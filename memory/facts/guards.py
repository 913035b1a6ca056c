"""Which sentences claim nothing: questions, wishes, stories, other people's words, jokes, orders to the coach."""

import re

from memory.text import fold

_QUESTION = re.compile(
    r"\?\s*$|^(?:so |and |but |hey |robot |pika |coach |teacher )*(?:what|who|whose|where|when|why|how|which"
    r"|do you|does|did|can you"
    r"|can i|can we|could you|are you|is it|is there|is that|have you|will you|would you|may i|am i)\b"
    r"|\b(?:do you know|do you remember|guess what is)\b"
    r"|\b(?:gi|nao|o dau|may gio|bao nhieu|phai khong|dung khong|duoc khong|a ha|co khong|chua)\s*(?:a|vay|the|nhi"
    r"|ta|ha)?\s*\??$"
    r"|^(?:tai sao|vi sao|ai )\b|\bco (?:biet|nho|thich) .*khong$"
)
_HYPOTHETICAL = re.compile(
    r"\b(?:if|maybe|perhaps|imagine|pretend|suppose|i wish|would be|dreamt|dreamed|one day|someday|in my dream"
    r"|neu|gia ma|gia nhu|uoc gi|uoc|gia su|tuong tuong|gia vo|gia bo|co the la|mo thay|nam mo)\b"
)
_STORY = re.compile(
    r"\b(?:in (?:my|the|a|this|that) (?:story|movie|film|book|cartoon|game|dream|song|comic)|once upon a time"
    r"|princess|prince"
    r"|the (?:boy|girl|hero|captain|character|man|woman|king|queen)|in minecraft|in roblox|character|nhan vat"
    r"|trong (?:truyen|phim|game|sach|mo|cau chuyen)|ngay xua|cong chua|hoang tu)\b"
)
_REPORTED = re.compile(
    r"[\"“”«»]|\b(?:he|she|they|people|everyone|my \w+(?: \w+)?|the \w+) (?:say|says|said|tell|tells|told me|think"
    r"|thinks|ask|asks|asked) "
    r"|\b(?:noi|bao|ke|hoi|nghi) (?:la|rang|con la)\b"
)
_ORDER = re.compile(
    r"\b(?:remember (?:that )?i am (?:the|your|an?) |from now on|ignore|forget (?:all|everything|your|what)"
    r"|system prompt|developer"
    r"|you are now|you must|you have to|act as|admin|administrator|your (?:boss|owner|creator|maker)|i am (?:the"
    r"|your) teacher"
    r"|i am (?:really )?(?:a|an|the) (?:adult|grown ?up|parent|robot|ai)|pretend|password|instructions?"
    r"|bo qua|tu gio|quen het|con la (?:giao vien|co giao|thay giao|quan tri)|mat khau)\b"
)
_JOKE = re.compile(
    r"\b(?:just kidding|kidding|i (?:am )?(?:only |just )?jok(?:e|ing)|i lie|i lied|lying|not true"
    r"|prank|april fool|jk|joke"
    r"|dua (?:thoi|day|ma|do|ti|chut)|noi dua|gion|xao|noi doi|noi xao|khong phai dau|tro dua)\b"
)
_CORRECTION = re.compile(
    r"^(?:oh |ah |uh |um |no |wait |sorry |ok |ok ok |haha+ |a |u )*(?:no|wait|oops|sorry|i mean"
    r"|actually|not really|wrong|mistake"
    r"|a khong|khong phai|nham|a nham|y con la|con nham|ok ok|correction)\b"
)
_DOUBTS = (
    ("question", _QUESTION),
    ("hypothetical", _HYPOTHETICAL),
    ("story", _STORY),
    ("order", _ORDER),
    ("reported", _REPORTED),
)
_PERSONAL = re.compile(
    r"\d[\d\s.-]{6,}\d|\S+@\S+|\b(?:street|road|avenue|alley|lane|apartment|flat number|house number"
    r"|phone|zalo|facebook|password"
    r"|hem \d|ngo \d|duong [a-z]|so nha|pho [a-z]+ so|mat khau|so dien thoai|can cuoc)\b|\b(?:number"
    r"|so) \d+ [a-z]+ (?:street|road)"
    r"|\b(?:class|grade|lop) ?\d{1,2} ?[a-z]\d?\b.*\b(?:school|truong)\b|\b(?:school|truong)\b.*\b"
    r"(?:class|grade|lop) ?\d{1,2} ?[a-z/]\d?\b"
)


def doubt(sentence: str) -> str:
    """Why a sentence must not become a fact, whatever it holds: "question", "hypothetical", "story", "order" (to the
    coach) or "reported"; "" when it claims something."""
    plain = fold(sentence).strip()
    return next((name for name, pattern in _DOUBTS if pattern.search(plain)), "")


def claims_nothing(sentence: str) -> bool:
    return bool(doubt(sentence))


def takes_back(text: str) -> bool:
    """True when the learner says that what came before was a joke or a lie."""
    return bool(_JOKE.search(fold(text)))


def corrects(text: str) -> bool:
    """True when the learner mends what was said just before."""
    return bool(_CORRECTION.match(fold(text).strip())) or takes_back(text)


def personal(text: str) -> bool:
    """True for contact data, addresses, and a school together with a class."""
    return bool(_PERSONAL.search(fold(text)))
