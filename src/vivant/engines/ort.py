"""A network on ONNX Runtime: file in, arrays out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vivant.engines.extras import need
from vivant.errors import EngineError, MissingExtraError

if TYPE_CHECKING:
    from pathlib import Path

    from vivant.types import Floats

DEVICES = ("auto", "cpu", "cuda")
_CUDA = "CUDAExecutionProvider"
_CPU = "CPUExecutionProvider"
_ERRORS_ONLY = 3


class Network:
    """A network with one input; same numbers in, same numbers out.

    ``device`` is ``auto``, ``cpu`` or ``cuda``. Raises MissingExtraError without ONNX Runtime, or
    without its build for cuda where that is asked for; EngineError for a file that is no network.
    """

    def __init__(self, path: Path, device: str = "auto", threads: int = 2) -> None:
        runtime = need("onnxruntime", "arcface")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.use_deterministic_compute = True
        # Converted networks make it warn of every weight that is also listed as an input.
        options.log_severity_level = _ERRORS_ONLY
        providers = _providers(runtime, device)
        try:
            self._session = runtime.InferenceSession(str(path), options, providers=providers)
        except Exception as error:  # its errors share no base class but this one
            raise EngineError(
                f"ONNX Runtime {runtime.__version__} can't use {path}: {error}"
            ) from error
        self.device = "cuda" if _CUDA in self._session.get_providers() else "cpu"
        if device == "cuda" and self.device != "cuda":
            raise EngineError(
                "ONNX Runtime was asked to use cuda and fell back to the processor; its own message"
                " above says which library it could not load.",
                mend="Set device to cpu, or install the CUDA and cuDNN that this build asks for.",
            )
        self._path = path
        self._input = self._session.get_inputs()[0].name
        self.outputs: int = len(self._session.get_outputs())

    def __call__(self, blob: Floats) -> list[Floats]:
        """The outputs, in the file's order, for ``blob`` (1, channels, height, width) float32.

        Raises EngineError where the network takes no such thing, or the device fails.
        """
        try:
            found: list[Any] = self._session.run(None, {self._input: blob})
        except Exception as error:  # its errors share no base class but this one
            raise EngineError(
                f"{self._path} fails on an input of shape {blob.shape}: {error}"
            ) from error
        return [np.asarray(output, np.float32) for output in found]


def _providers(runtime: Any, device: str) -> list[Any]:
    """What may run a network, the first choice first."""
    there = _CUDA in runtime.get_available_providers()
    if device == "cpu" or (device == "auto" and not there):
        return [_CPU]
    if not there:
        raise MissingExtraError(
            "This build of ONNX Runtime knows no cuda.",
            mend="Run: pip install onnxruntime-gpu, or set device to cpu.",
        )
    # cuDNN's exhaustive search takes whichever kernel wins a race: no two runs need agree.
    return [(_CUDA, {"cudnn_conv_algo_search": "DEFAULT"}), _CPU]
