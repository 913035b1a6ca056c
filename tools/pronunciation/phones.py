"""The 39 ARPAbet phones and where other inventories meet them."""

from collections.abc import Mapping

PHONES: tuple[str, ...] = (
    "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH", "IH", "IY", "JH", "K",
    "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH", "UH", "UW", "V", "W", "Y", "Z", "ZH",
)  # fmt: skip
INDEX: Mapping[str, int] = {phone: index for index, phone in enumerate(PHONES)}
BLANK = len(PHONES)  # the CTC blank's column
VOWELS = frozenset(["AA", "AE", "AH", "AO", "AW", "AY", "EH", "ER", "EY", "IH", "IY", "OW", "OY", "UH", "UW"])

# IPA symbols of hama's recogniser and grapheme-to-phoneme model -> ARPAbet
IPA: Mapping[str, str] = {
    "ɑ": "AA", "ɒ": "AA", "a": "AA", "æ": "AE", "ʌ": "AH", "ə": "AH", "ɐ": "AH", "ɔ": "AO", "aʊ": "AW", "aɪ": "AY",
    "b": "B", "t͡ʃ": "CH", "d": "D", "ð": "DH", "ɛ": "EH", "e": "EH", "ɝ": "ER", "ɚ": "ER", "ɜ": "ER", "eɪ": "EY",
    "f": "F", "ɡ": "G", "g": "G", "h": "HH", "ɪ": "IH", "i": "IY", "d͡ʒ": "JH", "k": "K", "l": "L", "ɫ": "L",
    "m": "M", "n": "N", "ŋ": "NG", "oʊ": "OW", "ɔɪ": "OY", "p": "P", "r": "R", "ɹ": "R", "s": "S", "ʃ": "SH",
    "t": "T", "ɾ": "T", "θ": "TH", "ʊ": "UH", "u": "UW", "v": "V", "w": "W", "j": "Y", "z": "Z", "ʒ": "ZH",
}  # fmt: skip
