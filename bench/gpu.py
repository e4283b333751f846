"""Wan at its true sizes on a GPU: speed against the arithmetic floor, memory, decoding.

    python -m bench.gpu [--only ceilings --only wan2.2-ti2v-5b …] [--repeats 7] [--write]
    python -m bench.gpu --tiny        the same code on small models on the CPU; no figures to keep

Nothing is downloaded: the models get their published shapes and random weights, made on the device.
Zeros would not do: a card that multiplies zeros draws less power and clocks higher. What only real
weights can tell, such as the gain of step caches and of step distillation, is not measured here.

Every figure stands beside diffusers' own in the same run, the two taking turns: three warm-ups,
seven repeats, CUDA events, median and spread. The ceilings are measured in the same run too: a
bfloat16 matrix product, attention at Wan's head size, and a copy in memory.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
import PIL.Image

from bench.sizes import SHAPES, TEXT, TINY, Shape, autoencoder, flops, pipeline, transformer
from vivant.engines import residency
from vivant.engines.extras import need
from vivant.engines.residency import Home, Offload
from vivant.engines.wan import timestep
from vivant.engines.wan.decode import decode
from vivant.engines.wan.lean import slim

if TYPE_CHECKING:
    import torch as torch_types

    from vivant.types import Image

torch: Any = need("torch", "gpu")
diffusers: Any = need("diffusers", "gpu")

DOCUMENT = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclass(frozen=True)
class Ceilings:
    """What this device reaches on nothing but the operation, in operations or bytes a second."""

    product: float
    attention: float
    copy: float

    def floor(self, shape: Shape) -> float:
        """Seconds that one forward takes at least."""
        products, attention = flops(shape)
        return products / self.product + attention / self.attention


# -- measuring ------------------------------------------------------------------------------------


@dataclass
class Clock:
    """Times work on a device: CUDA events on a GPU, the processor's clock elsewhere."""

    device: str
    repeats: int
    warm_ups: int

    def once(self, work: Callable[[], object]) -> float:
        """Seconds."""
        if self.device == "cpu":
            start = time.perf_counter()
            work()
            return time.perf_counter() - start
        first, last = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        first.record()
        work()
        last.record()
        last.synchronize()
        return float(first.elapsed_time(last)) / 1e3

    def turns(self, works: Mapping[str, Callable[[], object]]) -> dict[str, Times]:
        """Every work in turn, so that what slows the machine down slows all of them."""
        found: dict[str, list[float]] = {name: [] for name in works}
        for number in range(self.warm_ups + self.repeats):
            for name, work in works.items():
                seconds = self.once(work)
                if number >= self.warm_ups:
                    found[name].append(seconds)
        return {name: Times(tuple(values)) for name, values in found.items()}


@dataclass(frozen=True)
class Times:
    """Seconds of the repeats."""

    values: tuple[float, ...]

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.values)

    def __str__(self) -> str:
        low, high = min(self.values), max(self.values)
        return f"{self.middle:.3g} s ({low:.3g}–{high:.3g})"


@dataclass
class Table:
    """One table of the report."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [" | ".join(self.columns), " | ".join("---" for _ in self.columns)]
        lines += [" | ".join(row) for row in self.rows]
        return f"### {self.title}\n\n" + "\n".join(f"| {line} |" for line in lines) + "\n"


def ceilings(clock: Clock, tiny: bool) -> tuple[Ceilings, Table]:
    """Measure the three operations that bound everything else."""
    side, tokens, size = (64, 64, 2**16) if tiny else (8192, 27_280, 2**30)
    kind = torch.float32 if tiny else torch.bfloat16
    left, right = (torch.randn(side, side, device=clock.device, dtype=kind) for _ in range(2))
    heads = torch.randn(3, 1, 24, tokens, 128, device=clock.device, dtype=kind)
    source = torch.randn(size // 4, device=clock.device)
    target = torch.empty_like(source)
    attend = torch.nn.functional.scaled_dot_product_attention
    found = clock.turns({
        "product": lambda: left @ right,
        "attention": lambda: attend(*heads),
        "copy": lambda: target.copy_(source),
    })  # fmt: skip
    measured = Ceilings(
        2 * side**3 / found["product"].middle,
        4 * 24 * tokens**2 * 128 / found["attention"].middle,
        2 * size / found["copy"].middle,
    )
    reached = {
        "product": (f"matrix product {side}³", f"{measured.product / 1e12:.3g} TFLOP/s"),
        "attention": (
            f"attention, {tokens} tokens, 24 heads of 128",
            f"{measured.attention / 1e12:.3g} TFLOP/s",
        ),
        "copy": (f"copy of {size / 1e9:.2g} GB", f"{measured.copy / 1e9:.4g} GB/s"),
    }
    table = Table("Ceilings", ("operation", "reached", "time"))
    table.rows = [(*words, str(found[name])) for name, words in reached.items()]
    return measured, table


# -- the three questions --------------------------------------------------------------------------


def steps(shape: Shape, clock: Clock, reach: Ceilings, dtype: torch_types.dtype) -> list[Any]:
    """Rows: a guided step, which is two forwards, by diffusers and by us."""
    model = transformer(shape, clock.device, dtype)
    _, frames, height, width = shape.latent
    inward = shape.transformer["in_channels"]
    made = {"device": clock.device, "dtype": dtype}
    latents = torch.randn(1, inward, frames, height, width, **made)
    texts = [torch.randn(1, TEXT, shape.transformer["text_dim"], **made) for _ in range(2)]
    times = torch.tensor([937.0], device=clock.device)
    if shape.boundary is None:
        times = times.repeat(1, shape.tokens)
        times[:, : height * width // 4] = 0

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def step() -> Any:
        return [model(latents, times, text, return_dict=False)[0] for text in texts]

    def ours() -> Any:
        timestep.collapse(model)
        try:
            return step()
        finally:
            timestep.restore(model)

    works = {"diffusers": step, "vivant": ours} if shape.boundary is None else {"diffusers": step}
    same = all(torch.equal(a, b) for a, b in zip(step(), ours(), strict=True))
    found = clock.turns(works)
    floor = 2 * reach.floor(shape)
    return [
        (shape.name, f"{shape.size[0]}x{shape.size[1]}x{shape.frames}", name, str(times_),
         f"{floor:.3g} s", f"{floor / times_.middle:.0%}",
         f"{found['diffusers'].middle / times_.middle:.2f}x", "yes" if same else "NO")
        for name, times_ in found.items()
    ]  # fmt: skip


def decoding(shape: Shape, clock: Clock) -> list[Any]:
    """Rows: latents to frames, by diffusers and by us."""
    vae = autoencoder(shape, clock.device)
    lean = autoencoder(shape, "meta")
    lean.load_state_dict(vae.state_dict(), assign=True)  # the same weights, once in memory
    slim(lean)
    latents = torch.randn(1, *shape.latent, device=clock.device)

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def whole() -> Image:
        mean, std = (
            torch.tensor(each, device=clock.device).view(1, -1, 1, 1, 1)
            for each in (vae.config.latents_mean, vae.config.latents_std)
        )
        film = vae.decode(latents / (1.0 / std) + mean, return_dict=False)[0][0]
        floats = (film * 0.5 + 0.5).clamp(0, 1).permute(1, 2, 3, 0).cpu().float().numpy()
        frames: Image = (floats * 255).round().astype(np.uint8)
        return frames

    works: dict[str, Callable[[], Image]] = {
        "diffusers": whole, "vivant": lambda: decode(lean, latents)
    }  # fmt: skip
    peaks = {}
    for name, work in works.items():
        with residency.peak(clock.device) as peak:
            work()
        peaks[name] = "not measured" if peak.gb is None else f"{peak.gb:.1f} GB"
    same = np.array_equal(works["diffusers"](), works["vivant"]())
    found = clock.turns(works)
    return [
        (shape.name, name, str(times_), peaks[name],
         f"{found['diffusers'].middle / times_.middle:.2f}x", "yes" if same else "NO")
        for name, times_ in found.items()
    ]  # fmt: skip


def home(shape: Shape, clock: Clock, offload: Offload, dtype: torch_types.dtype) -> tuple[str, ...]:
    """A row: four steps and the decoding in this way of residency.

    Of A14B the last two steps are the second expert's, so that the time of the fourth has no change
    of experts in it: that comes once a film.
    """
    pipe = pipeline(shape, clock.device, dtype)
    if shape.boundary is None:
        timestep.collapse(pipe.transformer)
    slim(pipe.vae)
    where = Home(clock.device, dtype, offload, fp8=False, vae="whole", attention="auto")
    residency.place(pipe, where)
    ends: list[float] = []

    def ended(*_: Any) -> dict[str, Any]:
        if clock.device != "cpu":
            torch.cuda.synchronize()
        ends.append(time.perf_counter())
        return {}

    text = torch.randn(1, TEXT, shape.transformer["text_dim"], device=clock.device, dtype=dtype)
    width, height = shape.size
    with residency.peak(clock.device) as denoising:
        latents = pipe(
            image=PIL.Image.fromarray(np.full((height, width, 3), 128, np.uint8)),
            prompt_embeds=text, negative_prompt_embeds=text, height=height, width=width,
            num_frames=shape.frames, num_inference_steps=4, guidance_scale=5.0,
            generator=residency.generator(0), output_type="latent", return_dict=False,
            callback_on_step_end=ended, callback_on_step_end_tensor_inputs=[],
        )[0]  # fmt: skip
    with residency.peak(clock.device) as last:
        decode(pipe.vae, latents)
    peaks = (f"{each.gb:.1f} GB" if each.gb else "not measured" for each in (denoising, last))
    return (shape.name, offload, *peaks, f"{ends[-1] - ends[-2]:.3g} s")


# -- the report -----------------------------------------------------------------------------------


def report(device: str, tiny: bool, repeats: int, only: list[str]) -> str:
    """Everything that was asked for, as Markdown."""
    clock = Clock(device, repeats, warm_ups=1 if tiny else 3)
    dtype = torch.float32 if device == "cpu" else torch.bfloat16
    shapes = [shape for shape in (TINY if tiny else SHAPES) if not only or shape.name in only]
    reach, reached = ceilings(clock, tiny)
    speed = Table(
        "A guided step",
        ("model", "film", "by", "time", "floor", "share of the floor", "against diffusers",
         "same bits"),
    )  # fmt: skip
    vae = Table(
        "Decoding", ("model", "by", "time", "peak memory", "against diffusers", "same bits")
    )
    homes = Table(
        "Residency",
        ("model", "offload", "peak, denoising", "peak, decoding", "fourth step (measured once)"),
    )
    for shape in shapes:
        speed.rows += _alone(lambda shape=shape: steps(shape, clock, reach, dtype))  # type: ignore[misc]
        vae.rows += _alone(lambda shape=shape: decoding(shape, clock))  # type: ignore[misc]
        ways: tuple[Offload, ...] = ("none",) if device == "cpu" else ("none", "model", "group")
        for way in ways:
            homes.rows += _alone(lambda shape=shape, way=way: [home(shape, clock, way, dtype)])  # type: ignore[misc]
    name = "a CPU" if device == "cpu" else torch.cuda.get_device_name()
    warning = "**These figures mean nothing: small models on a CPU.**\n\n" if tiny else ""
    about = (
        f"{warning}Device: {name}; torch {torch.__version__}, diffusers {diffusers.__version__};"
        f" {dtype}, random weights; median and range of {repeats} repeats after {clock.warm_ups}"
        " warm-ups.\n\n"
    )
    return about + "\n".join(str(table) for table in (reached, speed, vae, homes))


def _alone(work: Callable[[], list[Any]]) -> list[Any]:
    """One measurement with nothing else on the device; what doesn't fit is said, not hidden."""
    try:
        return work()
    except torch.OutOfMemoryError as error:
        return [(f"out of memory: {str(error).split('. ')[0]}",)]
    finally:
        with residency.lend(lambda: None):
            pass  # gives the memory of the last measurement back


def write(text: str, document: Path) -> None:
    """Put ``text`` between the two marks of ``document``."""
    before, _, rest = document.read_text(encoding="utf-8").partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise SystemExit(f"{document} lacks the marks {BEGIN} and {END}.")
    document.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; 2 where this machine has nothing to measure on."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--tiny", action="store_true", help="small models on the CPU")
    parser.add_argument("--only", action="append", default=[], help="only this model")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    given = parser.parse_args(arguments)
    if not given.tiny and not torch.cuda.is_available():
        print("There is no CUDA device here; --tiny only tries the code.", file=sys.stderr)
        return 2
    if given.tiny and given.write:
        print("Figures of --tiny mean nothing and are not written.", file=sys.stderr)
        return 2
    text = report("cpu" if given.tiny else "cuda", given.tiny, given.repeats, given.only)
    print(text)
    if given.write:
        write(text, DOCUMENT)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
