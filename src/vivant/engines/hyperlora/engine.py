"""SDXL that wears a person's LoRA, written by HyperLoRA from one photo.

The defaults are the paper's keyframes: RealVisXL 4.0, variant fidelity at weight 0.85, DPM++ 2M
Karras, 20 steps, guidance 5, the face refined by 10 steps at denoising 0.5. They were painted at
832x480; here the film's own size is painted unless ``pixels`` says otherwise. HyperLoRA's weights
are for non-commercial use only, and so are those of antelopev2, which it looks with.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from vivant.engines import painting, residency, settings, weights
from vivant.engines.extras import need
from vivant.engines.hyperlora import reading
from vivant.engines.residency import Placement
from vivant.engines.sdxl.sampling import Sampling, chosen, within
from vivant.engines.sdxl.studio import Studio, Work, load
from vivant.errors import EngineError
from vivant.geometry import Size
from vivant.types import EngineInfo, Footprint, Painting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vivant.engines.hyperlora.identity import Identity
    from vivant.engines.residency import Home
    from vivant.recipe import Scalar
    from vivant.types import Image, Observer, Reference, SpatialPrompt

NAME = "hyperlora"
TRIGGER = "fcsks fxhks fhyks, "
"""HyperLoRA was trained with these words before every prompt; without them it does nothing."""

# Parameters in 1e9, 2 bytes each: UNet 2.57, text encoders 0.12 + 0.69, VAE 0.08, LoRA 0.01.
# Activations at a megapixel with guidance: about 2.5 GB, the VAE's decoding at its peak. Reading
# the face happens earlier, in RAM: CLIP 1.2 GB and resampler 0.3 GB in float32, one after the
# other; the 3 GB of bases are read one at a time.
FOOTPRINTS = (
    Footprint("none", 9.5, 8.0, "arithmetic: 3.47e9 parameters x 2 B + 2.5 GB of activations"),
    Footprint("model", 7.7, 9.0, "arithmetic: UNet and LoRA, 2.58e9 x 2 B + 2.5 GB"),
    Footprint("group", 4.0, 9.0, "arithmetic: blocks and VAE, 1.5 GB + 2.5 GB"),
)


@dataclass(frozen=True)
class Settings(Sampling):
    """What a recipe may say of this painter, beside where it lives."""

    sampler: str = "dpm++ 2m karras"
    steps: int = 20
    pixels: int = 0
    variant: str = "fidelity"
    """``fidelity``: as like as possible; ``edit``: prompts change more."""
    weight: float = 0.85
    """Of the person's LoRA, 0 to 1.5."""
    keep: bool = True
    """Keep the person's LoRA, some 23 MB, beside the models in ``identities`` for later pictures;
    many laws call it biometric data."""

    def __post_init__(self) -> None:
        super().__post_init__()
        chosen(self.variant, "variant", reading.VARIANTS)
        within(self.weight, "weight", 0.0, 1.5)


class HyperLoraPainter:
    """Text to image by an SDXL that wears the LoRA of the reference's person.

    One person alone: a LoRA is worn by the whole picture, and a second person's would mix with it
    in every face. Not to be shared between threads.
    """

    def __init__(self, settings: Settings, placement: Placement) -> None:
        self.settings = settings
        self._reader = reading.Reader(settings.variant, settings.keep)
        self._last: tuple[Reference, Identity] | None = None
        make = partial(load, settings.model)
        self._studio = Studio(settings, placement, FOOTPRINTS, make)

    @property
    def info(self) -> EngineInfo:
        """Name, diffusers' version, licence, models, memory."""
        names = (self.settings.model, reading.HYPERLORA, reading.ARCFACE, reading.CLIP)
        return EngineInfo(
            name=f"{NAME} {self.settings.variant} ({self.settings.model})",
            version=painting.installed("diffusers"),
            licence="Apache-2.0",
            models=tuple(weights.model_file(name) for name in names),
            packages=(
                "accelerate", "ai-edge-litert", "diffusers", "onnxruntime", "peft", "safetensors",
                "torch", "transformers",
            ),
            footprints=FOOTPRINTS,
            makes=self.settings.makes,
            verified="the published checkpoint's names and shapes; the network against independent"
            " arithmetic; that its LoRA reaches all 560 layers of SDXL's UNet; bit-equal to"
            " diffusers' own calls with small random weights on a CPU",
            unverified="the likeness, also of a face painted anew; the order of a module's eight"
            " tokens, which projection serves which input, and the crops' landmarks, where the"
            " published description leaves a choice; memory and speed",
        )  # fmt: skip

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
        or pulled, CancelledError where ``watch`` asks to stop, EngineError for a photo that
        HyperLoRA can't read.
        """
        painting.check_people(references, self.people)
        self.check(size)
        work, worn = self._asked(spatial, references[0], size, seed, watch)
        picture, used = self._studio.paint(work)
        return Painting(picture, used=used | worn)

    def reanchor(
        self,
        picture: Image,
        spatial: SpatialPrompt,
        references: Sequence[Reference],
        seed: int,
        watch: Observer,
    ) -> Painting | None:
        """``picture`` with its largest face painted anew, as a new picture's is refined.

        Half noised and denoised under the person's LoRA the face keeps its place, pose and light;
        what is not the face keeps its pixels. It takes 10 steps. None where no face is found.
        Raises what ``paint`` does.
        """
        painting.check_people(references, self.people)
        height, width = picture.shape[:2]
        work, worn = self._asked(spatial, references[0], Size(width, height), seed, watch)
        painted = self._studio.repaint(work, picture)
        return painted and Painting(painted[0], used=painted[1] | worn)

    def release(self) -> None:
        """Let go of the models."""
        self._studio.release()
        self._last = None

    def _asked(
        self,
        spatial: SpatialPrompt,
        reference: Reference,
        size: Size,
        seed: int,
        watch: Observer,
    ) -> tuple[Work, dict[str, Any]]:
        """The work in the person's LoRA, and what is worn for the record."""
        prompt = TRIGGER + painting.sentence(spatial.text)
        need("torch", "gpu")
        person = self._person(reference)
        worn = {"variant": self.settings.variant, "weight": self.settings.weight, **person.record}
        work = Work(prompt, size, seed, watch, partial(self._dress, person))
        return work, {"trigger": TRIGGER, "identity": worn}

    def _person(self, reference: Reference) -> Identity:
        """Read once for all attempts of a keyframe."""
        if self._last is None or self._last[0] is not reference:
            self._last = reference, self._reader.read(reference)
        return self._last[1]

    def _dress(self, person: Identity, pipe: Any, home: Home) -> dict[str, Any]:
        """Put the person's LoRA on the UNet, and take off whose it was before."""
        name = f"person_{person.key[:16]}"
        worn = pipe.get_list_adapters().get("unet", [])
        if name not in worn:
            pipe.delete_adapters(worn)
            check_fit(pipe.unet, person, self.settings.model)
            # In the UNet's number type: peft would cast to the LoRA's at every layer.
            tensors = {key: value.to(home.dtype) for key, value in person.tensors.items()}
            with residency.quiet():
                pipe.load_lora_weights(tensors, adapter_name=name)
            _check_worn(pipe.unet, person, name)
        pipe.set_adapters([name], [self.settings.weight])
        return {}


def check_fit(unet: Any, person: Identity, model: str) -> None:
    """Raise EngineError naming the first layer that the LoRA's and the UNet's shapes differ in."""
    layers = {
        f"lora_unet_{name.replace('.', '_')}": tuple(module.weight.shape)
        for name, module in unet.named_modules()
        if name.endswith(("to_q", "to_k", "to_v", "to_out.0"))
    }
    for layer in (key.removesuffix(".alpha") for key in person.tensors if key.endswith(".alpha")):
        down, up = (person.tensors[f"{layer}.lora_{way}.weight"] for way in ("down", "up"))
        asked = (up.shape[0], down.shape[1])
        if layers.get(layer) != asked:
            raise EngineError(
                f"The LoRA has {layer} from {asked[1]} to {asked[0]}; the UNet of {model} has"
                f" {layers.get(layer, 'no such layer')}.",
                mend="HyperLoRA was made for SDXL: choose the model realvisxl-v4 or sdxl-base.",
            )


def _check_worn(unet: Any, person: Identity, name: str) -> None:
    """A LoRA that reaches fewer layers than it has would be a quieter identity, unnoticed."""
    wanted = sum(key.endswith(".alpha") for key in person.tensors)
    worn = sum(name in getattr(module, "lora_A", {}) for module in unet.modules())
    if worn != wanted:
        raise EngineError(
            f"The person's LoRA has {wanted} layers; {worn} of them reached the UNet."
        )


def painter(given: Mapping[str, Scalar]) -> HyperLoraPainter:
    """The painter with these settings: those of ``Settings`` and of ``residency.Placement``."""
    return HyperLoraPainter(*settings.read_both(Settings, Placement, given, NAME))
