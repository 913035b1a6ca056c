"""The vision-model route: a model that can see looks at the picture too, and its answer is checked before it counts."""

import base64
import io
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from langchain_core.messages import HumanMessage, SystemMessage

from infra.errors import CoachError
from infra.executors import BoundedExecutor
from infra.fetch import Fetcher
from tools.image.picture import Picture
from tools.image.schemas import Guess, ImageAnswer, ImageMatchAnswer, ImageMatchRequest, ImageRequest, Verdict
from tools.image.tool import received
from tools.image.vocabulary import vocabulary
from tools.model_route.route import Models
from tools.model_route.task import Shape
from tools.ports import Tell, ToolAnswer, ToolRequest

SURE, LESS_SURE = 0.9, 0.6  # how sure a model's first word and its others are taken to be; measured with no provider
MOST_WORDS, LONGEST_WORD = 3, 30
_QUALITY = 85  # of the JPEG that a model is sent


class Sight(Shape):
    """What a model answers: one to three words, best first; whether they are what was asked; whether to hide it."""

    words: list[str]
    matches: Verdict
    unsafe: bool


class _Proposal(NamedTuple):
    sight: Sight
    provider: str


class VisionRoute:
    """`Route` of both image tools. `instructions` is the prompt for the word that was asked ("" for none)."""

    def __init__(
        self, models: Models, instructions: Callable[[str], str], fetcher: Fetcher, pool: BoundedExecutor
    ) -> None:
        self._models = models
        self._instructions = instructions
        self._fetcher = fetcher
        self._pool = pool

    async def propose(self, request: ToolRequest, tell: Tell) -> _Proposal | None:
        """The model gets the reduced picture, without what the file says of place and camera."""
        assert isinstance(request, ImageRequest)
        word = request.word if isinstance(request, ImageMatchRequest) else ""
        tell("model: asked")
        try:
            picture = await self._pool.run(received, self._fetcher, request.image_url)
            shown = HumanMessage([{"type": "image_url", "image_url": {"url": as_data_url(picture)}}])
            return _Proposal(*await self._models.ask(Sight, [SystemMessage(self._instructions(word)), shown]))
        except CoachError as error:
            tell(f"model: {error.code}")
            return None

    def settle(self, request: ToolRequest, embedded: ToolAnswer, proposal: object, tell: Tell) -> ToolAnswer | None:
        """The embedded answer with what the model saw. What is unsafe is not named."""
        assert isinstance(proposal, _Proposal)
        sight, source = proposal.sight, f"model:{proposal.provider}"
        if len(sight.words) > MOST_WORDS or not all(map(_is_word, sight.words)):
            tell(f"model {proposal.provider}: refused, it does not answer in words")
            return None
        safety: Literal["safe", "unsafe"] = "unsafe" if sight.unsafe else "safe"
        common = {"safety": safety, "source": source}
        if isinstance(embedded, ImageAnswer):
            return embedded.model_copy(update={**common, **_named(sight)})
        assert isinstance(embedded, ImageMatchAnswer)
        assert isinstance(request, ImageMatchRequest)
        return embedded.model_copy(update={**common, **_held(sight, request.word)})


def as_data_url(picture: Picture) -> str:
    """The picture as it is sent to a model: small, upright, a JPEG with nothing in it but pixels."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(picture.pixels).save(file, "JPEG", quality=_QUALITY)
    return f"data:image/jpeg;base64,{base64.b64encode(file.getvalue()).decode()}"


def _is_word(text: str) -> bool:
    written = all(letter.isalpha() or letter in " -'" for letter in text)
    return bool(text.strip()) and written and len(text) <= LONGEST_WORD and len(text.split()) <= MOST_WORDS


def _named(sight: Sight) -> dict[str, Any]:
    if sight.unsafe or not sight.words:
        return {"status": "nothing_known", "guesses": (), "confidence": SURE if sight.unsafe else LESS_SURE}
    chances = [SURE] + [LESS_SURE] * (len(sight.words) - 1)
    said = [Guess(word=text, confidence=chance, wider=vocabulary().wider(text))
            for text, chance in zip(sight.words, chances, strict=True)]  # fmt: skip
    return {"status": "ok", "guesses": tuple(said), "confidence": SURE}


def _held(sight: Sight, asked: str) -> dict[str, Any]:
    if sight.unsafe:
        return {"match": "unsure", "seen": "", "seen_confidence": 0.0, "confidence": SURE}
    verdict: Verdict = sight.matches if asked else "unsure"
    return {
        "match": verdict,
        "confidence": LESS_SURE if verdict == "unsure" else SURE,
        "seen": "".join(sight.words[:1]),
        "seen_confidence": SURE if sight.words else 0.0,
    }
