"""What is redacted as personal data, and what a child may say about itself."""

import random
import time

import pytest

from tools.safety.pii import find


@pytest.mark.parametrize(
    ("text", "redacted", "kinds"),
    [
        ("call me at 0912 345 678 ok", "call me at [phone] ok", ("phone",)),
        ("số con là 0912.345.678", "số con là [phone]", ("phone",)),
        ("sdt +84 912345678", "sdt [phone]", ("phone",)),
        ("số là không chín một hai ba bốn năm sáu bảy tám nha", "số là [phone] nha", ("phone",)),
        ("khong chin tam hai ba bon nam sau bay tam", "[phone]", ("phone",)),
        ("zero nine one two three four five six seven eight", "[phone]", ("phone",)),
        ("write to bong.bi@gmail.com please", "write to [email] please", ("email",)),
        ("my password is Dragon12!", "my password is [password]", ("password",)),
        ("mật khẩu facebook của con là meo2015", "mật khẩu facebook của con là [password]", ("password",)),
        ("nhà con ở số 12 ngõ 5 đường Láng", "nhà con ở [address]", ("address",)),
        ("I live at 12 Le Loi street", "I live at [address]", ("address",)),
        ("I study at Kim Dong school class 3A", "I study [school]", ("school",)),
        ("con học lớp 4A trường tiểu học Kim Đồng", "con học [school]", ("school",)),
        ("căn cước của ba là 079123456789", "căn cước của ba là [id]", ("id",)),
        ("card 4111 1111 1111 1111", "card [id]", ("id",)),
    ],
)
def test_personal_data_is_redacted(text: str, redacted: str, kinds: tuple[str, ...]) -> None:
    found = find(text)
    assert (found.redacted, found.kinds) == (redacted, kinds)


@pytest.mark.parametrize(
    "text",
    [
        "my name is Minh and I am 9 years old",
        "I live in Ha Noi",
        "con học lớp 4, lớp con có 40 bạn",
        "one two three four five six seven eight nine ten",
        "một hai ba bốn năm sáu bảy tám chín mười",
        "I was born in 2015 and I have 1000 stars",
        "call 111 or 113",
        "what does password mean",
        "mật khẩu tiếng anh là gì",
        "mat khau trong tieng anh la passcode phai khong",
        "my school is big",
        "trường con có nhiều cây",
        "3.14159265 is pi",
        "",
    ],
)
def test_what_a_child_may_tell_stays(text: str) -> None:
    assert find(text).redacted == text
    assert find(text).kinds == ()


def test_several_kinds_are_named_in_order_of_appearance() -> None:
    found = find("write bi@mail.vn or call 0912345678")
    assert found.redacted == "write [email] or call [phone]"
    assert found.kinds == ("email", "phone")


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1",
        "a ",
        "1 ",
        "a.",
        "a@",
        "@",
        "không ",
        "số 1 ",
        "12/",
        "password ",
        "trường a ",
        "0 ",
        "lớp 1 ",
        "ngõ 1 ",
    ],
)
def test_4000_characters_of_junk_take_less_than_50_ms(unit: str) -> None:
    text = (unit * 4000)[:4000]
    assert min(_seconds(text) for _ in range(3)) < 0.05


def test_random_junk_takes_less_than_50_ms() -> None:
    chance = random.Random(5)
    for _ in range(5):
        text = "".join(chance.choices("ab1 0@./-:số không là đường lớp\n", k=4000))
        assert min(_seconds(text) for _ in range(3)) < 0.05


def _seconds(text: str) -> float:
    started = time.process_time()
    find(text)
    return time.process_time() - started
