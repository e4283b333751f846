"""What memory this machine has, and how much of it a piece of work took."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vivant.engines.extras import need

if TYPE_CHECKING:
    from collections.abc import Iterator

GB = 1e9


@dataclass(frozen=True)
class Room:
    """What there is to live in, in units of 1e9 free bytes. ``gpu`` is None without a CUDA card."""

    gpu: float | None
    ram: float
    bfloat16: bool = True
    """Whether the card computes in bfloat16 itself."""
    fp8: bool = True
    """Whether torch can keep float8_e4m3fn on the card and read it back."""

    @classmethod
    def here(cls) -> Room:
        """This machine, now."""
        import torch

        ram = free_ram()
        if not torch.cuda.is_available():
            return cls(None, ram, bfloat16=False, fp8=False)
        free, _ = torch.cuda.mem_get_info()
        real = torch.cuda.is_bf16_supported(including_emulation=False)
        return cls(free / GB, ram, bfloat16=real, fp8=_keeps_fp8())

    def __str__(self) -> str:
        card = "no CUDA card" if self.gpu is None else f"{self.gpu:.1f} GB of GPU memory"
        return f"{card}, {self.ram:.1f} GB of RAM"


def free_ram(container: Path = Path("/sys/fs/cgroup")) -> float:
    """Units of 1e9 bytes that can be had without pushing anything out to the disk.

    In a container that is what its own limit leaves: the kernel's figure is the whole machine's,
    and who goes by it is killed without a word.
    """
    machine = need("psutil", "gpu").virtual_memory().available
    return float(min(machine, _left(container)) / GB)


def _left(container: Path) -> float:
    """Bytes below the limit of a control group (version 2); cached files make way for others."""
    try:
        most = int((container / "memory.max").read_text())  # the word "max": there is no limit
        used = int((container / "memory.current").read_text())
        lines = (container / "memory.stat").read_text().splitlines()
    except (OSError, ValueError):
        return float("inf")
    held = dict(line.split(maxsplit=1) for line in lines)
    return most - used + sum(int(held.get(f"{way}_file", 0)) for way in ("inactive", "active"))


def _keeps_fp8() -> bool:
    """Tried, not looked up: which casts exist depends on torch's build as much as on the card."""
    import torch

    try:
        one = torch.ones(1, device="cuda").to(torch.float8_e4m3fn)
        return float(one.to(torch.float32)) == 1.0
    except RuntimeError:
        return False


@dataclass
class Peak:
    """The most memory some work held on the GPU; ``gb`` is None where it was not measured."""

    gb: float | None = None
    why: str = "the work is not done"
    """Why ``gb`` is None; empty where it is not."""

    @property
    def record(self) -> dict[str, Any]:
        """As plain data, for the manifest."""
        if self.gb is None:
            return {"peak_gpu_gb": None, "peak_gpu_why": self.why}
        return {"peak_gpu_gb": round(self.gb, 3)}


@contextmanager
def peak(device: str) -> Iterator[Peak]:
    """Measures the block's peak of allocated GPU memory; ``device`` is a ``Home``'s.

    What was on the card before the block counts too. Resets torch's peak statistics, so blocks
    don't nest.
    """
    measured = Peak()
    if device == "cpu":
        measured.why = "on the CPU the operating system, not torch, holds the figure"
        yield measured
        return
    import torch

    torch.cuda.synchronize()
    torch.cuda.reset_peak_memory_stats()
    try:
        yield measured
    finally:
        torch.cuda.synchronize()
        measured.gb, measured.why = torch.cuda.max_memory_allocated() / GB, ""


def ran_out(error: BaseException) -> bool:
    """Whether an error means that memory was short, on the GPU or on the CPU."""
    import torch

    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    words = ("out of memory", "CUBLAS_STATUS_ALLOC_FAILED", "can't allocate memory")
    return isinstance(error, RuntimeError) and any(each in str(error) for each in words)
