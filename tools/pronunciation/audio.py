"""Decodes what phones, robots and browsers record into the samples that the judge hears."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from infra.errors import BadInput

if TYPE_CHECKING:
    from av import AudioFrame, AudioResampler
    from av.container import InputContainer

RATE = 16_000  # samples a second that come out
MAX_SECONDS = 60.0
MAX_BYTES = 10 * 1024 * 1024
_SPARE_SECONDS = 0.5  # decoded beyond the limit, so that a longer recording can be told from one at the limit
_RATES = range(4_000, 192_001)
_CHANNELS = range(1, 9)
_MAX_CHANGES = 50  # of rate or layout within one recording; honest ones have none

# Only plain containers and sound codecs: playlists could name files and hosts of their own, pictures could be bombs.
_CONTAINERS = "wav,w64,mp3,aac,mov,mp4,m4a,3gp,3g2,matroska,webm,ogg,flac,amr,amrnb,amrwb,aiff,caf,au"
_CODECS = (
    "aac,mp3,mp3float,mp2,mp2float,opus,libopus,vorbis,flac,alac,amrnb,amrwb,pcm_s8,pcm_u8,pcm_s16le,pcm_s16be,"
    "pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,pcm_f64le,pcm_alaw,pcm_mulaw,"
    "adpcm_ima_wav,adpcm_ms,adpcm_ima_qt"
)
_OPTIONS = {
    "format_whitelist": _CONTAINERS,
    "codec_whitelist": _CODECS,
    "protocol_whitelist": "none",
    "probesize": "1048576",
    "max_streams": "16",
}
_KINDS = "wav, mp3, m4a, webm, ogg, flac or amr"

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sound:
    """`samples`: float32[n], mono, 16 kHz, -1..1. `too_long`: there was more than the limit; the rest was not read."""

    samples: Samples
    too_long: bool = False

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE


def decode(content: bytes, *, max_seconds: float = MAX_SECONDS) -> Sound:
    """The first sound stream of a recording; what follows a break in a damaged file is left out.

    Uses memory for `max_seconds` of sound at most, whatever the file claims. Raises BadInput when the file is empty,
    over `MAX_BYTES`, not a recording, or holds no sound.
    """
    if not content:
        raise BadInput("The recording is empty: record again.")
    if len(content) > MAX_BYTES:
        raise BadInput(f"The recording is too large: it may have {MAX_BYTES} bytes.")
    most = int((max_seconds + _SPARE_SECONDS) * RATE)
    samples = _collected(_pieces(content), most)
    if not len(samples):
        raise BadInput("There is no sound in this file that can be read: send the recording as it was made.")
    limit = int(max_seconds * RATE)
    return Sound(samples[:limit], too_long=len(samples) > limit)


def _collected(pieces: Iterator[Samples], most: int) -> Samples:
    kept: list[Samples] = []
    length = 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece)
        if length >= most:
            break
    samples = np.concatenate(kept)[:most] if kept else np.zeros(0, np.float32)
    return np.clip(np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0), -1.0, 1.0)


def _pieces(content: bytes) -> Iterator[Samples]:
    """The stream piece by piece, as far as it can be decoded."""
    import av  # 100 MB of codecs: not for a server that only reads text

    try:
        with av.open(io.BytesIO(content), "r", options=_OPTIONS, metadata_errors="replace") as container:
            if not container.streams.audio:
                raise BadInput(f"There is no sound in this file: send {_KINDS}.")
            yield from _resampled(_frames(container))
    except (av.FFmpegError, ValueError, OverflowError, MemoryError):
        raise BadInput(f"This file cannot be read as a recording: send {_KINDS}.") from None


def _frames(container: "InputContainer") -> "Iterator[AudioFrame]":
    """What can be decoded; a damaged packet is passed over, the end of what can be read is the end."""
    import av

    stream = container.streams.audio[0]
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
            if packet is None:
                return
            yield from stream.decode(packet)
        except av.InvalidDataError:
            continue
        except av.EOFError:
            return


def _resampled(frames: "Iterator[AudioFrame]") -> Iterator[Samples]:
    resampler: AudioResampler | None = None
    setup: tuple[str, str, int] | None = None
    changes = 0
    for frame in frames:
        found = (frame.format.name, frame.layout.name, frame.sample_rate)
        if resampler is None or found != setup:
            yield from _converted(resampler, None)
            changes += 1
            resampler, setup = _resampler(frame, changes), found
        frame.pts = None  # a damaged file's times would have gaps filled
        yield from _converted(resampler, frame)
    yield from _converted(resampler, None)


def _resampler(frame: "AudioFrame", changes: int) -> "AudioResampler":
    import av

    if changes > _MAX_CHANGES or frame.sample_rate not in _RATES or frame.layout.nb_channels not in _CHANNELS:
        raise BadInput("The recording's sample rate or channels cannot be read: record in mono at 16 kHz or more.")
    return av.AudioResampler(format="flt", layout="mono", rate=RATE)


def _converted(resampler: "AudioResampler | None", frame: "AudioFrame | None") -> Iterator[Samples]:
    """`frame`, or with None what the resampler still holds, at the rate that comes out."""
    if resampler is not None:
        for piece in resampler.resample(frame):
            yield np.asarray(piece.to_ndarray()[0], np.float32)
