"""Wan's published image-to-video models: one row each, and what a recipe may say of them.

Figures are those of the model cards and of the official configurations (Wan-AI, Apache-2.0;
lightx2v's four-step LoRAs, Apache-2.0).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vivant.engines.acceleration import check_cache
from vivant.errors import GeometryError, MissingModelError, RecipeError
from vivant.geometry import FrameRule, SizeRule
from vivant.types import Footprint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vivant.engines.residency import Placement
    from vivant.geometry import Length, Size

NAME = "wan"

NEGATIVE = (
    "static picture, frozen face, overexposed, washed out, blurred, low quality, compression"
    " artefacts, subtitles, watermark, painting, extra fingers, fused fingers, deformed hands,"
    " deformed face, extra limbs, crowd in the background, walking backwards"
)
"""Our own words, after the faults that Wan's published negative prompt names in Chinese; the models
read both languages."""


@dataclass(frozen=True)
class Memory:
    """What a model takes at its native size, in units of 1e9 bytes, weights in bfloat16.

    Weights from parameter counts; the rest is the peak of live tensors when the published shapes
    are sent through diffusers' code without numbers. ``experts`` is one figure a transformer,
    ``block`` one of its blocks; ``denoising`` and ``coding`` are what is live beside the weights,
    the latter in encoding the keyframe and decoding by the way of the setting ``vae``.
    """

    experts: tuple[float, ...]
    block: float
    autoencoder: float
    denoising: float
    coding: Mapping[str, float]

    def ways(self, vae: str, fp8: bool, pixels: float, film: float) -> tuple[Footprint, ...]:
        """The footprints, the fastest first.

        ``pixels`` and ``film`` are the parts of the native frame and of all native frames that are
        asked for, 0 to 1. Decoding frame by frame goes with the frame; a fifth of what denoising,
        and of what decoding in tiles takes was seen not to shrink.
        """
        weights = [each / 2 if fp8 else each for each in self.experts]
        denoising = self.denoising * (0.2 + 0.8 * film)
        coding = self.coding[vae] * (0.2 + 0.8 * film if vae == "tiled" else pixels)
        streamed = 3 * (self.block / 2 if fp8 else self.block)
        peaks = {
            "none": sum(weights) + max(denoising, coding),
            "model": max(max(weights) + denoising, coding),
            "group": max(streamed + denoising, coding),
        }
        text = {"none": _ENCODER, "model": _ENCODER, "group": _VOCABULARY}
        ram = round(_PACKED * max(_ENCODER, sum(self.experts) + self.autoencoder) + 2.0, 1)
        basis = (
            f"computed from published shapes, autoencoder {vae}; {_SPARE} for the libraries'"
            " workspaces; not measured on a GPU"
        )
        return tuple(
            Footprint(mode, round(max(text[mode], self.autoencoder + peak) + _SPARE, 1), ram, basis)
            for mode, peak in peaks.items()
        )


_ENCODER = 11.4
"""UMT5-XXL's encoder, 5.68e9 weights in bfloat16."""
_PACKED = 1.03
"""What is left free when weights are packed to be streamed (``residency.packing``)."""
_VOCABULARY = 2.1
"""Its largest layer."""
_SPARE = 1.5


@dataclass(frozen=True)
class Model:
    """One published model. ``steps``, guidance and ``flow_shift`` are its published defaults.

    ``channels`` are the transformer's, in and out; ``boundary`` is the share of the noise at which
    the second expert takes over, None where there is one transformer. A model with ``lora`` is
    distilled: its steps and its guidance are part of its weights.
    """

    weights: str
    sizes: SizeRule
    frames: FrameRule
    fps: int
    steps: int
    guidance: float
    guidance_low: float | None
    flow_shift: float
    channels: tuple[int, int]
    latent: int
    boundary: float | None
    memory: Memory
    lora: str = ""

    @property
    def expands(self) -> bool:
        """Whether every token has a timestep of its own, as in TI2V-5B."""
        return self.boundary is None

    @property
    def arrives(self) -> bool:
        """Whether it can be told the picture to end with.

        A14B's input holds each frame that is known, and a mask that says which are: the layout of
        Wan2.1-FLF2V, which was trained for first and last. A14B's publisher shows it with the first
        alone; with both it is widely used (ComfyUI's own "Wan2.2 14B FLF2V" runs on these weights).
        TI2V-5B writes known frames over its latents, and diffusers does so with the first only: a
        ``last_image`` it ignores without a word.
        """
        return not self.expands

    @property
    def makes(self) -> str:
        """What films, in words."""
        return f"{self.sizes}; {self.frames} in one call, at {self.fps} a second"

    def ways(
        self, placement: Placement, size: Size | None = None, length: Length | None = None
    ) -> tuple[Footprint, ...]:
        """What it takes to make a film of this size and length; without them, the largest."""
        pixels = 1.0 if size is None else size.width * size.height / self.sizes.most_pixels
        part = 1.0 if length is None else length.frames / self.frames.most
        return self.memory.ways(placement.vae, placement.fp8, pixels, pixels * part)

    def check(self, size: Size, length: Length) -> None:
        """Raise GeometryError for a size, a frame count or a frame rate it was not trained on."""
        self.sizes.check(size)
        if length.fps != self.fps:
            raise GeometryError(
                f"{length.fps} frames a second are not {self.fps}: {self.weights} moves people at"
                f" {self.fps} frames a second, and at {length.fps} they would move"
                f" {length.fps / self.fps:.3g} times as fast. Ask for {self.fps}."
            )
        self.frames.check(length)  # last: a length in seconds has other frames at another rate

    def check_folder(self, folder: Path) -> None:
        """Raise MissingModelError where the configuration in ``folder`` is another model's."""
        index = _json(folder / "model_index.json", self.weights)
        transformer = _json(folder / "transformer" / "config.json", self.weights)
        vae = _json(folder / "vae" / "config.json", self.weights)
        rows = (
            ("boundary_ratio", index.get("boundary_ratio"), self.boundary),
            ("expand_timesteps", bool(index.get("expand_timesteps")), self.expands),
            ("in_channels", transformer.get("in_channels"), self.channels[0]),
            ("out_channels", transformer.get("out_channels"), self.channels[1]),
            ("image_dim", transformer.get("image_dim"), None),
            ("z_dim", vae.get("z_dim"), self.latent),
        )
        for name, found, wanted in rows:
            if found != wanted:
                raise MissingModelError(
                    f"The configuration in {folder} says {name} = {found}, but {self.weights} has"
                    f" {wanted}: these are another model's files.",
                    mend=f"Run: vivant models pull {self.weights}",
                )


def _json(path: Path, name: str) -> dict[str, object]:
    mend = f"Run: vivant models pull {name}"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise MissingModelError(f"{path} can't be read: {error}.", mend=mend) from error
    if not isinstance(found, dict):
        raise MissingModelError(f"{path} is no table of settings.", mend=mend)
    return found


def _frames(most: int) -> FrameRule:
    return FrameRule(
        4, 1, 5, most,
        f"the autoencoder keeps the first frame and then four frames in one, and the model was"
        f" trained on films of at most {most} frames",
    )  # fmt: skip


_TI2V_5B = Model(
    weights="wan2.2-ti2v-5b",
    sizes=SizeRule(
        32, 128, 1280, 1280 * 704,
        "TI2V-5B packs 32 by 32 pixels into one token and was trained up to 1280x704",
    ),
    frames=_frames(121),
    fps=24,
    steps=50,
    guidance=5.0,
    guidance_low=None,
    flow_shift=5.0,
    channels=(48, 48),
    latent=48,
    boundary=None,
    memory=Memory((10.0,), 0.33, 2.8, 3.6, {"whole": 17.7, "sliced": 17.7, "tiled": 7.5}),
)  # fmt: skip

_A14B_SIZES = SizeRule(
    16, 128, 1280, 1280 * 720,
    "I2V-A14B packs 16 by 16 pixels into one token and was trained up to 1280x720",
)  # fmt: skip
_A14B_MEMORY = Memory((28.6, 28.6), 0.71, 0.5, 10.6, {"whole": 17.4, "sliced": 17.4, "tiled": 6.0})
# Each expert's additions have 0.61, and a layer's output stands beside what they add to it.
_LIGHTNING_MEMORY = replace(_A14B_MEMORY, experts=(29.2, 29.2), denoising=14.8)

_I2V_A14B = Model(
    weights="wan2.2-i2v-a14b",
    sizes=_A14B_SIZES,
    frames=_frames(81),
    fps=16,
    steps=40,
    guidance=3.5,
    guidance_low=3.5,
    flow_shift=5.0,
    channels=(36, 16),
    latent=16,
    boundary=0.9,
    memory=_A14B_MEMORY,
)

_I2V_A14B_LIGHTNING = Model(
    weights="wan2.2-i2v-a14b",
    sizes=_A14B_SIZES,
    frames=_frames(81),
    fps=16,
    steps=4,
    guidance=1.0,
    guidance_low=1.0,
    flow_shift=5.0,
    channels=(36, 16),
    latent=16,
    boundary=0.9,
    memory=_LIGHTNING_MEMORY,
    lora="wan2.2-lightning-i2v",
)

MODELS: dict[str, Model] = {
    "wan2.2-ti2v-5b": _TI2V_5B,
    "wan2.2-i2v-a14b": _I2V_A14B,
    "wan2.2-i2v-a14b-lightning": _I2V_A14B_LIGHTNING,
}
"""By the name that the setting ``model`` takes."""


@dataclass(frozen=True)
class Settings:
    """What a recipe may say of this animator. Raises RecipeError for what the model can't do."""

    model: str = "wan2.2-ti2v-5b"
    """``wan2.2-ti2v-5b``; ``wan2.2-i2v-a14b``, slower and better; or
    ``wan2.2-i2v-a14b-lightning``, the same in four steps, whose people move more slowly."""
    steps: int = 0
    """Denoising steps, 1 to 200; 0: as published."""
    guidance: float = 0.0
    """How strongly the prompt steers, 1 (not beyond the model's own reading, at half the time) to
    20; of A14B, in its first expert. 0: as published."""
    guidance_low: float = 0.0
    """The same in A14B's second expert, which paints the details. 0: as published."""
    flow_shift: float = 0.0
    """Where the steps lie: higher spends more of them on the layout; 0.1 to 20. 0: as published."""
    negative: str = NEGATIVE
    """What the film must not show, at most 2000 characters; without effect at guidance 1."""
    cache: str = "none"
    """A step cache, which leaves out work and changes the film: ``none``, ``first_block`` or
    ``taylor``."""
    cache_threshold: float = 0.0
    """How much may change before a step is computed; 0: the cache's published threshold."""
    compile: bool = False
    """Compile the transformers' blocks; the first film then starts minutes later."""
    collapse: bool = True
    """Apply TI2V-5B's timesteps run by run (``wan.timestep``): the same bits in less time."""

    def __post_init__(self) -> None:
        if self.model not in MODELS:
            raise RecipeError(
                f"The setting model of {NAME} is {self.model!r}; there are: {', '.join(MODELS)}."
            )
        for name, low, high in (
            ("steps", 1, 200), ("guidance", 1.0, 20.0), ("guidance_low", 1.0, 20.0),
            ("flow_shift", 0.1, 20.0),
        ):  # fmt: skip
            value = getattr(self, name)
            if value != 0 and not low <= value <= high:
                raise RecipeError(
                    f"The setting {name} of {NAME} is {value:g}; it must lie within {low:g} to"
                    f" {high:g}, or be 0 for the published value."
                )
        if len(self.negative) > 2000:
            raise RecipeError(
                f"The setting negative of {NAME} has {len(self.negative)} characters; the text"
                " encoder reads 512 tokens, so at most 2000."
            )
        _check_speed(self)
        _check_distilled(self, MODELS[self.model])
        _check_guidance(self.planned())

    def planned(self) -> Plan:
        """With the published values where a setting is 0."""
        row = MODELS[self.model]
        low = row.guidance_low if self.guidance_low == 0 else self.guidance_low
        return Plan(
            row,
            self.steps or row.steps,
            self.guidance or row.guidance,
            low,
            self.flow_shift or row.flow_shift,
        )


@dataclass(frozen=True)
class Plan:
    """A model with the values it runs at."""

    model: Model
    steps: int
    guidance: float
    guidance_low: float | None
    flow_shift: float

    @property
    def guided(self) -> bool:
        """Whether each step also runs without the prompt. diffusers asks the first expert alone."""
        return self.guidance > 1


def _check_speed(given: Settings) -> None:
    check_cache(given.cache, given.cache_threshold or None)
    if given.cache == "mag":
        raise RecipeError(
            "The step cache 'mag' needs ratios that were measured on the real weights; for Wan2.2"
            " there are none here."
        )
    if given.cache != "none" and given.compile:
        raise RecipeError(
            f"The settings cache = {given.cache!r} and compile exclude each other: a cache decides"
            " at run time what a compiled block has fixed."
        )


def _check_distilled(given: Settings, row: Model) -> None:
    wanted = {"steps": row.steps, "guidance": row.guidance, "guidance_low": row.guidance_low}
    for name, published in wanted.items():
        value = getattr(given, name)
        if row.lora and value not in (0, published):
            raise RecipeError(
                f"The setting {name} of {given.model} is {value:g}; it was distilled for"
                f" {published:g} and makes noise at others."
            )


def _check_guidance(plan: Plan) -> None:
    row = plan.model
    if row.guidance_low is None and plan.guidance_low is not None:
        raise RecipeError(
            f"The setting guidance_low is {plan.guidance_low:g}, but {row.weights} has one"
            " transformer, no second expert."
        )
    if not plan.guided and (plan.guidance_low or 1) > 1:
        raise RecipeError(
            f"With guidance 1 there is no pass without the prompt, so guidance_low"
            f" {plan.guidance_low:g} would be without effect; set guidance_low to 1 too, or"
            " guidance above 1."
        )
