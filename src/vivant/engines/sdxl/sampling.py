"""How an SDXL painter samples: checkpoints, samplers, settings, sizes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from vivant.engines import painting
from vivant.engines.extras import need
from vivant.errors import RecipeError
from vivant.geometry import Size, SizeRule

if TYPE_CHECKING:
    from collections.abc import Mapping

MULTIPLE = 8
"""Pixels a latent."""
TRAINED = 1024 * 1024
"""Pixels of the pictures SDXL was trained on (Podell et al., 2023, arXiv:2307.01952)."""

_OWN_SIZE = SizeRule(
    multiple=MULTIPLE,
    smallest=64,
    largest=2048,
    most_pixels=TRAINED * 3 // 2,
    why="with pixels = 0 SDXL paints at the film's own size, on latents of 8 pixels, and repeats"
    " itself far beyond the megapixel it was trained on",
)

MODELS = ("realvisxl-v4", "sdxl-base")
"""Checkpoints in diffusers' folder layout, by their names in the weights store."""

SAMPLERS: Mapping[str, Mapping[str, Any]] = {
    "dpm++ 2m karras": {"algorithm_type": "dpmsolver++", "use_karras_sigmas": True},
    "dpm++ 2m sde karras": {"algorithm_type": "sde-dpmsolver++", "use_karras_sigmas": True},
}
"""Name → configuration of ``DPMSolverMultistepScheduler`` over the checkpoint's own noise schedule.
The first is HyperLoRA's published choice; RealVisXL's card asks for the second with 30 steps or
more."""


@dataclass(frozen=True)
class Sampling:
    """The settings that every SDXL painter has. Raises RecipeError for one out of range."""

    model: str = "realvisxl-v4"
    """``realvisxl-v4`` or ``sdxl-base``."""
    sampler: str = "dpm++ 2m sde karras"
    """``dpm++ 2m karras`` or ``dpm++ 2m sde karras``."""
    steps: int = 30
    """Denoising steps, 1 to 200."""
    guidance: float = 5.0
    """Weight of the prompt against the negative prompt, 1 (off) to 30."""
    negative: str = (
        "worst quality, low quality, illustration, 3d, 2d, painting, cartoon, sketch,"
        " deformed, bad anatomy, extra limbs, text, watermark"
    )
    """What is not to be seen, up to 2000 characters; empty: what the checkpoint was trained with.
    The default is photographic, near RealVisXL's card; a drawn style asks for another."""
    pixels: int = TRAINED
    """Size of the canvas; the picture is cropped and scaled to the film. 0: the film's own size."""
    refine: bool = True
    """Paint the face once more at full resolution (``vivant.engines.sdxl.refine``)."""
    refine_side: int = 1024
    """Side of the square in which the face is painted, in pixels, 64 to 2048 by 8."""

    ranges: ClassVar[Mapping[str, tuple[float, float]]] = {
        "steps": (1, 200),
        "guidance": (1.0, 30.0),
        "refine_side": (64, 2048),
    }

    def __post_init__(self) -> None:
        chosen(self.model, "model", MODELS)
        chosen(self.sampler, "sampler", SAMPLERS)
        for name, (low, high) in self.ranges.items():
            within(getattr(self, name), name, low, high)
        if self.refine_side % MULTIPLE:
            raise RecipeError(
                f"The setting refine_side is {self.refine_side}; it must divide by {MULTIPLE}."
            )
        if painting.CONTROL in self.negative or len(self.negative) > 2000:
            raise RecipeError(
                f"The setting negative has {len(self.negative)} characters; at most 2000, without"
                f" {painting.CONTROL!r}, which begins a control token."
            )
        if self.pixels:
            within(self.pixels, "pixels", 64 * 64, 4 * TRAINED)

    @property
    def makes(self) -> str:
        """What films can be painted so, in words."""
        return painting.makes(self.pixels) if self.pixels else f"{_OWN_SIZE}, painted as they are"

    def check(self, size: Size) -> None:
        """Raise GeometryError for a film that can't be painted so."""
        if self.pixels:
            painting.check(size, self.pixels)
        else:
            _OWN_SIZE.check(size)

    def canvas(self, size: Size) -> painting.Canvas:
        """What a film of this size is painted on."""
        return painting.Canvas(size, MULTIPLE, self.pixels or size.width * size.height)

    @property
    def record(self) -> dict[str, Any]:
        """As plain data, for the manifest."""
        names = ("model", "sampler", "steps", "guidance")
        negative = self.negative if self.guidance > 1 else None
        return {**{name: getattr(self, name) for name in names}, "negative": negative}

    def scheduler(self, pipe: Any) -> Any:
        """The sampler over the noise schedule of ``pipe``."""
        kind = need("diffusers", "gpu").DPMSolverMultistepScheduler
        return kind.from_config(pipe.scheduler.config, **SAMPLERS[self.sampler])


def chosen(value: str, name: str, known: Any) -> None:
    """Raise RecipeError for a value that is not one of ``known``."""
    if value not in known:
        raise RecipeError(f"The setting {name} is {value!r}; it must be one of {', '.join(known)}.")


def within(value: float, name: str, low: float, high: float) -> None:
    """Raise RecipeError for a value outside ``low`` to ``high``."""
    if not low <= value <= high:
        raise RecipeError(
            f"The setting {name} is {value:g}; it must lie within {low:g} to {high:g}."
        )
