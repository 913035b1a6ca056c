"""IMAGE_ANALYSIS_TOOL and IMAGE_MATCHING_TOOL."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from infra.fetch import Fetcher
from tools.image import judge
from tools.image.colours import colours
from tools.image.fingerprint import fingerprint, same_picture
from tools.image.network import Network
from tools.image.picture import Picture, opened
from tools.image.schemas import LIMIT_BYTES, ImageAnswer, ImageMatchAnswer, ImageMatchRequest, ImageRequest
from tools.image.vocabulary import vocabulary
from tools.ports import LegacyCall, Terms, ToolAnswer, ToolRequest

ATTEMPTS = 2  # the server behind a URL may have been busy
DEADLINE_MS = 12_000  # of which a slow server may take ten seconds
NOTHING_SURE = 0.5


def received(fetcher: Fetcher, image_url: str) -> Picture:
    """The picture behind a data:, http(s) or stored: URL, or in plain base64. Raises as fetching and opening do."""
    url = image_url if ":" in image_url[:16] else f"data:;base64,{image_url}"
    return opened(fetcher.fetch(url, limit_bytes=LIMIT_BYTES).content)


@dataclass(frozen=True, eq=False)
class _Seen:
    picture: Picture
    words: NDArray[np.float64]  # probabilities, in the order of the vocabulary


class _Eye:
    """What both tools do first."""

    def __init__(self, fetcher: Fetcher, network: Network) -> None:
        self._fetcher = fetcher
        self._network = network

    def warm(self) -> None:
        vocabulary()
        self._network.warm()

    def _see(self, image_url: str) -> _Seen:
        picture = received(self._fetcher, image_url)
        classes, drawn = self._network.look(picture.pixels)
        words = vocabulary()
        mixed = judge.mixed(words.of_classes(classes), words.of_labels(self._network.drawn_labels, drawn))
        return _Seen(picture, mixed)


def _picture_alone(call: LegacyCall) -> Mapping[str, Any]:
    return {"image_url": call.audio_url or call.message}


def _picture_and_word(call: LegacyCall) -> Mapping[str, Any]:
    return {"image_url": call.audio_url, "word": call.text_refs or call.message}


class ImageAnalysisTool(_Eye):
    """Names what is in a picture. The tools may share one `network`."""

    name: ClassVar[str] = "IMAGE_ANALYSIS_TOOL"
    request: ClassVar[type[ToolRequest]] = ImageRequest
    answer: ClassVar[type[ToolAnswer]] = ImageAnswer
    terms: ClassVar[Terms] = Terms(deadline_ms=DEADLINE_MS, attempts=ATTEMPTS, from_legacy=_picture_alone)

    def run(self, request: ImageRequest, /) -> ImageAnswer:
        seen = self._see(request.image_url)
        found = judge.guesses(vocabulary(), seen.words)
        return ImageAnswer(
            status="ok" if found else "nothing_known",
            confidence=found[0].confidence if found else NOTHING_SURE,
            guesses=found,
            colours=colours(seen.picture.pixels),
            fingerprint=fingerprint(seen.picture.pixels),
            width=seen.picture.width,
            height=seen.picture.height,
        )


class ImageMatchingTool(_Eye):
    """Holds a picture against the word that was asked, and against pictures seen before."""

    name: ClassVar[str] = "IMAGE_MATCHING_TOOL"
    request: ClassVar[type[ToolRequest]] = ImageMatchRequest
    answer: ClassVar[type[ToolAnswer]] = ImageMatchAnswer
    terms: ClassVar[Terms] = Terms(deadline_ms=DEADLINE_MS, attempts=ATTEMPTS, from_legacy=_picture_and_word)

    def run(self, request: ImageMatchRequest, /) -> ImageMatchAnswer:
        seen = self._see(request.image_url)
        found = judge.guesses(vocabulary(), seen.words)
        match = self._match(seen, request.word.strip().lower())
        mark = fingerprint(seen.picture.pixels)
        return ImageMatchAnswer(
            match=match.verdict,
            confidence=match.confidence,
            seen=found[0].word if found else "",
            seen_confidence=found[0].confidence if found else 0.0,
            same_as=same_picture(mark, request.known),
            fingerprint=mark,
        )

    def _match(self, seen: _Seen, asked: str) -> judge.Match:
        if not asked:
            return judge.Match("unsure", 0.0)
        by_thing = judge.matched(vocabulary(), seen.words, asked)
        if asked not in judge.COLOURS or by_thing.verdict == "yes":  # an orange is asked for as often as the colour
            return by_thing
        return judge.coloured(colours(seen.picture.pixels), asked)
