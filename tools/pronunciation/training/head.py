"""Fits the phone head by CTC on the phones that were asked, except where experts heard another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from tools.pronunciation.phones import BLANK

WILDCARD = BLANK + 1  # stands for any phone: what was said instead of a mispronounced one is not known
WIDTH = 160
KERNEL = 5
EPOCHS = 5
BATCH = 16
RATE = 3e-3
DECAY = 0.01
DROPOUT = 0.2
MASKED_FRAMES = 12


@dataclass(frozen=True)
class Spoken:
    """One utterance to learn from: vectors [T, 1024], stream [T, 40], targets [L] of 0..38 or WILDCARD."""

    vectors: NDArray[np.float16]
    stream: NDArray[np.float32]
    targets: NDArray[np.int64]


class HeadNet(nn.Module):
    """The torch twin of `PhoneHead`."""

    def __init__(self, mean: Tensor, scale: Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("scale", scale)
        self.enter = nn.Linear(len(mean), WIDTH)
        self.first = nn.Conv1d(WIDTH, WIDTH, KERNEL, padding=KERNEL // 2)
        self.second = nn.Conv1d(WIDTH, WIDTH, KERNEL, padding=KERNEL // 2)
        self.leave = nn.Linear(WIDTH, BLANK + 1)
        self.dropout = nn.Dropout1d(DROPOUT)  # whole channels of an utterance: a mask for each value costs a fifth more

    def forward(self, vectors: Tensor) -> Tensor:
        """Log probabilities [B, T, 40] of vectors [B, T, 1024]; products in 16 bits, which is quicker by a quarter."""
        with torch.autocast("cpu", torch.bfloat16):
            hidden = torch.relu(self.enter((vectors - self.mean) / self.scale)).transpose(1, 2)
            hidden = self.dropout(hidden)
            for layer in (self.first, self.second):
                hidden = hidden + self.dropout(torch.relu(layer(hidden)))
            scores: Tensor = self.leave(hidden.transpose(1, 2))
        return scores.float().log_softmax(-1)

    def exported(self) -> dict[str, NDArray[np.float32]]:
        """Arrays by the names `PhoneHead` reads."""
        renamed = {"enter": "in", "leave": "out"}
        arrays = {}
        for name, value in self.state_dict().items():
            layer, dot, rest = name.partition(".")
            arrays[renamed.get(layer, layer) + dot + rest] = value.numpy().astype(np.float32)
        return arrays


def fit(spoken: Sequence[Spoken], seed: int, epochs: int = EPOCHS) -> HeadNet:
    """A head fitted to the utterances; the same seed on the same machine gives the same head.

    In the first epoch it imitates the other ear. From a flat start, CTC now and then never leaves the plateau where
    everything is blank.
    """
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    sample = np.concatenate([one.vectors[::7] for one in spoken]).astype(np.float32)
    net = HeadNet(torch.from_numpy(sample.mean(0)), torch.from_numpy(sample.std(0) + 1e-3))
    batches = _batches(spoken)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=epochs * len(batches))
    for epoch in range(epochs):
        loss_of = ctc_loss if epoch else imitation_loss
        for index in chance.permutation(len(batches)):
            loss = loss_of(net, [spoken[item] for item in batches[index]], chance)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            schedule.step()
    return net.eval()


def _batches(spoken: Sequence[Spoken]) -> list[list[int]]:
    """Indices of utterances of like length, so that little of a batch is padding."""
    order = sorted(range(len(spoken)), key=lambda item: len(spoken[item].vectors))
    return [order[start : start + BATCH] for start in range(0, len(order), BATCH)]


def imitation_loss(net: HeadNet, batch: Sequence[Spoken], chance: np.random.Generator) -> Tensor:
    """Mean over utterances of the cross-entropy to the other ear's probabilities, summed over frames."""
    vectors, _ = _masked(net, batch, chance)
    logs = net(vectors)
    losses = [
        -(torch.from_numpy(one.stream).exp() * row[: len(one.stream)]).sum()
        for row, one in zip(logs, batch, strict=True)
    ]
    return torch.stack(losses).mean()


def ctc_loss(net: HeadNet, batch: Sequence[Spoken], chance: np.random.Generator) -> Tensor:
    """Mean over utterances of a surrogate whose gradient is that of the CTC loss with wildcards.

    The expected occupancies come from torch's own CTC gradient (probability minus occupancy), so that a wildcard,
    whose probability is the sum of all phones', needs no loss of its own.
    """
    vectors, lengths = _masked(net, batch, chance)
    logs = net(vectors)
    extended = torch.cat([logs, logs[..., :BLANK].logsumexp(-1, keepdim=True)], -1)
    leaf = extended.detach().requires_grad_()
    targets = torch.from_numpy(np.concatenate([one.targets for one in batch]))
    sizes = torch.tensor([len(one.targets) for one in batch])
    with torch.enable_grad():
        total = nn.functional.ctc_loss(leaf.transpose(0, 1), targets, lengths, sizes, BLANK, "sum", True)
        total.backward()  # type: ignore[no-untyped-call]
    assert leaf.grad is not None
    inside = (torch.arange(leaf.shape[1]) < lengths[:, None])[..., None]
    occupancy = (leaf.exp() - leaf.grad) * inside
    return -(occupancy * extended).sum() / len(batch)


def _masked(net: HeadNet, batch: Sequence[Spoken], chance: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Vectors [B, T, 1024] with a stretch of each hidden (Park et al. 2019), and their lengths [B]."""
    lengths = torch.tensor([len(one.vectors) for one in batch])
    vectors = torch.zeros(len(batch), int(lengths.max()), batch[0].vectors.shape[1])
    for row, one in zip(vectors, batch, strict=True):
        row[: len(one.vectors)] = torch.from_numpy(one.vectors.astype(np.float32))
        start = int(chance.integers(0, max(1, len(one.vectors) - MASKED_FRAMES)))
        row[start : start + int(chance.integers(0, MASKED_FRAMES))] = net.mean
    return vectors, lengths
