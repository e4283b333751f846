"""Face networks small enough to reason about, with the inputs and outputs of the published ones.

A "face" is a square as ``tests.tiny.picture`` paints it: green 200, no blue, and a red that tells
people apart. The detectors answer where a window of 64 pixels (128, 256 on the coarser levels) is
filled by such a square and its surroundings are not, so a square of just that size, with its corner
on a detector's cell, has a score of 1 and a box and landmarks that are known beforehand. The
recognisers answer with a fixed mixture of the mean colours.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from tests.tiny import GREEN
from vivant.engines.alignment import TEMPLATE

FLOAT = TensorProto.FLOAT
Shape: TypeAlias = "list[int | str | None]"
Numbers: TypeAlias = "Sequence[float] | NDArray[np.floating]"

STRIDES = (8, 16, 32)
WINDOW = 8
"""The side of a face in strides of its level."""

PLACES = (TEMPLATE / 112 - 0.5) * WINDOW
"""Where the five landmarks lie, (5, 2), in strides from the middle of the box."""

SCRFD = {"antelopev2": "scrfd_10g_bnkps.onnx", "buffalo_l": "det_10g.onnx"}
ARCFACE = {"antelopev2": "glintr100.onnx", "buffalo_l": "w600k_r50.onnx"}

MIXTURE = np.random.default_rng(512).normal(size=(512, 3)).astype(np.float32)
"""What the tiny ArcFace makes of the mean red, green and blue, each -1 to 1."""
SFACE_MIXTURE = np.random.default_rng(128).normal(size=(128, 3)).astype(np.float32)

HEAD = np.array(
    [(-1 + i / 8, 0.9 * (1 - (i / 8 - 1) ** 2), -0.8134 * (1 - abs(i / 8 - 1))) for i in range(17)]
    + [(x, -0.35, -0.75) for x in (-0.8, -0.65, -0.5, -0.35, -0.2, 0.2, 0.35, 0.5, 0.65, 0.8)]
    + [(0, -0.2 + 0.1 * i, -0.9 - 0.1 * i) for i in range(4)]
    + [(x, 0.2, -0.95) for x in (-0.2, -0.1, 0, 0.1, 0.2)]
    + [(x, -0.15 + y, -0.7) for x, y in ((-0.65, 0), (-0.55, -0.05), (-0.45, -0.05), (-0.35, 0),
                                        (-0.45, 0.05), (-0.55, 0.05))]
    + [(x, -0.15 + y, -0.7) for x, y in ((0.35, 0), (0.45, -0.05), (0.55, -0.05), (0.65, 0),
                                        (0.55, 0.05), (0.45, 0.05))]
    + [(0.35 * np.cos(t), 0.45 - 0.1 * np.sin(t), -0.9)
       for t in np.radians([180, 150, 120, 90, 60, 30, 0, -30, -60, -90, -120, -150])]
    + [(0.25 * np.cos(t), 0.45 - 0.03 * np.sin(t), -0.9)
       for t in np.radians([180, 120, 90, 60, 0, -60, -90, -120])]
)  # fmt: skip
"""68 points of a head that looks into the camera: x right, y down, z away; half its width is 1.
Its line from the nose's root to the chin leans back by 4.5 degrees, as people's do."""


class Graph:
    """Builds a network node by node; ``add`` gives the name of what the node makes."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, values: object, kind: type = np.float32) -> str:
        name = f"constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.asarray(values, kind), name))
        return name

    def add(self, operator: str, *inputs: str, name: str = "", **attributes: Any) -> str:
        made = name or f"made_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [made], **attributes))
        return made

    def save(self, path: Path, shape: Shape, outputs: dict[str, Shape]) -> None:
        """Write the network; ``shape`` is that of its one input, called ``input``."""
        graph = helper.make_graph(
            self.nodes, "tiny",
            [helper.make_tensor_value_info("input", FLOAT, shape)],
            [helper.make_tensor_value_info(name, FLOAT, shape) for name, shape in outputs.items()],
            self.constants,
        )  # fmt: skip
        opset = [helper.make_opsetid("", 13)]
        path.parent.mkdir(parents=True, exist_ok=True)
        onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=8), path)


# -- detectors ---------------------------------------------------------------------------------


def scrfd(path: Path) -> None:
    """Nine outputs: scores, boxes and points of three levels; RGB from -1 to 1 in, any size.

    A cell's second anchor is less sure and has a box that is two strides wider: it must go.
    """
    graph = Graph()
    face = _faceness(graph, red_green_blue=(0, 1, -1), scale=128 / GREEN)
    levels = [_fullness(graph, face, stride) for stride in STRIDES]
    half, places = WINDOW / 2, PLACES.ravel()
    outputs: dict[str, Shape] = {}
    for weights, biases, width in (
        ([1.0, 0.9], [0.0, 0.0], 1),
        (np.zeros(8), [half] * 4 + [half + 1] * 4, 4),
        (np.zeros(20), np.tile(places, 2), 10),
    ):
        for fullness in levels:
            rows = _rows(graph, fullness, weights, biases, [-1, width])
            outputs[rows] = ["anchors", width]
    graph.save(path, [1, 3, "height", "width"], outputs)


def yunet(path: Path) -> None:
    """Twelve outputs: class, objectness, boxes and points of three levels; BGR 0 to 255 in.

    YuNet's boxes are a middle, in strides from the cell, and the logarithms of width and height.
    """
    graph = Graph()
    face = _faceness(graph, red_green_blue=(-1, 1, 0), scale=1 / GREEN)
    levels = {stride: _fullness(graph, face, stride) for stride in STRIDES}
    size = float(np.log(WINDOW))
    outputs: dict[str, Shape] = {}
    for kind, weights, biases in (
        ("cls", [1.0], [0.0]),
        ("obj", [1.0], [0.0]),
        ("bbox", np.zeros(4), [0.0, 0.0, size, size]),
        ("kps", np.zeros(10), PLACES.ravel()),
    ):
        for stride, fullness in levels.items():
            width = len(biases)
            rows = _rows(graph, fullness, weights, biases, [1, -1, width], f"{kind}_{stride}")
            outputs[rows] = [1, "cells", width]
    graph.save(path, [1, 3, "height", "width"], outputs)


def _faceness(graph: Graph, red_green_blue: tuple[int, int, int], scale: float) -> str:
    """1 in a face, 0 in black and in all greys, from the first three channels of the input."""
    weights = np.reshape(red_green_blue, (1, 3, 1, 1)) * scale
    mixed = graph.add("Conv", "input", graph.constant(weights), kernel_shape=[1, 1])
    return graph.add("Clip", mixed, graph.constant(0), graph.constant(1))


def _fullness(graph: Graph, face: str, stride: int) -> str:
    """For every cell, how full of face the window round its corner is, less what surrounds it."""
    cells = graph.add("AveragePool", face, kernel_shape=[stride, stride], strides=[stride, stride])
    inner = _mean(graph, cells, WINDOW)
    outer = _mean(graph, cells, 2 * WINDOW)
    # A lone face fills a quarter of the surroundings, a part of a larger one all of them.
    beyond = graph.add("Sub", outer, graph.constant(0.25))
    beyond = graph.add("Relu", beyond)
    weighed = graph.add("Mul", beyond, graph.constant(4 / 3))
    left = graph.add("Sub", inner, weighed)
    # Half a face is none: a window that is off by a quarter of a face keeps half of its score.
    sharp = graph.add("Relu", graph.add("Sub", left, graph.constant(0.5)))
    return graph.add("Mul", sharp, graph.constant(2.0))


def _mean(graph: Graph, cells: str, window: int) -> str:
    """Of the windows round every cell's top left corner; beyond the picture nothing is."""
    half = window // 2
    kernel = graph.constant(np.full((1, 1, window, window), 1 / window**2))
    pads = [half, half, half - 1, half - 1]
    return graph.add("Conv", cells, kernel, kernel_shape=[window, window], pads=pads)


def _rows(
    graph: Graph, fullness: str, weights: Numbers, biases: Numbers, shape: list[int], name: str = ""
) -> str:
    """A level's output: fullness times ``weights`` plus ``biases`` of each cell, row by row."""
    kernel = graph.constant(np.reshape(weights, (-1, 1, 1, 1)))
    mixed = graph.add("Conv", fullness, kernel, graph.constant(biases), kernel_shape=[1, 1])
    last = graph.add("Transpose", mixed, perm=[0, 2, 3, 1])
    return graph.add("Reshape", last, graph.constant(shape, np.int64), name=name)


# -- the other networks ------------------------------------------------------------------------


def arcface(path: Path) -> None:
    """(1, 512): ``MIXTURE`` of the mean colours."""
    mixture(path, MIXTURE, [None, 3, 112, 112])


def sface(path: Path) -> None:
    """(1, 128): ``SFACE_MIXTURE`` of the mean colours, 0 to 255."""
    mixture(path, SFACE_MIXTURE, [1, 3, 112, 112])


def genderage(path: Path) -> None:
    """(1, 3): woman as much as the picture is blue, man as much as it is red, and an age."""
    mixture(path, np.array([[0, 0, 1], [1, 0, 0], [0, 0, 0]], np.float32), [None, 3, 96, 96])


def landmarks(path: Path) -> None:
    """(1, 3309): 1035 points of nothing and ``HEAD`` at half its size, whatever is shown."""
    graph = Graph()
    means = graph.add("Flatten", graph.add("GlobalAveragePool", "input"))
    points = np.concatenate([np.zeros((1035, 3)), 0.5 * HEAD]).ravel()
    made = graph.add("Gemm", means, graph.constant(np.zeros((3, 3309))), graph.constant(points))
    graph.save(path, [None, 3, 192, 192], {made: [None, 3309]})


def mixture(path: Path, weights: NDArray[np.float32], shape: Shape) -> None:
    """As many numbers as ``weights`` (n, 3) has rows: these times the mean of each colour."""
    graph = Graph()
    means = graph.add("Flatten", graph.add("GlobalAveragePool", "input"))
    made = graph.add("Gemm", means, graph.constant(weights), transB=1)
    graph.save(path, shape, {made: [shape[0], len(weights)]})


# -- packs -------------------------------------------------------------------------------------


def pack(folder: Path, name: str = "antelopev2") -> Path:
    """A whole pack in ``folder``, under the published names."""
    scrfd(folder / SCRFD[name])
    arcface(folder / ARCFACE[name])
    genderage(folder / "genderage.onnx")
    landmarks(folder / "1k3d68.onnx")
    return folder
