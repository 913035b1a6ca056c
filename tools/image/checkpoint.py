"""Reads the weights of a PyTorch checkpoint without PyTorch."""

import pickle
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_HEADERS = 3  # magic number, protocol version, sizes of the machine's types
_STORAGES: Mapping[str, np.dtype[Any]] = {"FloatStorage": np.dtype("<f4"), "LongStorage": np.dtype("<i8")}


class _Weights(pickle.Unpickler):
    """Knows ordered dictionaries and the names of storages, and nothing that could run."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, offset, shape, stride, *_: (storage, offset, shape, stride)
        if module == "torch" and name in _STORAGES:
            return name
        raise pickle.UnpicklingError(f"{module}.{name} has no place in weights")

    def persistent_load(self, identity: Any) -> Any:
        return identity


def weights_in(path: Path) -> dict[str, NDArray[Any]]:
    """Arrays by name, of a state dict in the format that PyTorch wrote before 1.6: pickled index, then raw storages."""
    with path.open("rb") as file:
        for _ in range(_HEADERS):
            _Weights(file).load()
        index, keys = _Weights(file).load(), _Weights(file).load()
        types = {storage[2]: _STORAGES[storage[1]] for storage, *_ in index.values()}
        data = {key: _storage(file, types[key]) for key in keys}
    return {name: _array(data[storage[2]], *rest) for name, (storage, *rest) in index.items()}


def _storage(file: Any, kind: np.dtype[Any]) -> NDArray[Any]:
    length = int(np.frombuffer(file.read(8), "<i8")[0])
    return np.frombuffer(file.read(length * kind.itemsize), kind)


def _array(flat: NDArray[Any], offset: int, shape: tuple[int, ...], stride: tuple[int, ...]) -> NDArray[Any]:
    return np.lib.stride_tricks.as_strided(flat[offset:], shape, [step * flat.itemsize for step in stride]).copy()
