"""A small network on LiteRT: pinned file in, arrays out."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from vivant.engines import weights

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vivant.types import Floats


class Network:
    """A network with one picture as its input; not to be shared between threads.

    Raises MissingModelError where the file is not pulled.
    """

    def __init__(self, name: str, threads: int) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self._run = Interpreter(model_path=str(weights.path(name)), num_threads=threads)
        with _hushed():
            self._run.allocate_tensors()
        self._in = self._run.get_input_details()[0]["index"]
        self._out = [detail["index"] for detail in self._run.get_output_details()]

    def __call__(self, picture: Floats) -> list[Floats]:
        """The outputs, in the file's order, for a picture ``(height, width, 3)`` float32."""
        self._run.set_tensor(self._in, picture[None])
        self._run.invoke()
        return [np.asarray(self._run.get_tensor(index), np.float32) for index in self._out]


@contextmanager
def _hushed() -> Iterator[None]:
    """Standard error closed to native code: LiteRT prints a line of information and has no switch.

    What fails here fails as an exception, so nothing is hidden.
    """
    try:
        kept = os.dup(2)
    except OSError:  # a process without standard error hears nothing anyway
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)
