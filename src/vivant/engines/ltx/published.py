"""What is published of LTX-2: models, their limits and settings, the distilled variant's schedule.

Settings: ``LTX_2_PARAMS`` and ``DISTILLED_SIGMA_VALUES`` in github.com/Lightricks/LTX-2. Which
guidance each diffusers argument means: ``LTX2ImageToVideoPipeline``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vivant.errors import GeometryError, RecipeError
from vivant.geometry import FrameRule, Length, Size, SizeRule
from vivant.types import Footprint

NAME = "ltx"
LICENCE = (
    "Apache-2.0; weights LTX-2 Community License: who has a yearly revenue of 10 million US dollars"
    " or more needs a paid one for commercial use"
)
SPACE, TIME = 32, 8
"""Pixels that a latent covers along a side, and frames that it covers in time."""
REPEATS = 1 + TIME
"""Frames of a film that its continuation repeats: the fewest whose latents show movement, two."""
TOKENS = 1024
"""The text encoder reads exactly so many: shorter prompts are padded, longer ones refused."""
VARIANTS = ("full", "distilled")
DISTILLED_SIGMAS = (1.0, 0.99375, 0.9875, 0.98125, 0.975, 0.909375, 0.725, 0.421875)
"""Noise levels of the eight distilled steps, used as they are: shifted ones would be others."""
NEGATIVE = (
    "blurred or smeared picture, flicker, jerky movement, a frozen still image, warped or melting"
    " face, a face that turns into somebody else, crossed or staring eyes, extra or missing fingers"
    " and limbs, plastic skin, oversaturated colours, a cut to another scene, captions, logos,"
    " watermark"
)


@dataclass(frozen=True)
class Model:
    """One published model: its names in the weights store, and what it was trained for."""

    name: str
    pipeline: str
    transformer: str
    distilled: str
    """The additions that turn the full model into the distilled one."""
    distilled_file: str
    sizes: SizeRule
    frames: FrameRule
    rates: tuple[int, ...]
    """Frames a second."""
    perturbed_block: int
    """The block whose self-attention spatio-temporal guidance leaves out."""
    cross_timestep: bool
    """Whether either modality's noise level also steers the other's; new in LTX-2.3."""

    @property
    def makes(self) -> str:
        """What films, in words."""
        rates = ", ".join(map(str, self.rates))
        return f"{self.sizes}; {self.frames} in one call, at {rates} a second"

    def check(self, size: Size, length: Length) -> None:
        """Raise GeometryError for a film that this model can't make."""
        self.sizes.check(size)
        if length.fps not in self.rates:
            listed = ", ".join(str(rate) for rate in self.rates)
            raise GeometryError(
                f"{length.fps} frames a second are none of {listed}: LTX-2 is told the rate, was"
                " trained at these, and at others makes movement stutter."
            )
        self.frames.check(length)  # last: a length in seconds has other frames at another rate


LTX_2 = Model(
    name="ltx-2",
    pipeline="LTX2ImageToVideoPipeline",
    transformer="LTX2VideoTransformer3DModel",
    distilled="ltx-2-distilled-lora",
    distilled_file="ltx-2-19b-distilled-lora-384.safetensors",
    sizes=SizeRule(
        SPACE, smallest=2 * SPACE, largest=2048, most_pixels=1920 * 1088,
        why="LTX-2 makes latents of 32x32 pixels, mirrors the second at the rim, and was trained on"
        " sides of up to 2048",
    ),
    frames=FrameRule(
        TIME, offset=1, fewest=9, most=481,
        why="LTX-2 packs eight frames into each latent after the first, and was trained on films of"
        " up to 20 seconds",
    ),
    rates=(24, 25, 30, 60),
    perturbed_block=29,
    cross_timestep=False,
)  # fmt: skip
MODELS: Mapping[str, Model] = {model.name: model for model in (LTX_2,)}


@dataclass(frozen=True)
class Settings:
    """What a recipe may tell this animator. Defaults are those published for the full model.

    Raises RecipeError for a value out of its range.
    """

    model: str = LTX_2.name
    """By its name in the weights store."""
    variant: str = "full"
    """``full``, or ``distilled``: 8 steps of one pass each instead of 40 of four. It has the
    settings from ``steps`` to ``negative`` built in."""
    steps: int = 40
    """2 to 100."""
    guidance: float = 3.0
    """Away from the negative prompt, 1 (off) to 20."""
    sound_guidance: float = 7.0
    """The same for the sound, to which the pictures listen."""
    perturbed_guidance: float = 1.0
    """Away from what the model makes with one self-attention left out, 0 (off) to 5."""
    modality_guidance: float = 3.0
    """Away from pictures and sound made without each other, 1 (off) to 10."""
    rescale: float = 0.7
    """How much of the contrast that guidance adds is taken back, 0 to 1."""
    negative: str = NEGATIVE
    """What the film should not show; at most 2000 characters."""
    keyframe_crf: int = 33
    """H.264 rate factor at which the keyframe is recompressed before it is encoded, because the
    model was trained on frames of compressed films: 0 (off) to 51 (coarsest)."""

    def __post_init__(self) -> None:
        for name, known in (("model", tuple(MODELS)), ("variant", VARIANTS)):
            if getattr(self, name) not in known:
                raise RecipeError(
                    f"The setting {name} of the engine {NAME} is {getattr(self, name)!r}; it must"
                    f" be one of: {', '.join(known)}."
                )
        for name, (low, high) in _RANGES.items():
            if not low <= getattr(self, name) <= high:
                raise RecipeError(
                    f"The setting {name} of the engine {NAME} is {getattr(self, name):g}; it must"
                    f" lie within {low:g} to {high:g}."
                )
        if len(self.negative) > 2000:
            raise RecipeError(
                f"The setting negative of the engine {NAME} has {len(self.negative)} characters;"
                " more than 2000 may not fit into the text encoder."
            )

    @property
    def guided(self) -> bool:
        """Whether the negative prompt is used."""
        return max(self.guidance, self.sound_guidance) > 1

    @property
    def sigmas(self) -> list[float] | None:
        """Noise levels, None where the scheduler makes them."""
        return list(DISTILLED_SIGMAS) if self.variant == "distilled" else None

    @property
    def scales(self) -> dict[str, float]:
        """The pipeline's arguments. All eight: left out, its own defaults guide the sound."""
        return {
            "guidance_scale": self.guidance,
            "audio_guidance_scale": self.sound_guidance,
            "stg_scale": self.perturbed_guidance,
            "audio_stg_scale": self.perturbed_guidance,
            "modality_scale": self.modality_guidance,
            "audio_modality_scale": self.modality_guidance,
            "guidance_rescale": self.rescale,
            "audio_guidance_rescale": self.rescale,
        }


# One step can't be: the schedule is stretched from its first noise level to its last.
_RANGES: Mapping[str, tuple[float, float]] = {
    "steps": (2, 100),
    "guidance": (1, 20),
    "sound_guidance": (1, 20),
    "perturbed_guidance": (0, 5),
    "modality_guidance": (1, 10),
    "rescale": (0, 1),
    "keyframe_crf": (0, 51),
}

BUILT_IN: Mapping[str, Any] = {
    "steps": len(DISTILLED_SIGMAS), "guidance": 1.0, "sound_guidance": 1.0,
    "perturbed_guidance": 0.0, "modality_guidance": 1.0, "rescale": 0.0, "negative": "",
}  # fmt: skip
"""What the distilled variant was trained to do in one pass."""

_BASIS = (
    "parameters of the published configurations, 2 bytes each: transformer 18.88e9, connectors"
    " 1.43e9, autoencoders 1.28e9, text encoder 12.20e9 in a stage of its own; estimated, not"
    " measured: 8 for decoding 121 frames of 768x512"
)
FOOTPRINTS = (
    Footprint("none", gpu=51.2, ram=8.0, basis=_BASIS),
    Footprint("model", gpu=40.5, ram=45.0, basis=f"{_BASIS}, 2.7 beside the transformer"),
    Footprint("group", gpu=17.0, ram=45.0, basis=f"{_BASIS}, two of the transformer's 48 blocks"),
)
