"""EfficientNet-Lite0 (Tan & Le 2019; Lite: Google 2020): what ImageNet and our drawings call a picture."""

import threading
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools import linear

NETWORK = Path(__file__).parent / "lite0.onnx"
DRAWINGS = Path(__file__).parent / "drawings.npz"
SIDE = 224
_MEAN, _SPREAD = 127.0, 128.0  # as the weights were trained
_GROUND = 255  # a picture is made square with white


class Network:
    """Loaded at first use (onnxruntime and 60 MB), one thread a call; calls may come from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._session: Any = None
        self._drawings: linear.Model | None = None

    def warm(self) -> None:
        self.look(np.full((SIDE, SIDE, 3), 255, np.uint8))

    @property
    def drawn_labels(self) -> tuple[str, ...]:
        return self._loaded()[1].labels

    def look(self, pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Probabilities of the 1000 ImageNet classes, and of `drawn_labels`, for (height, width, 3) RGB."""
        session, drawings = self._loaded()
        logits, features = session.run(["logits", "features"], {"x": _input(pixels)})
        return linear.softmax(logits.astype(np.float64))[0], drawings.probabilities(features)[0]

    def features(self, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        """What the drawings are told apart by, shape (1280,)."""
        found: NDArray[np.float32] = self._opened().run(["features"], {"x": _input(pixels)})[0][0]
        return found

    def _loaded(self) -> tuple[Any, linear.Model]:
        session = self._opened()
        with self._lock:
            if self._drawings is None:
                self._drawings = linear.load(DRAWINGS)
            return session, self._drawings

    def _opened(self) -> Any:
        with self._lock:
            if self._session is None:
                self._session = _session()
            return self._session


def _session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Weights are unpacked from int8 once, at loading, instead of at every call: 10 ms instead of 28.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return onnxruntime.InferenceSession(str(NETWORK), options, providers=["CPUExecutionProvider"])


def _input(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The whole picture, square: what a child holds up need not be in the middle."""
    from PIL import Image

    height, width = pixels.shape[:2]
    side = max(height, width)
    square = np.full((side, side, 3), _GROUND, np.uint8)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = pixels
    small = np.asarray(Image.fromarray(square).resize((SIDE, SIDE), Image.Resampling.BICUBIC), np.float32)
    return np.ascontiguousarray(((small - _MEAN) / _SPREAD).transpose(2, 0, 1)[None], np.float32)
