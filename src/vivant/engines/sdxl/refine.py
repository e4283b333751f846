"""The face, painted once more: half denoised in a square of its own, where it has pixels enough.

SDXL's latents are 8 pixels wide, so a face of 100 pixels gets twelve of them and comes out
smeared. The square around it is enlarged, noised halfway and denoised with the same prompt and the
same identity. The published HyperLoRA keyframes are made so: 10 steps at denoising 0.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import PIL.Image
import PIL.ImageDraw
import PIL.ImageFilter

from vivant.engines.extras import need

if TYPE_CHECKING:
    from collections.abc import Mapping

    import torch

    from vivant.engines.facemesh import FaceMesh
    from vivant.types import Box, Image, Observer

STRENGTH = 0.5
STEPS = 20
"""Of the whole schedule; ``STRENGTH`` of them are done."""
TICKS = int(STEPS * STRENGTH)

_MASK = 1.3
"""Ellipse that is painted, in sizes of the face's box: to the hairline and the ears."""
_PADDING = 0.6
"""What the painter sees around it, in sizes of the box."""
_SOFT = 0.06


@dataclass(frozen=True)
class Brush:
    """How the rest of the picture was painted, so that the face is painted likewise."""

    guidance: float
    side: int
    generator: torch.Generator
    arguments: Mapping[str, Any]
    """Prompt and identity, as the pipeline's call takes them, and its callback."""


def largest(
    pipe: Any, picture: Image, faces: FaceMesh, brush: Brush, watch: Observer
) -> tuple[Image, dict[str, Any]]:
    """With the largest face painted anew, and what was done. The others are not the person."""
    found = faces.find(picture)
    if not found:
        for _ in range(TICKS):
            watch.step()
        return picture, {"face": None, "why": "no face found in the picture"}
    face = max((one.box for one in found), key=lambda box: box.area)
    record = {
        "face": [round(side) for side in (face.x0, face.y0, face.x1, face.y1)],
        "strength": STRENGTH,
        "steps": STEPS,
        "side": brush.side,
    }
    return refine(pipe, picture, face, brush), record


def refine(pipe: Any, picture: Image, face: Box, brush: Brush) -> Image:
    """``picture`` with the face at ``face`` painted anew by the models of ``pipe``."""
    unit = max(face.width, face.height)
    painted = inpainter(pipe)(
        image=PIL.Image.fromarray(picture),
        mask_image=mask(picture, face),
        padding_mask_crop=round(_PADDING * unit),
        width=brush.side,
        height=brush.side,
        strength=STRENGTH,
        num_inference_steps=STEPS,
        guidance_scale=brush.guidance,
        generator=brush.generator,
        **brush.arguments,
    ).images[0]
    return np.asarray(painted, np.uint8)


def inpainter(pipe: Any) -> Any:
    """An inpainting pipeline over the same models, wherever they live and whatever they wear.

    Not diffusers' ``from_pipe``: that casts every model to one number type, float32 unless told.
    """
    made = need("diffusers", "gpu").StableDiffusionXLInpaintPipeline(
        **pipe.components,
        force_zeros_for_empty_prompt=pipe.config.force_zeros_for_empty_prompt,
        add_watermarker=False,
    )
    made.set_progress_bar_config(disable=True)
    return made


def mask(picture: Image, face: Box) -> PIL.Image.Image:
    """White where the face is painted anew, with a soft rim; of the picture's size."""
    height, width = picture.shape[:2]
    (x, y), unit = face.centre, max(face.width, face.height)
    rx, ry = _MASK * face.width / 2, _MASK * face.height / 2
    drawn = PIL.Image.new("L", (width, height))
    PIL.ImageDraw.Draw(drawn).ellipse((x - rx, y - ry, x + rx, y + ry), fill=255)
    return drawn.filter(PIL.ImageFilter.GaussianBlur(_SOFT * unit))
