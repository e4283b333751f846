"""What makes denoising faster: step caches and compiled blocks.

Compiled blocks compute the same to rounding; a step cache leaves out work and changes the picture,
so its hits are counted and recorded, and a cache that never hits is an error.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vivant.engines.extras import need
from vivant.engines.residency.loading import quiet
from vivant.errors import EngineError, RecipeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


def compile_blocks(model: Any, backend: str = "inductor") -> None:
    """Compile the blocks that a denoiser repeats, each kind once; for as long as it lives.

    The first step then takes minutes. Raises RecipeError for a model without such blocks.
    """
    if not _blocks(model):
        raise RecipeError(
            f"The setting compile is on, but {type(model).__name__} has no repeated blocks."
        )
    model.compile_repeated_blocks(fullgraph=True, backend=backend)


def _blocks(model: Any) -> list[Any]:
    kinds = getattr(model, "_repeated_blocks", None) or ()
    return [module for module in model.modules() if type(module).__name__ in kinds]


@dataclass(frozen=True)
class Expert:
    """One denoiser with its part of a run."""

    model: Any
    steps: int
    """How many denoising steps it takes in this run."""
    ratios: tuple[float, ...] = ()
    """For ``mag``: by how much its residual grows from step to step, measured beforehand."""


@dataclass(frozen=True)
class CacheKind:
    """One way to leave out work between steps that change little."""

    threshold: float | None
    """The published threshold; None where the way has none."""
    least: int
    """With fewer steps than this it can't hit."""
    config: Callable[[Expert, float], Any]


def _first_block(expert: Expert, threshold: float) -> Any:
    """Where the first block changes little since the last full step, the others are left out."""
    del expert
    return need("diffusers", "gpu").FirstBlockCacheConfig(threshold=threshold)


def _mag(expert: Expert, threshold: float) -> Any:
    """Where the known growth of the residual says that little changes, all blocks are left out."""
    if not expert.ratios:
        raise RecipeError(
            f"The step cache 'mag' needs measured ratios for {type(expert.model).__name__}, and"
            " there are none."
        )
    return need("diffusers", "gpu").MagCacheConfig(
        threshold=threshold, num_inference_steps=expert.steps, mag_ratios=list(expert.ratios)
    )


def _taylor(expert: Expert, threshold: float) -> Any:
    """Four steps of five are extrapolated from the last two computed outputs.

    The library's own choice of layers finds nothing in Wan; of its two others this one keeps the
    last projection's output alone, where keeping every attention's would take tens of gigabytes.
    """
    import torch

    del threshold
    ends = [name for name, _ in expert.model.named_children() if name.endswith("proj_out")]
    if ends != ["proj_out"]:
        raise RecipeError(
            "The step cache 'taylor' extrapolates one output, proj_out;"
            f" {type(expert.model).__name__} has {', '.join(ends) or 'none'}."
        )
    return need("diffusers", "gpu").TaylorSeerCacheConfig(
        use_lite_mode=True, taylor_factors_dtype=torch.float32
    )


CACHES: dict[str, CacheKind] = {
    "first_block": CacheKind(0.05, 2, _first_block),
    "mag": CacheKind(0.06, 2, _mag),
    "taylor": CacheKind(None, 4, _taylor),
}
"""Thresholds are diffusers' own; taylor computes its first three steps whole."""


def check_cache(name: str, threshold: float | None = None) -> None:
    """Raise RecipeError for a step cache that there isn't, or a threshold it can't have."""
    if name == "none":
        if threshold is not None:
            raise RecipeError(
                f"The threshold of a step cache is {threshold}, but no step cache is chosen."
            )
        return
    if name not in CACHES:
        raise RecipeError(
            f"There is no step cache {name!r}; there are: none, {', '.join(sorted(CACHES))}."
        )
    if threshold is None:
        return
    if CACHES[name].threshold is None:
        raise RecipeError(f"The step cache {name!r} has no threshold; given: {threshold}.")
    if not 0 < threshold < 1:
        raise RecipeError(
            f"The threshold of a step cache is {threshold}; it must lie between 0 and 1, as it is"
            " a share of change."
        )


@dataclass
class Tally:
    """How often one denoiser ran, and how often its blocks were left out."""

    steps: int
    forwards: int = 0
    """More than ``steps`` where each step runs it with and without the prompt."""
    hits: int = 0


@dataclass(frozen=True)
class Cached:
    """What a step cache did; complete when its block has ended."""

    name: str
    threshold: float | None
    experts: Mapping[str, Tally] = field(default_factory=dict)

    @property
    def hits(self) -> int:
        """Forward passes that were left out, of all denoisers."""
        return sum(tally.hits for tally in self.experts.values())

    @property
    def record(self) -> dict[str, Any]:
        """As plain data, for the manifest."""
        return {
            "name": self.name,
            "threshold": self.threshold,
            "hits": self.hits,
            "experts": {name: vars(tally).copy() for name, tally in self.experts.items()},
        }


@contextmanager
def step_cache(
    experts: Mapping[str, Expert], name: str, threshold: float | None = None
) -> Iterator[Cached]:
    """One denoising run with this cache on its denoisers; ``none`` does nothing.

    On leaving, whatever happened, the models are as they were. Raises RecipeError beforehand for a
    cache that can't be had or can't hit, and EngineError afterwards where it never hit.
    """
    check_cache(name, threshold)
    if name == "none":
        yield Cached(name, None)
        return
    kind = CACHES[name]
    used = kind.threshold if threshold is None else threshold
    _check_experts(experts, name, kind)
    cached = Cached(name, used, {each: Tally(of.steps) for each, of in experts.items()})
    with ExitStack() as stack:
        for each, expert in experts.items():
            stack.enter_context(_on(expert.model, name, kind.config(expert, used or 0.0)))
            stack.enter_context(_counted(expert.model, cached.experts[each]))
        yield cached
    if not cached.hits:
        raise EngineError(
            f"The step cache {name!r} never hit in"
            f" {sum(tally.forwards for tally in cached.experts.values())} passes: it only cost"
            " time.",
            mend="Raise its threshold, or turn it off.",
        )


def _check_experts(experts: Mapping[str, Expert], name: str, kind: CacheKind) -> None:
    for expert in experts.values():
        model = expert.model
        blocks = _blocks(model)
        if not hasattr(model, "enable_cache") or not blocks:
            raise RecipeError(f"{type(model).__name__} has no step caches; it must be none.")
        if any(block._compiled_call_impl is not None for block in blocks):
            raise RecipeError(
                f"The step cache {name!r} and compiled blocks exclude each other: a cache decides"
                " at run time what a compiled block has fixed."
            )
    most = max((expert.steps for expert in experts.values()), default=0)
    if most < kind.least:
        raise RecipeError(
            f"The step cache {name!r} can't hit in {most} steps; it needs at least {kind.least}."
        )


@contextmanager
def _on(model: Any, name: str, config: Any) -> Iterator[None]:
    try:
        with quiet():
            _enable(model, name, config)
        yield
    finally:
        # A cache that came on by halves has hooks too, but the model doesn't know of them.
        model._cache_config = config
        model.disable_cache()


def _enable(model: Any, name: str, config: Any) -> None:
    try:
        model.enable_cache(config)
    except ValueError as error:
        raise RecipeError(
            f"The step cache {name!r} can't work on {type(model).__name__}: {error}."
        ) from error


@contextmanager
def _counted(model: Any, tally: Tally) -> Iterator[None]:
    """Count by what really runs: a pass that reaches no layer of the last block is a hit."""
    ran = 0

    def begin(*_: Any) -> None:
        nonlocal ran
        ran = 0

    def layer(*_: Any) -> None:
        nonlocal ran
        ran += 1

    def end(*_: Any) -> None:
        tally.forwards += 1
        tally.hits += ran == 0

    leaves = [each for each in _blocks(model)[-1].modules() if not any(each.children())]
    handles = [model.register_forward_pre_hook(begin), model.register_forward_hook(end)]
    handles += [leaf.register_forward_pre_hook(layer) for leaf in leaves]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()
