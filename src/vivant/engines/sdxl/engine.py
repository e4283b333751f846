"""SDXL with the IP-Adapter for faces: the person as an image prompt.

The adapter (Ye et al., 2023, arXiv:2308.06721; weights Apache-2.0) lets the UNet attend to CLIP's
states of a cut of the reference's head beside the words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import PIL.Image

from vivant.engines import painting, residency, settings, weights
from vivant.engines.extras import need
from vivant.engines.residency import Home, Placement
from vivant.engines.sdxl.sampling import Sampling, within
from vivant.engines.sdxl.studio import Studio, Work, load
from vivant.errors import MissingModelError
from vivant.geometry import Size
from vivant.types import EngineInfo, Footprint, Painting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vivant.recipe import Scalar
    from vivant.types import Image, Observer, Reference, SpatialPrompt

NAME = "sdxl"
ADAPTER = "ip-adapter-plus-face-sdxl"
ADAPTER_FILE = "ip-adapter-plus-face_sdxl_vit-h.safetensors"

# Parameters in 1e9, 2 bytes each: UNet 2.57, text encoders 0.12 + 0.69, VAE 0.08, the adapter's
# projections 0.42, its image encoder (ViT-H) 0.63. Activations at 1024x1024 with guidance: about
# 2.5 GB, the VAE's decoding at its peak (in float32 where the rest is float16).
FOOTPRINTS = (
    Footprint("none", 11.6, 9.0, "arithmetic: 4.51e9 parameters x 2 B + 2.5 GB of activations"),
    Footprint("model", 8.5, 10.0, "arithmetic: UNet and adapter, 2.99e9 x 2 B + 2.5 GB"),
    Footprint("group", 4.0, 10.0, "arithmetic: a block at a time, 1.5 GB + 2.5 GB"),
)


@dataclass(frozen=True)
class Settings(Sampling):
    """What a recipe may say of this painter, beside where it lives."""

    scale: float = 0.7
    """Weight of the reference, 0 to 1.5; 0.6 to 0.8 keeps both face and prompt."""

    def __post_init__(self) -> None:
        super().__post_init__()
        within(self.scale, "scale", 0.0, 1.5)


class SdxlPainter:
    """Text to image with the reference's head as an image prompt, then the face refined.

    One person alone: for several the adapter wants to be told which part of the picture each of
    them fills, and before it is painted nobody knows. Not to be shared between threads.
    """

    def __init__(self, settings: Settings, placement: Placement) -> None:
        self.settings = settings
        self._studio = Studio(settings, placement, FOOTPRINTS, self._load)

    @property
    def info(self) -> EngineInfo:
        """Name, diffusers' version, licence, models, memory."""
        return EngineInfo(
            name=f"{NAME} ({self.settings.model})",
            version=painting.installed("diffusers"),
            licence="Apache-2.0",
            models=(weights.model_file(self.settings.model), weights.model_file(ADAPTER)),
            packages=("accelerate", "diffusers", "safetensors", "torch", "transformers"),
            footprints=FOOTPRINTS,
            makes=self.settings.makes,
            verified="wiring: bit-equal to diffusers' own calls with small random weights on a CPU;"
            " prompts of any length chunk by chunk; the schedule; which pixels refining changes, in"
            " a new picture and in a given one",
            unverified="the look and the likeness of a picture, which scale serves a photo best,"
            " how much nearer a face comes that is painted anew; memory and speed",
        )

    @property
    def steps(self) -> int:
        """Denoising steps, and those of the face; where no face is found they count as done."""
        return self._studio.steps

    @property
    def people(self) -> int:
        """One."""
        return 1

    def check(self, size: Size) -> None:
        """Raise GeometryError for a film of a size that can't be painted."""
        self.settings.check(size)

    def paint(
        self,
        spatial: SpatialPrompt,
        references: Sequence[Reference],
        size: Size,
        seed: int,
        watch: Observer,
    ) -> Painting:
        """Paint the person of ``references`` as ``spatial`` says.

        Raises PromptError for a prompt beyond 600 tokens, MissingError for what must be installed
        or pulled, CancelledError where ``watch`` asks to stop.
        """
        painting.check_people(references, self.people)
        self.check(size)
        work, adapter = self._asked(spatial, references[0], size, seed, watch)
        picture, used = self._studio.paint(work)
        return Painting(picture, used={**used, "adapter": adapter})

    def reanchor(
        self,
        picture: Image,
        spatial: SpatialPrompt,
        references: Sequence[Reference],
        seed: int,
        watch: Observer,
    ) -> Painting | None:
        """``picture`` with its largest face painted anew, as a new picture's is refined.

        Half noised and denoised under the adapter the face keeps its place, pose and light; what
        is not the face keeps its pixels. It takes 10 steps. None where no face is found. Raises
        what ``paint`` does.
        """
        painting.check_people(references, self.people)
        height, width = picture.shape[:2]
        work, adapter = self._asked(spatial, references[0], Size(width, height), seed, watch)
        painted = self._studio.repaint(work, picture)
        return painted and Painting(painted[0], used={**painted[1], "adapter": adapter})

    def release(self) -> None:
        """Let go of the models."""
        self._studio.release()

    def _asked(
        self,
        spatial: SpatialPrompt,
        reference: Reference,
        size: Size,
        seed: int,
        watch: Observer,
    ) -> tuple[Work, dict[str, Any]]:
        """The work with the reference's head before the adapter, and the adapter for the record."""
        head = painting.cut(reference, painting.HEAD)
        shown = {"ip_adapter_image": PIL.Image.fromarray(head.image)}
        work = Work(painting.sentence(spatial.text), size, seed, watch, lambda *_: shown)
        adapter = {"model": ADAPTER, "scale": self.settings.scale, "references": [head.record]}
        return work, adapter

    def _load(self, home: Home) -> Any:
        broken = need("safetensors", "gpu").SafetensorError
        folder = weights.folder(ADAPTER)
        encoder = residency.load(
            need("transformers", "gpu").CLIPVisionModelWithProjection,
            folder / "models" / "image_encoder",
            home.dtype,
            name=ADAPTER,
        )
        pipe = load(self.settings.model, home, image_encoder=encoder)
        try:
            with residency.quiet():
                pipe.load_ip_adapter(
                    str(folder),
                    subfolder="sdxl_models",
                    weight_name=ADAPTER_FILE,
                    local_files_only=True,
                )
        except (OSError, ValueError, KeyError, RuntimeError, broken) as error:
            raise MissingModelError(
                f"The IP-Adapter in {folder} can't be loaded: {error}", mend=weights.mend(ADAPTER)
            ) from error
        pipe.set_ip_adapter_scale(self.settings.scale)
        return pipe


def painter(given: Mapping[str, Scalar]) -> SdxlPainter:
    """The painter with these settings: those of ``Settings`` and of ``residency.Placement``."""
    return SdxlPainter(*settings.read_both(Settings, Placement, given, NAME))
