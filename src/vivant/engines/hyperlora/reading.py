"""From a photo to a person's LoRA: the eyes of HyperLoRA, and its network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vivant.engines import residency, weights
from vivant.engines.extras import need
from vivant.engines.facemesh import FaceMesh
from vivant.engines.hyperlora import identity, portrait
from vivant.engines.hyperlora.identity import Identity
from vivant.engines.hyperlora.network import Hypernetwork
from vivant.engines.insightface import Networks
from vivant.errors import EngineError

if TYPE_CHECKING:
    import torch

    from vivant.types import Floats, Image, Reference

HYPERLORA, ARCFACE, CLIP = "hyperlora", "antelopev2", "clip-vit-large-patch14"
FOLDER = "sdxl_hyper_id_lora_v1_{variant}"
VARIANTS = ("fidelity", "edit")


@dataclass(frozen=True)
class Reader:
    """Reads faces for one variant. Holds nothing: each network leaves when it has spoken."""

    variant: str
    keep: bool = True
    """Whether what was read stays on the disk for later pictures."""

    def read(self, reference: Reference) -> Identity:
        """The person of ``reference``: the LoRA kept from an earlier time, or made and kept now.

        Raises MissingError for a model or package that must be there first, EngineError where
        a face that the eye saw is found by none of HyperLoRA's eyes.
        """
        models = (weights.record(name).sha256 for name in (HYPERLORA, ARCFACE, CLIP))
        key = identity.key(reference, self.variant, *models)
        if not self.keep:
            return Identity(key, self._make(reference), "made, not to be kept")
        path = weights.home() / "identities" / f"{key}.safetensors"
        there = path.exists()
        if there and (kept := identity.read(path)):
            return Identity(key, kept, "kept")
        made = self._make(reference)
        written = identity.write(path, made)
        how = "made again: the kept one was damaged" if there else "made"
        return Identity(key, made, how if written else f"{how}; it could not be kept")

    def _make(self, reference: Reference) -> identity.Tensors:
        import torch

        network = Hypernetwork(weights.folder(HYPERLORA) / FOLDER.format(variant=self.variant))
        mesh = FaceMesh().fit(reference.image, reference.face.box)
        if mesh is None:
            raise EngineError(
                "The face mesh finds no face where the eye saw one, so HyperLoRA can't be shown"
                " this person.",
                mend="Use a photo in which the face is larger and turned to the camera.",
            )
        seen = portrait.views(reference.image, mesh)
        face = torch.from_numpy(_embedding(seen.arcface))
        return network.lora(face[None], _states(seen.clip))


def _embedding(view: Image) -> Floats:
    """ArcFace's 512 numbers of the face nearest to the middle of ``view``."""
    networks = Networks(ARCFACE, device="cpu")
    try:
        found = networks.find(view)
        if not found:
            raise EngineError(
                "The detector of antelopev2 finds no face in the photo at any size, so HyperLoRA"
                " can't be shown this person.",
                mend="Use a photo in which the face is larger and turned to the camera.",
            )
        middle = len(view) / 2
        face = min(found, key=lambda one: sum((side - middle) ** 2 for side in one.box.centre))
        return networks.embedding(view, face.landmarks)
    finally:
        networks.release()


def _states(view: Image) -> torch.Tensor:
    """CLIP's last hidden states but one ``(1, patches + 1, width)``."""
    import PIL.Image
    import torch

    transformers, folder = need("transformers", "gpu"), weights.folder(CLIP)
    prepare: Any = residency.load(transformers.CLIPImageProcessor, folder, torch.float32, name=CLIP)
    pixels = prepare(PIL.Image.fromarray(view), return_tensors="pt").pixel_values

    def make() -> Any:
        return residency.load(transformers.CLIPVisionModel, folder, torch.float32, name=CLIP)

    with residency.lend(make) as model, torch.no_grad():
        states: torch.Tensor = model(pixels, output_hidden_states=True).hidden_states[-2]
    return states
