"""The scripted coach keeps Pika's rules of talking whatever the Directive."""

import random
import re

import pytest

from providers.directive import Act, Bilingual, Correction, Directive, Gloss, Learner, Means, Recall, Said
from providers.scripted import Line, plain, word
from providers.scripted.limits import WORDS, count_words
from providers.scripted.line import likeness
from providers.scripted.wording import CARE
from tests.providers.scripted_cases import ANIMAL, CASES, LINH, MINH, PET

QUOTED = re.compile(r'"[^"]*"')
VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
DANGERS = (
    "abuse_disclosure", "self_harm", "grooming", "bullying_victim",
    "violence_threat", "dangerous_act", "sexual", "secret_keeping",
)  # fmt: skip
VARIANTS = range(25)


def worded(directive: Directive, variant: int = 0, *earlier: str) -> list[Line]:
    return word(directive, random.Random(variant), earlier=earlier)


def text(lines: list[Line]) -> str:
    return plain(" ".join(line.spoken for line in lines))


def questions(lines: list[Line]) -> list[Line]:
    return [line for line in lines if line.asks]


@pytest.mark.parametrize("name", CASES)
def test_the_same_directive_and_seed_give_the_same_words(name: str) -> None:
    assert worded(CASES[name], 7) == worded(CASES[name], 7)


@pytest.mark.parametrize("name", CASES)
def test_sentences_and_turns_stay_within_the_level(name: str) -> None:
    directive = CASES[name]
    level = directive.learner.level
    given = directive.prompt, directive.hint, directive.previous
    not_ours = " ".join(part.en for part in given if part)
    told_again = directive.recall or directive.remember or directive.learned or directive.said.english
    for variant in VARIANTS:
        lines = worded(directive, variant)
        before = [line for line in lines if not line.asks or not line.en]
        assert len(before) <= {"A1": 2, "A2": 3}[level] + (directive.act in CARE) * 2 + (directive.act is Act.FAREWELL)
        ours = [line.en for line in lines if line.en not in not_ours and "**" not in line.en]
        assert told_again or all(count_words(QUOTED.sub("x", en)) <= WORDS[level] for en in ours), ours


@pytest.mark.parametrize("name", CASES)
def test_at_most_one_question_and_it_is_the_last_sentence(name: str) -> None:
    for variant in VARIANTS:
        lines = worded(CASES[name], variant)
        assert len({line.vi for line in questions(lines)}) <= 1  # the same one in both languages is one
        if questions(lines):
            assert lines[-1].asks


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.CHAT])
def test_without_a_prompt_nothing_is_asked(act: Act) -> None:
    for variant in VARIANTS:
        assert not questions(worded(Directive(act=act, learner=LINH), variant))


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("level", ["A1", "A2"])
def test_every_act_has_words_even_when_the_directive_says_little_else(act: Act, level: str) -> None:
    learner = Learner.model_validate({"level": level})
    lines = worded(Directive(act=act, learner=learner, prompt=ANIMAL))
    assert text(lines)
    assert "{" not in text(lines)


@pytest.mark.parametrize("name", CASES)
def test_every_english_sentence_has_its_vietnamese_support(name: str) -> None:
    directive = CASES[name]
    for variant in VARIANTS:
        for line in worded(directive, variant):
            assert line.vi or not line.en, line


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.vietnamese])
def test_vietnamese_is_part_of_the_reply_when_the_directive_says_so(name: str) -> None:
    assert any(VIETNAMESE.search(line.spoken) for line in worded(CASES[name]))


def test_english_stays_english_when_vietnamese_was_not_asked_for() -> None:
    for act in (Act.CONFIRM, Act.RETRY, Act.CHAT, Act.GREET, Act.FAREWELL, Act.STEADY):
        lines = worded(Directive(act=act, learner=Learner(name="Lan"), prompt=PET))
        assert all(line.en for line in lines)


@pytest.mark.parametrize(("address", "other"), [("bạn", "con"), ("con", "bạn")])
def test_vietnamese_addresses_the_child_as_the_family_wants(address: str, other: str) -> None:
    learner = Learner.model_validate({"name": "An", "address": address})
    for act in (Act.GREET, Act.EASE, Act.COMFORT, Act.SAFEGUARD):
        for variant in VARIANTS:
            lines = worded(Directive(act=act, learner=learner, vietnamese=True), variant)
            spoken = " ".join(line.vi for line in lines).casefold()
            assert not re.search(rf"(?<!\w){other}(?!\w)(?! robot)", spoken.replace("robot bạn của", "")), spoken


def test_nothing_is_said_twice_within_ten_turns_in_two_hundred() -> None:
    rng = random.Random(5)
    usual = [Act.CONFIRM, Act.CHAT, Act.RETRY, Act.CONFIRM, Act.HELP, Act.WAIT, Act.MOVE_ON, Act.CONFIRM, Act.GREET]
    turns: list[list[str]] = []
    for number in range(200):
        prompt = Bilingual(en=f"Question number {number}?", vi="Câu hỏi?")
        recent = tuple(sentence for turn in turns[-10:] for sentence in turn)
        act = rng.choice([*usual, Act.REDIRECT, Act.EASE, Act.STEADY, Act.CALM])
        said = Said(text="ok", topic=rng.choice(["", "", "cats", "rice"]))
        directive = Directive(
            act=act,
            learner=MINH,
            said=said,
            prompt=prompt,
            recent=recent,
            variant=number,
            model=f"I see {number} cats.",
        )
        lines = worded(directive, number)
        own = [line.spoken for line in lines if not line.asks]
        assert not {likeness(sentence) for sentence in own} & {likeness(sentence) for sentence in recent}, own
        turns.append(own)


def test_ten_good_answers_running_get_ten_different_responses() -> None:
    recent: list[str] = []
    for number in range(10):
        lines = worded(Directive(act=Act.CONFIRM, learner=LINH, prompt=PET, recent=tuple(recent)), number)
        first = lines[0].spoken
        assert first not in recent
        recent.append(first)


def test_when_everything_was_said_lately_the_oldest_comes_again_instead_of_silence() -> None:
    recent: list[str] = []
    for number in range(30):
        lines = worded(Directive(act=Act.CALM, recent=tuple(recent)), number)
        assert len(lines) == 1
        assert lines[0].spoken not in recent[-5:]
        recent.append(lines[0].spoken)


# -- praise and correction --------------------------------------------------------------------------------


def corrected(wrong: str, right: str, recast: str, means: Means = Means.RECAST) -> Directive:
    correction = Correction(wrong=wrong, right=right, recast=recast, type="tense", means=means)
    return Directive(act=Act.CONFIRM, learner=LINH, said=Said(text=wrong), correction=correction, prompt=ANIMAL)


@pytest.mark.parametrize(
    ("wrong", "right", "recast", "spoken"),
    [
        ("eat", "ate", "I ate noodles.", "you **ate** noodles"),
        ("two egg", "two eggs", "I have two eggs.", "you have two **eggs**"),
        ("very hungry", "am very hungry", "I am very hungry.", "you **are** very hungry"),
        ("", "the", "My mum is in the kitchen.", "your mum is in **the** kitchen"),
        ("shirt red", "red shirt", "He wears a red shirt.", "he wears a"),
        ("drink", "drank", "Yes, I drank milk.", "you **drank** milk"),
        ("he go", "he goes", "He goes to bed at nine.", "he **goes** to bed at nine"),
    ],
)
def test_a_recast_says_it_back_right_and_marks_what_changed(wrong: str, right: str, recast: str, spoken: str) -> None:
    for variant in VARIANTS:
        assert spoken in worded(corrected(wrong, right, recast), variant)[0].en


@pytest.mark.parametrize("recast", ["Where do you live?", "Can I go home?", "Please help me.", "I love you, Pika."])
def test_what_would_sound_odd_said_back_is_quoted(recast: str) -> None:
    assert f'"{recast}"' in text(worded(corrected("x", recast.rstrip("?."), recast)))


def test_who_introduces_itself_hears_the_first_person_too() -> None:
    lines = worded(corrected("i have ten years", "I am ten years old", "I am ten years old."))
    assert "you are ten years old" in text(lines)
    assert '"I am ten years old."' in text(lines)


@pytest.mark.parametrize("means", Means)
@pytest.mark.parametrize("variant", VARIANTS)
def test_the_right_words_are_in_the_reply_by_every_means(means: Means, variant: int) -> None:
    assert "swam" in text(worded(corrected("swim", "swam", "I swam in the sea.", means), variant))


def test_a_name_is_written_as_one_only_where_it_is_given() -> None:
    child = Learner(name="An")
    named = corrected("me name an", "My name is an", "My name is an.").model_copy(update={"learner": child})
    assert "My name is An." in text(worded(named))
    egg = corrected("eat", "ate", "I ate an egg.").model_copy(update={"learner": child})
    assert "you ate an egg" in text(worded(egg))


def test_of_a_half_vietnamese_sentence_only_the_english_is_recast() -> None:
    directive = corrected("it small", "it is small", "My cat màu đen, it is small.")
    assert "it **is** small" in worded(directive)[0].en
    assert "màu" not in text(worded(directive))


def test_a_name_given_in_vietnamese_comes_back_in_the_english() -> None:
    directive = corrected("it small", "it is small", "My cat tên là Mun, it is small.").model_copy(
        update={"said": Said(text="my cat tên là Mun, it small", names=("Mun",), language="mixed")}
    )
    assert "Mun **is** small" in worded(directive)[0].en


def test_what_was_asked_is_answered_even_beside_a_correction_and_a_long_question() -> None:
    prompt = Bilingual(en="It is round. What is it?", vi="Nó tròn. Nó là gì?")
    directive = corrected("cat name", "cat's name", "What is my cat's name?").model_copy(
        update={"act": Act.RECALL, "prompt": prompt, "recall": Recall(question="?", about="your cat's name")}
    )
    for variant in VARIANTS:
        assert re.search(r"haven't told|don't know", text(worded(directive, variant)))


@pytest.mark.parametrize("said", ["hi i am Bin", "my name is bin", "con tên là Bin"])
def test_a_child_that_has_just_said_its_name_is_greeted_by_it(said: str) -> None:
    directive = Directive(act=Act.GREET, said=Said(text=said, names=("Bin",)), prompt=PET)
    for variant in VARIANTS:
        assert "Bin" in text(worded(directive, variant))


def test_a_friend_is_not_greeted_for_the_child() -> None:
    directive = Directive(act=Act.GREET, said=Said(text="hi this is my friend Bin", names=("Bin",)), prompt=PET)
    for variant in VARIANTS:
        assert "Bin" not in text(worded(directive, variant))


def test_the_first_hello_says_who_speaks() -> None:
    prompt = Bilingual(en="I feel good. How are you?", vi="Mình vui. Còn bạn?")
    for variant in VARIANTS:
        assert "Pika" in text(worded(Directive(act=Act.GREET, learner=LINH, prompt=prompt), variant))
        assert "Pika" in text(worded(Directive(act=Act.GREET, learner=LINH, prompt=PET), variant))


def test_a_name_that_the_recast_leaves_out_is_still_heard() -> None:
    directive = corrected("he have", "he has", "He has a tail.").model_copy(
        update={"said": Said(text="Mun, he have a tail", names=("Mun",))}
    )
    assert "Mun" in text(worded(directive))


@pytest.mark.parametrize(
    ("said", "topic", "heard"),
    [
        ("i see a green frog", "green frog", "a green frog"),
        ("i have a drum", "drum", "your drum"),
        ("my uncle is funny", "uncle", "your uncle"),
        ("i like trains", "trains", "trains"),
    ],
)
def test_the_topic_is_said_back_as_it_is_the_childs(said: str, topic: str, heard: str) -> None:
    directive = Directive(act=Act.CONFIRM, learner=LINH, said=Said(text=said, topic=topic), prompt=PET)
    for variant in VARIANTS:
        assert heard in text(worded(directive, variant)).casefold()


@pytest.mark.parametrize("topic", ["two cat", "play football", "i like it", "a b c d e f", "con mèo"])
def test_what_is_no_english_thing_is_not_said_back(topic: str) -> None:
    directive = Directive(act=Act.CHAT, learner=LINH, said=Said(text=topic, topic=topic, language="vi"))
    for variant in VARIANTS:
        assert topic not in text(worded(directive, variant))


def test_a_complaint_with_a_laugh_is_not_pitied() -> None:
    directive = Directive(act=Act.CHAT, learner=LINH, said=Said(text="i lost haha", mood="frustrated"), prompt=PET)
    for variant in VARIANTS:
        assert "sorry" not in text(worded(directive, variant))


def test_a_question_with_statements_of_its_own_leaves_room_for_one_sentence() -> None:
    prompt = Bilingual(en="I see a cat. What do you see?", vi="Mình thấy con mèo. Bạn thấy gì?")
    for act in (Act.GREET, Act.CONFIRM, Act.RETRY, Act.HELP):
        directive = Directive(act=act, learner=LINH, prompt=prompt, hint=Bilingual(en="It is big.", vi="Nó to lắm."))
        assert len(worded(directive)) == 3


def test_the_meaning_of_a_whole_line_is_told_in_vietnamese() -> None:
    gloss = Gloss(term="Do you have a pet", vi="Bạn có nuôi con gì không?")
    reply = text(worded(Directive(act=Act.MEANING, learner=LINH, gloss=gloss)))
    assert "Bạn có nuôi con gì không?" in reply
    assert "pet" not in reply


@pytest.mark.parametrize(("topic", "named"), [("Hello, my name", "hello"), ("What I can do", "what you can do")])
def test_a_new_topic_is_named_by_its_first_thing(topic: str, named: str) -> None:
    directive = Directive(act=Act.CHANGE_TOPIC, topic=Bilingual(en=topic, vi="chào hỏi, tên"), prompt=PET)
    for variant in VARIANTS:
        assert f"{named}!" in text(worded(directive, variant))


def test_a_choice_is_the_only_question() -> None:
    lines = worded(corrected("swim", "swam", "Yesterday I swam in the sea.", Means.PROMPT))
    assert [line.asks for line in lines].count(True) == 1
    assert "*swam*" in lines[-1].en
    assert lines[-1].en.startswith("Yesterday... you")


@pytest.mark.parametrize(("wrong", "right"), [("", "the"), ("the", ""), ("Swam", "swam")])
def test_a_choice_between_nothing_and_something_is_a_recast(wrong: str, right: str) -> None:
    assert worded(corrected(wrong, right, "I swam in the sea.", Means.PROMPT))[-1].en == ANIMAL.en


def test_praise_names_the_good_form() -> None:
    for variant in VARIANTS:
        assert "*swam*" in worded(Directive(act=Act.CONFIRM, praise="swam", prompt=PET), variant)[0].en.casefold()


def test_a_wrong_form_is_never_praised() -> None:
    directive = corrected("I goed", "I went", "I went home.").model_copy(update={"praise": "goed"})
    for variant in VARIANTS:
        assert "goed" not in text(worded(directive, variant))


@pytest.mark.parametrize("act", [Act.SAFEGUARD, Act.COMFORT, Act.PRIVACY, Act.CALM])
def test_nothing_is_taught_where_a_child_needs_care(act: Act) -> None:
    directive = corrected("goed", "went", "I went home.").model_copy(update={"act": act, "praise": "home"})
    assert "went" not in text(worded(directive))
    assert "*" not in " ".join(line.spoken for line in worded(directive))


# -- care -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("danger", [*DANGERS, "something_new"])
def test_danger_is_answered_with_belief_a_grown_up_and_111_in_both_languages(danger: str, language: str) -> None:
    said = Said.model_validate({"text": "...", "language": language})
    for variant in VARIANTS:
        lines = worded(Directive(act=Act.SAFEGUARD, learner=LINH, said=said, danger=danger, prompt=PET), variant)
        vietnamese = " ".join(line.vi for line in lines if not line.en)
        english = " ".join(line.en for line in lines)
        assert "111" in vietnamese
        assert "người lớn" in vietnamese
        assert re.search(r"grown-up|someone you trust|teacher", english)
        assert PET.en not in english
        assert not questions(lines)


@pytest.mark.parametrize("danger", ["abuse_disclosure", "bullying_victim"])
def test_a_hurt_child_hears_that_it_is_not_its_fault(danger: str) -> None:
    for variant in VARIANTS:
        directive = Directive(act=Act.SAFEGUARD, learner=LINH, danger=danger)
        assert "not your fault" in text(worded(directive, variant))


@pytest.mark.parametrize("danger", DANGERS)
def test_the_turn_after_has_other_words(danger: str) -> None:
    first = Directive(act=Act.SAFEGUARD, learner=LINH, danger=danger)
    said = {line.spoken for variant in VARIANTS for line in worded(first, variant)}
    after = first.model_copy(update={"follow_up": True})
    assert not said & {line.spoken for variant in VARIANTS for line in worded(after, variant)}


@pytest.mark.parametrize(
    ("disclosed", "danger", "never"),
    [
        ("my dad hits me", "abuse_disclosure", ("dad", "mum")),
        ("cô giáo đánh con", "abuse_disclosure", ("teacher",)),
        ("my teacher said keep it secret", "grooming", ("teacher",)),
        ("bà ngoại mắng và đánh con", "abuse_disclosure", ("grandma",)),
    ],
)
def test_the_one_named_as_the_danger_is_never_suggested(disclosed: str, danger: str, never: tuple[str, ...]) -> None:
    directive = Directive(
        act=Act.SAFEGUARD, learner=LINH, danger=danger, follow_up=True, said=Said(text="what can i do")
    )
    for variant in VARIANTS:
        words = text(worded(directive, variant, disclosed))
        assert not any(f"your {adult}" in words for adult in never), words


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("i will tell my aunt tomorrow", r"brave|[Gg]ood|right"),
        ("should i hit her back", r"[Nn]o hitting|[Dd]on't hit"),
        ("don't tell anyone please", r"can't|No secret"),
        ("con sợ cô giận", r"afraid|scared"),
        ("nobody will believe me", r"believe|alone|someone"),
    ],
)
def test_worries_and_plans_after_a_disclosure_are_answered(said: str, meant: str) -> None:
    directive = Directive(
        act=Act.SAFEGUARD, learner=LINH, danger="bullying_victim", follow_up=True, said=Said(text=said)
    )
    for variant in VARIANTS:
        assert re.search(meant, text(worded(directive, variant)))


def test_comfort_names_who_is_missed_and_does_not_cheer() -> None:
    directive = Directive(act=Act.COMFORT, learner=LINH, said=Said(text="my dog Mực died", names=("Mực",), mood="sad"))
    for variant in VARIANTS:
        assert "Mực" in text(worded(directive, variant))
        assert "!" not in text(worded(directive, variant))


def test_farewell_says_what_was_learned_and_asks_nothing() -> None:
    directive = Directive(act=Act.FAREWELL, learner=MINH, learned=("bee", "ant", "fly", "bug"), prompt=PET)
    for variant in VARIANTS:
        words = text(worded(directive, variant))
        assert "bee, ant and fly" in words
        assert "?" not in words


def test_what_was_never_told_is_not_invented() -> None:
    directive = Directive(act=Act.RECALL, learner=LINH, recall=Recall(question="?", answer="Rex", known=False))
    for variant in VARIANTS:
        words = text(worded(directive, variant))
        assert "Rex" not in words
        assert re.search(r"don't know|haven't told", words)


@pytest.mark.parametrize(
    ("recall", "fact"),
    [
        (Recall(question="?", answer="Rex", about="your dog's name", known=True), "our dog's name is Rex"),
        (Recall(question="?", answer="Rex", about="my dog's name", known=True), "our dog's name is Rex"),
        (Recall(question="?", answer="cats and frogs", about="your favourite animals", known=True), "animals are cats"),
        (Recall(question="?", answer="You like noodles.", known=True), "ou like noodles"),
        (Recall(question="?", answer="I have two brothers", known=True), "ou have two brothers"),
        (Recall(question="?", answer="Rex", about="your dog's name: Rex", known=True), "our dog's name is Rex"),
        (Recall(question="?", answer="noodles", about="what you like", known=True), "ou like noodles"),
        (Recall(question="?", answer="i run fast.", quote="i run fast", known=True), 'ou told me: "i run fast"'),
        (Recall(question="?", answer="yes", quote="i have a bike", known=True), 'es, you told me: "i have a bike"'),
        (Recall(question="?", quote="con thích bơi", known=True), 'ou told me: "con thích bơi"'),
    ],
)
def test_a_known_fact_is_a_sentence_to_the_child(recall: Recall, fact: str) -> None:
    assert fact in text(worded(Directive(act=Act.RECALL, learner=LINH, recall=recall)))


@pytest.mark.parametrize("act", [Act.REDIRECT, Act.CALM, Act.STEADY, Act.PRIVACY, Act.SAFEGUARD])
def test_what_must_not_be_repeated_is_not_repeated(act: Act) -> None:
    said = Said(text="zorgle Blarney", topic="zorgle", names=("Blarney",), english="zorgle")
    for variant in VARIANTS:
        words = text(worded(Directive(act=act, learner=LINH, said=said, danger="grooming"), variant)).casefold()
        assert "zorgle" not in words
        assert "blarney" not in words


@pytest.mark.parametrize("name", ["<b>", "x" * 40, "{you}", "**An**", "a\nb"])
def test_a_name_that_is_none_is_not_spoken(name: str) -> None:
    for act in (Act.GREET, Act.FAREWELL):
        assert name not in text(worded(Directive(act=act, learner=Learner(name=name), returning=True)))
