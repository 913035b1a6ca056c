"""Recordings made at test time, in the formats that phones, robots and browsers send."""

import base64
import io
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import av
import numpy as np
from numpy.typing import NDArray

# container and codec of each kind of recording, and the sample rate its codec wants
KINDS: Mapping[str, tuple[str, str, int]] = MappingProxyType(
    {
        "wav": ("wav", "pcm_s16le", 44_100),
        "wav float": ("wav", "pcm_f32le", 48_000),
        "wav mu-law": ("wav", "pcm_mulaw", 8_000),
        "mp3": ("mp3", "libmp3lame", 44_100),
        "m4a": ("mp4", "aac", 44_100),
        "aac": ("adts", "aac", 22_050),
        "webm": ("webm", "libopus", 48_000),
        "ogg opus": ("ogg", "libopus", 16_000),
        "flac": ("flac", "flac", 16_000),
        "amr": ("amr", "libopencore_amrnb", 8_000),
        "3gp": ("3gp", "libopencore_amrnb", 8_000),
    }
)


def tone(seconds: float, rate: int, hertz: float = 440.0, level: float = 0.5) -> NDArray[np.float32]:
    """A steady tone: float32[seconds * rate]."""
    return (level * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


def recorded(samples: NDArray[np.float32], rate: int, kind: str, channels: int = 1) -> bytes:
    """`samples` (mono, -1..1) at `rate` as a file of the `kind`."""
    container_format, codec, _ = KINDS[kind]
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=container_format) as container:
        layout = "mono" if channels == 1 else "stereo"
        stream = container.add_stream(codec, rate=rate, layout=layout)
        assert isinstance(stream, av.AudioStream)
        resampler = av.AudioResampler(format=stream.format, layout=layout, rate=rate)
        frame = av.AudioFrame.from_ndarray(np.tile(samples, (channels, 1)), format="fltp", layout=layout)
        frame.sample_rate = rate
        fifo = av.AudioFifo()
        for piece in [*resampler.resample(frame), *resampler.resample(None)]:
            fifo.write(piece)
        size = stream.codec_context.frame_size or 1024
        while (full := fifo.read(size) or fifo.read(size, partial=True)) is not None:
            container.mux(stream.encode(full))
        container.mux(stream.encode(None))
    return buffer.getvalue()


def toned(kind: str, seconds: float = 1.0, channels: int = 1) -> bytes:
    """A recording of a 440 Hz tone of this kind."""
    rate = KINDS[kind][2]
    return recorded(tone(seconds, rate), rate, kind, channels)


SPEECH = Path(__file__).parent / "speech"  # spoken by espeak-ng, a free synthesizer; named by what is heard


def spoken(name: str) -> bytes:
    """A recording of a voice: "it-is-a-robot" or "i-like-rye" (where "rice" was to be said)."""
    return (SPEECH / f"{name}.ogg").read_bytes()


def inline(content: bytes) -> str:
    """`content` as a data: URL."""
    return f"data:audio/ogg;base64,{base64.b64encode(content).decode()}"
