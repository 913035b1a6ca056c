"""Fits the scorer: phone, word and utterance scores from goodness, as the experts gave them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from tools.pronunciation.goodness import Goodness
from tools.pronunciation.phones import PHONES
from tools.pronunciation.scorer import ASPECTS, BLOCKS, HEADS, WIDTH
from tools.pronunciation.scorer import Weights as Weights
from tools.pronunciation.training.scored import Scored

EPOCHS = 7
BATCH = 32
RATE = 1e-3
DECAY = 0.02
DROPOUT = 0.2
POOLED_DROPOUT = 0.4
WORD_WEIGHT = 0.6
ASPECT_WEIGHT = 0.6
WRONG_WEIGHT = 0.1
WORD_OUTPUTS = 2  # accuracy, total

Floats = NDArray[np.float32]


class Block(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.attend, self.merge = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.widen, self.narrow = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, hidden: Tensor, inside: Tensor) -> Tensor:
        batch, length, _ = hidden.shape
        parts = self.attend(self.norm1(hidden)).chunk(3, dim=-1)
        queries, keys, values = (part.view(batch, length, HEADS, -1).transpose(1, 2) for part in parts)
        mixed = nn.functional.scaled_dot_product_attention(queries, keys, values, inside[:, None, None, :])
        hidden = hidden + self.dropout(self.merge(mixed.transpose(1, 2).reshape(batch, length, -1)))
        result: Tensor = hidden + self.dropout(self.narrow(torch.relu(self.widen(self.norm2(hidden)))))
        return result


class ScorerNet(nn.Module):
    """The torch twin of `Scorer`."""

    def __init__(self, sample: Sequence[Goodness]) -> None:
        """Takes the scales of its inputs from `sample`."""
        super().__init__()
        for name, rows in (
            ("feature", np.concatenate([one.features for one in sample])),
            ("pooled", np.concatenate([one.pooled for one in sample])),
            ("utterance", np.stack([one.utterance for one in sample])),
        ):
            self.register_buffer(f"{name}_mean", torch.from_numpy(rows.mean(0)))
            self.register_buffer(f"{name}_scale", torch.from_numpy(rows.std(0) + np.float32(1e-2)))
        size = sample[0]
        self.features = nn.Linear(size.features.shape[1], WIDTH)
        self.pooled = nn.Linear(size.pooled.shape[1], WIDTH)
        self.phones = nn.Embedding(len(PHONES), WIDTH)
        self.neighbours = nn.Conv1d(WIDTH, WIDTH, 3, padding=1)
        self.inside = nn.Linear(WIDTH, WIDTH)
        self.blocks = nn.ModuleList(Block() for _ in range(BLOCKS))
        self.norm = nn.LayerNorm(WIDTH)
        self.phone = _mlp(WIDTH, 2)
        self.word = _mlp(WIDTH, WORD_OUTPUTS)
        self.aspect = _mlp(WIDTH + len(size.utterance), len(ASPECTS))
        self.dropout, self.pooled_dropout = nn.Dropout(DROPOUT), nn.Dropout(POOLED_DROPOUT)

    def forward(self, batch: "Batch") -> tuple[Tensor, Tensor, Tensor]:
        """Phones [B, L, 2] (score, log odds of another), words [B, W, 2], aspects [B, 4]."""
        features = (batch.features - self.feature_mean) / self.feature_scale
        pooled = (batch.pooled - self.pooled_mean) / self.pooled_scale
        rows = (
            self.features(self.dropout(features)) + self.pooled(self.pooled_dropout(pooled)) + self.phones(batch.phones)
        )
        rows = rows * batch.inside[..., None]
        around = self.neighbours(rows.transpose(1, 2)).transpose(1, 2)
        within = self.inside(batch.averaging @ rows)
        spread = (batch.averaging > 0).float().transpose(1, 2) @ within
        hidden = rows + torch.relu(around + spread)
        for block in self.blocks:
            hidden = block(hidden, batch.inside)
        hidden = self.norm(hidden)
        counts = batch.inside.sum(1, keepdim=True)
        mean = (hidden * batch.inside[..., None]).sum(1) / counts
        utterance = (batch.utterance - self.utterance_mean) / self.utterance_scale
        return (
            self.phone(hidden),
            self.word(batch.averaging @ hidden),
            self.aspect(torch.cat([mean, utterance], -1)),
        )

    def exported(self) -> dict[str, Floats]:
        """Arrays by the names `Scorer` reads."""
        return {name: value.numpy().astype(np.float32) for name, value in self.state_dict().items()}


def _mlp(inputs: int, outputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inputs, WIDTH), nn.ReLU(), nn.Linear(WIDTH, outputs))


@dataclass(frozen=True)
class Batch:
    """Utterances padded to the longest: B of them, L phones, W words."""

    features: Tensor
    pooled: Tensor
    utterance: Tensor
    phones: Tensor
    inside: Tensor  # [B, L] whether there is a phone
    averaging: Tensor  # [B, W, L] rows that average the phones of a word


def batch_of(goodness: Sequence[Goodness]) -> Batch:
    length = max(len(one.phones) for one in goodness)
    words = max(int(one.words[-1]) + 1 for one in goodness)
    averaging = torch.zeros(len(goodness), words, length)
    for row, one in zip(averaging, goodness, strict=True):
        member = torch.from_numpy(one.words)[None] == torch.arange(words)[:, None]
        row[:, : len(one.words)] = member / member.sum(1, keepdim=True).clamp(min=1)
    return Batch(
        features=_padded([one.features for one in goodness], length),
        pooled=_padded([one.pooled for one in goodness], length),
        utterance=torch.from_numpy(np.stack([one.utterance for one in goodness])),
        phones=_padded([one.phones[:, None] for one in goodness], length)[..., 0].long(),
        inside=torch.arange(length) < torch.tensor([len(one.phones) for one in goodness])[:, None],
        averaging=averaging,
    )


def _padded(rows: Sequence[NDArray[np.generic]], length: int, fill: float = 0.0) -> Tensor:
    stacked = torch.full((len(rows), length, rows[0].shape[1]), fill)
    for target, source in zip(stacked, rows, strict=True):
        target[: len(source)] = torch.from_numpy(source.astype(np.float32))
    return stacked


@dataclass(frozen=True)
class Lesson:
    """A batch with its targets, padded with NaN: phones, wrong [B, L]; words [B, W, 2]; aspects [B, 4]; weights [B]."""

    batch: Batch
    phones: Tensor
    wrong: Tensor
    words: Tensor
    aspects: Tensor
    weights: Tensor


def lessons_of(scored: Sequence[Scored], chance: np.random.Generator) -> list[Lesson]:
    """All utterances in batches of like length, made once: little padding, and no copying in every epoch."""
    lengths = np.array([len(one.phones) for one in scored]) + chance.random(len(scored))
    order = np.argsort(lengths)
    return [_lesson([scored[item] for item in order[start : start + BATCH]]) for start in range(0, len(order), BATCH)]


def _lesson(scored: Sequence[Scored]) -> Lesson:
    batch = batch_of([one.goodness for one in scored])
    length, words = batch.phones.shape[1], batch.averaging.shape[1]
    return Lesson(
        batch,
        phones=_padded([one.phones[:, None] for one in scored], length, torch.nan)[..., 0],
        wrong=_padded([one.wrong[:, None] for one in scored], length, torch.nan)[..., 0],
        words=_padded([one.words for one in scored], words, torch.nan),
        aspects=torch.from_numpy(np.stack([one.aspects for one in scored]).astype(np.float32)),
        weights=torch.tensor([one.weight for one in scored], dtype=torch.float32),
    )


def fit(scored: Sequence[Scored], seed: int, epochs: int = EPOCHS) -> ScorerNet:
    """One member of the ensemble; the same seed on the same machine gives the same weights."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    net = ScorerNet([one.goodness for one in scored])
    lessons = lessons_of(scored, chance)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=epochs * len(lessons))
    for _ in range(epochs):
        for index in chance.permutation(len(lessons)):
            loss = _loss(net, lessons[index])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return net.eval()


def _loss(net: ScorerNet, lesson: Lesson) -> Tensor:
    phones, words, aspects = net(lesson.batch)
    return (
        _error(phones[..., 0], lesson.phones, lesson.weights[:, None])
        + WRONG_WEIGHT * _surprise(phones[..., 1], lesson.wrong)
        + WORD_WEIGHT * _error(words, lesson.words, lesson.weights[:, None, None])
        + ASPECT_WEIGHT * _error(aspects, lesson.aspects, lesson.weights[:, None])
    )


def _surprise(got: Tensor, wanted: Tensor) -> Tensor:
    """Mean cross-entropy of log odds where there is a target."""
    known = ~wanted.isnan()
    return nn.functional.binary_cross_entropy_with_logits(got[known], wanted[known])


def _error(got: Tensor, wanted: Tensor, weights: Tensor) -> Tensor:
    """Weighted squared error where there is a target."""
    known = ~wanted.isnan()
    weights = (weights * known).expand_as(got)
    error = weights * (got - torch.where(known, wanted, got.detach())) ** 2
    return error.sum() / weights.sum().clamp(min=1e-6)
