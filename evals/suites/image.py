"""Image: what is in a picture, is it the word that was asked, which colour, is it the same picture again."""

import base64
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance

from evals.reading import SHIPPED, read_jsonl
from evals.report import Result
from evals.statistics import Metric, measured, share
from evals.task import Task
from infra.errors import BadInput
from infra.fetch import Fetcher
from tools.image import ImageAnalysisTool, ImageMatchingTool, judge
from tools.image.fingerprint import same_picture
from tools.image.network import Network
from tools.image.picture import opened
from tools.image.schemas import ImageAnswer, ImageMatchRequest, ImageRequest, Verdict
from tools.image.vocabulary import vocabulary

FILE = "images.jsonl"
COLOURS: Mapping[str, tuple[int, int, int]] = {  # of cards that are drawn here
    "red": (214, 40, 48), "orange": (245, 140, 30), "yellow": (250, 215, 50), "green": (60, 160, 75),
    "blue": (45, 110, 220), "purple": (130, 60, 170), "pink": (245, 140, 180), "brown": (120, 75, 40),
    "black": (20, 20, 22), "white": (250, 250, 250), "grey": (130, 132, 135),
}  # fmt: skip
_SIDE = 240


@dataclass(frozen=True)
class Item:
    """`word`: what it shows, "" when it shows nothing that has a word; `kind`: "photo", "drawing" or "colour"."""

    id: str
    content: bytes
    word: str
    kind: str


@dataclass(frozen=True)
class Judged:
    """`verdicts`: the matching tool's answer to the picture's own word, and to other words of the set."""

    item: Item
    answer: ImageAnswer
    alone: str  # the best word of ImageNet alone
    own: Verdict
    others: Sequence[Verdict]
    same_again: Sequence[bool]
    same_as_other: bool

    @property
    def right(self) -> Sequence[bool]:
        """Whether each guess may be called by the word."""
        return [_may_be(guess.word, self.item.word) for guess in self.answer.guesses]


async def run(task: Task) -> Result:
    """Both tools on every picture; the baseline is the ImageNet head alone, always answering."""
    with closing(Fetcher()) as fetcher:
        network = Network()
        judged = _judged(load(task.data_dir)[: task.limit], fetcher, network)
    pictures = [one for one in judged if one.item.kind != "colour"]
    alone = measured([_may_be(one.alone, one.item.word) for one in pictures if one.item.word], share, task.seed)
    return Result(
        n=len(judged),
        metrics=figures(judged, task.seed),
        baselines={"imagenet_alone": {"top1": alone}},
        items=[_row(one) for one in judged],
    )


def load(data_dir: Path | None) -> list[Item]:
    """Pictures of DIR/images.jsonl (id, file, word, kind), or the shipped ones with cards of colours drawn here."""
    folder = SHIPPED if data_dir is None else data_dir
    items = [Item(row["id"], _content(folder / row["file"]), row["word"], row["kind"])
             for row in read_jsonl(data_dir, FILE)]  # fmt: skip
    return items if data_dir is not None else [*items, *colour_cards()]


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise BadInput(f"There is no picture {path}.")
    return path.read_bytes()


def colour_cards() -> Iterator[Item]:
    """A disc and a square of each colour on paper."""
    for name, colour in COLOURS.items():
        for shape in ("disc", "square"):
            ground = "#9aa7b8" if name == "white" else "white"
            card = Image.new("RGB", (_SIDE, _SIDE), ground)
            draw = ImageDraw.Draw(card)
            (draw.ellipse if shape == "disc" else draw.rectangle)((40, 40, 200, 200), fill=colour)
            yield Item(f"{name}-{shape}", _written(card, "PNG"), name, "colour")


def _judged(items: Sequence[Item], fetcher: Fetcher, network: Network) -> list[Judged]:
    analysis, matching = ImageAnalysisTool(fetcher, network), ImageMatchingTool(fetcher, network)
    urls = [f"data:;base64,{base64.b64encode(item.content).decode()}" for item in items]
    answers = [analysis.run(ImageRequest(image_url=url)) for url in urls]
    marks = [answer.fingerprint for answer in answers]
    words = sorted({item.word for item in items if item.word and item.kind != "colour"})

    judged = []
    for number, (item, url, answer) in enumerate(zip(items, urls, answers, strict=True)):
        colours = item.kind == "colour"
        wrong = [] if colours else [word for word in words if not _overlap(word, item.word)]
        rest = marks[:number] + marks[number + 1 :]
        seen = _words_seen(network, item.content)
        judged.append(
            Judged(
                item,
                answer,
                alone=_imagenet_alone(network, item.content),
                own=matching.run(ImageMatchRequest(image_url=url, word=item.word)).match,
                others=[judge.matched(vocabulary(), seen, word).verdict for word in wrong],
                same_again=[bool(same_picture(_mark(analysis, copy), [answer.fingerprint])) for copy in _copies(item)],
                same_as_other=not colours and bool(same_picture(answer.fingerprint, rest)),
            )
        )
    return judged


def _mark(tool: ImageAnalysisTool, content: bytes) -> str:
    return tool.run(ImageRequest(image_url=base64.b64encode(content).decode())).fingerprint


def _copies(item: Item) -> Iterator[bytes]:
    """The picture smaller, as a poor JPEG, and a little darker."""
    if item.kind == "colour":
        return
    pixels = Image.fromarray(opened(item.content).pixels)
    yield _written(pixels.resize((pixels.width // 2, pixels.height // 2)), "PNG")
    yield _written(pixels, "JPEG", quality=25)
    yield _written(ImageEnhance.Brightness(pixels).enhance(0.8), "JPEG", quality=70)


def _written(image: Image.Image, kind: str, **options: int) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _words_seen(network: Network, content: bytes) -> NDArray[np.float64]:
    """What the matching tool goes by, without asking it again for each word."""
    classes, drawn = network.look(opened(content).pixels)
    return judge.mixed(vocabulary().of_classes(classes), vocabulary().of_labels(network.drawn_labels, drawn))


def _imagenet_alone(network: Network, content: bytes) -> str:
    classes, _ = network.look(opened(content).pixels)
    chances: NDArray[np.float64] = vocabulary().of_classes(classes)
    return vocabulary().words[int(np.argmax(chances))].text


def _may_be(shown: str, word: str) -> bool:
    return bool(word) and bool(vocabulary().accepting(word)[vocabulary().index[shown]])


def _overlap(one: str, other: str) -> bool:
    return bool(other) and bool((vocabulary().accepting(one) & vocabulary().accepting(other)).any())


def figures(judged: Sequence[Judged], seed: int) -> dict[str, Metric]:
    """`said`: share of pictures with a word of which something is said; `said_precision`: how much of what is said is
    right, pictures of nothing included. `match_*`: verdicts on the right word and on the other words of the set."""
    pictures = [one for one in judged if one.item.kind != "colour"]
    named = [one for one in pictures if one.item.word]
    said = [one for one in pictures if one.answer.guesses]
    colours = [one for one in judged if one.item.kind == "colour"]
    values: Mapping[str, Sequence[bool]] = {
        "top1": [any(one.right[:1]) for one in named],
        "top3": [any(one.right) for one in named],
        "said": [bool(one.answer.guesses) for one in named],
        "said_precision": [any(one.right[:1]) for one in said],
        "match_yes": [one.own == "yes" for one in named],
        "match_wrong_no": [one.own == "no" for one in named],
        "match_wrong_yes": [verdict == "yes" for one in pictures for verdict in one.others],
        "colour_yes": [one.own == "yes" for one in colours],
        "same_again": [same for one in pictures for same in one.same_again],
        "same_as_other": [one.same_as_other for one in pictures],
    }
    kinds = {f"top1_{kind}": [any(one.right[:1]) for one in named if one.item.kind == kind]
             for kind in sorted({one.item.kind for one in named})}  # fmt: skip
    return {name: measured(flags, share, seed) for name, flags in {**values, **kinds}.items() if flags}


def _row(one: Judged) -> Mapping[str, object]:
    guesses = {guess.word: guess.confidence for guess in one.answer.guesses}
    scores = {"own": one.own, "wrong_yes": sum(verdict == "yes" for verdict in one.others), "guesses": guesses}
    return {"id": one.item.id, "expected": one.item.word, "got": next(iter(guesses), ""), "scores": scores}
