"""Every shipped recipe with generative engines, the whole way: photo and sentence to judged film.

Engines are those of the table, read from disk as if they had been pulled; their classes are the
real ones, their few weights random. Noise shows no face, so where the recipe's eye sees none,
``Believing`` takes the picture for one: the way is proven here, no picture and no likeness.
A recipe keeps its engines and settings; only what costs time is small: size, frames, steps.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import torch
from diffusers.pipelines.qwenimage import pipeline_qwenimage_edit_plus as qwen

from tests import tiny_flux, tiny_ltx, tiny_onnx, tiny_qwen, tiny_sdxl, tiny_wan
from tests.test_llm_local import save as save_qwen3
from vivant import generate
from vivant.engines import TABLE, load, opencv, weights
from vivant.engines.base import Eye
from vivant.engines.extras import need
from vivant.geometry import Size
from vivant.recipe import RECIPES, ROLES, Recipe, Scalar
from vivant.types import Box, EngineInfo, Face, Image, Request, Take

pytestmark = pytest.mark.models

PROMPT = "An astronaut in an orange suit smiles and turns to the camera in front of a blue flag."
PORTRAIT: Image = np.ascontiguousarray(need("skimage.data", "demo").astronaut()[11:251, 106:346])
"""The face in the middle, where tiny detectors see one in anything."""
SIDE = 128

SMALL: Mapping[tuple[str, str], Mapping[str, Scalar]] = {
    ("writer", "transformers"): {"most_tokens": 12},
    ("painter", "flux"): {"steps": 2, "pixels": SIDE * SIDE},
    ("painter", "qwen_image"): {"steps": 2, "pixels": SIDE * SIDE},
    ("painter", "sdxl"): {"steps": 2, "pixels": SIDE * SIDE, "refine_side": 64},
    ("painter", "hyperlora"): {"steps": 2, "pixels": SIDE * SIDE, "refine_side": 64},
    ("animator", "wan"): {"steps": 4},
}
"""What is made smaller, and nothing else of a recipe's settings."""

SHORTEST = {"wan": 5, "ltx": 9}
"""Frames of a film."""

REST = replace(
    RECIPES["previz"],
    name="rest",
    summary="The engines that no shipped recipe names; the language model's server is not there.",
    writer="llm",
    painter="sdxl",
    animator="ltx",
    eye="opencv",
    settings={
        "writer": {"base_url": "http://127.0.0.1:9/v1", "seconds": 2.0},
        "animator": {"variant": "distilled"},
    },
)
GENERATIVE = (*(r for r in RECIPES.values() if r.animator != "previz"), REST)


# -- weights, built when an engine says that it needs them -------------------------------------


def _saved(make: Callable[[], Any]) -> Callable[[Path], object]:
    return lambda folder: make().save_pretrained(folder)


def _antelope(folder: Path) -> None:
    """A whole pack whose detector sees a face in the middle of anything."""
    tiny_onnx.pack(folder)
    tiny_sdxl.save_antelope(folder)


BUILDERS: Mapping[str, Callable[[Path], object]] = {
    "qwen3-8b": save_qwen3,
    "flux2-klein-4b": tiny_flux.save,
    "qwen-image-edit-2511": tiny_qwen.save,
    "realvisxl-v4": tiny_sdxl.save_pipeline,
    "ip-adapter-plus-face-sdxl": tiny_sdxl.save_adapter,
    "hyperlora": tiny_sdxl.save_hyperlora,
    "clip-vit-large-patch14": tiny_sdxl.save_clip,
    "antelopev2": _antelope,
    "wan2.2-ti2v-5b": _saved(tiny_wan.ti2v_5b),
    "wan2.2-i2v-a14b": _saved(tiny_wan.i2v_a14b),
    "wan2.2-lightning-i2v": tiny_wan.lightning,
    "ltx-2": tiny_ltx.save,
    "ltx-2-distilled-lora": tiny_ltx.save_lora,
    "yunet": lambda folder: tiny_onnx.yunet(folder / opencv.FILES["yunet"]),
    "sface": lambda folder: tiny_onnx.sface(folder / opencv.FILES["sface"]),
}

FOLDERS_OF_THEIR_OWN = ("wan2.2-lightning-i2v", "ltx-2-distilled-lora")
"""Whose builders make the folder."""


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A model store of its own with the real face mesh; one thread."""
    root = tmp_path_factory.mktemp("recipes")
    tiny_sdxl.link_face_mesh(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIVANT_HOME", str(root))
        patch.setenv("HF_HUB_OFFLINE", "1")
        # References of a megapixel, Qwen's own size, would take seconds each.
        patch.setattr(qwen, "VAE_IMAGE_SIZE", SIDE * SIDE)
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        gc.freeze()  # models are collected often; the libraries need not be looked through
        yield root
        gc.unfreeze()
        torch.set_num_threads(threads)


def provide(infos: Mapping[str, EngineInfo], root: Path) -> None:
    """Build what these engines say that they need: an unnamed model would be missed."""
    for model in (model for info in infos.values() for model in info.models):
        if model.name in weights.HUB and weights.status(model.name).condition == "absent":
            folder = root / "adopted" / model.name
            if model.name not in FOLDERS_OF_THEIR_OWN:
                folder.mkdir(parents=True)
            BUILDERS[model.name](folder)
            weights.adopt(model.name, folder)


# -- an eye that believes ----------------------------------------------------------------------


@dataclass(frozen=True)
class Believing:
    """The recipe's own eye, and a face in the middle of every picture in which it sees none.

    Such a face has the embedding of the first real one, the photo's, or where there is none they
    all have the same: the distance is 0.
    """

    own: Eye
    met: list[Face] = field(default_factory=list)

    @property
    def info(self) -> EngineInfo:
        return self.own.info

    @property
    def same_person(self) -> float:
        return self.own.same_person

    def look(self, image: Image) -> tuple[Face, ...]:
        return self.own.look(image) or (self._believed(image),)

    def embed(self, image: Image, face: Face) -> Face:
        if face.pose is None:
            known = self.met[0].embedding if self.met else np.ones(1, np.float32)
            return replace(face, embedding=known)
        self.met.append(self.own.embed(image, face))
        return self.met[-1]

    def distance(self, one: Face, other: Face) -> float:
        return self.own.distance(one, other)

    def track(
        self, frames: Sequence[Image] | Image, start: Face | None = None
    ) -> tuple[Face | None, ...]:
        seen = zip(frames, self.own.track(frames, start), strict=True)
        return tuple(face or self._believed(cast("Image", frame)) for frame, face in seen)

    def release(self) -> None:
        self.own.release()

    def _believed(self, image: Image) -> Face:
        """A face in the middle, with as many landmarks as the first real one has."""
        height, width = image.shape[:2]
        box = Box(width / 4, height / 4, width * 3 / 4, height * 3 / 4)
        places = np.array([(0.2, 0.3), (0.8, 0.3), (0.5, 0.5), (0.3, 0.8), (0.7, 0.8)])
        if self.met:
            like = self.met[0]
            corner, size = [like.box.x0, like.box.y0], [like.box.width, like.box.height]
            places = (like.landmarks - corner) / size
        landmarks = places * [box.width, box.height] + [box.x0, box.y0]
        return Face(box, landmarks.astype(np.float32), None, 0.0)


# -- the whole way -----------------------------------------------------------------------------


def shrunk(recipe: Recipe) -> Recipe:
    """The same engines and settings, on less."""
    settings = {
        role: {**recipe.settings.get(role, {}), **SMALL.get((role, getattr(recipe, role)), {})}
        for role in ROLES
    }
    if str(settings["animator"].get("model", "")).endswith("lightning"):
        del settings["animator"]["steps"]  # its four are part of its weights
    return replace(
        recipe, size=Size(SIDE, SIDE), frames=SHORTEST[recipe.animator], settings=settings,
        keyframe=replace(recipe.keyframe, attempts=1),
    )  # fmt: skip


def film(recipe: Recipe, root: Path) -> Take:
    engines = load(recipe)
    provide(engines.infos, root)
    engines = replace(engines, eye=Believing(engines.eye))
    return generate(Request(PORTRAIT, PROMPT, recipe, seed=5), engines)


@pytest.mark.parametrize("recipe", GENERATIVE, ids=lambda recipe: recipe.name)
def test_a_film_is_made_the_whole_way(recipe: Recipe, store: Path) -> None:
    small = shrunk(recipe)
    take = film(small, store)
    assert take.film.frames.shape == (SHORTEST[recipe.animator], SIDE, SIDE, 3)
    assert take.film.fps == recipe.fps
    assert take.film.frames.std() > 1 and take.keyframe.image.std() > 1
    # What the recipe says is what was used.
    painted, moved = take.keyframe.used, take.film.used
    for role, used in (("painter", painted), ("animator", moved)):
        assert used["home"]["device"] == "cpu"
        for name in ("model", "guidance", "steps"):
            if name in used and name in small.settings[role]:
                assert used[name] == small.settings[role][name], (role, name)
    # Random weights and absent servers write nothing usable: the rules do, and it is said.
    assert take.prompt.writer == "rules"
    if recipe.writer != "rules":
        assert (take.prompt.used["asked"], take.prompt.used["wrote"]) == (recipe.writer, "rules")
    assert take.verdict.mean is not None and take.verdict.face_share == 1.0
    assert {model.name for info in take.engines.values() for model in info.models}


def test_no_engine_is_left_out() -> None:
    """Previz has its own tests of the whole way (test_generate)."""
    ran = {(role, getattr(recipe, role)) for recipe in GENERATIVE for role in ROLES}
    assert ran >= {row for row in TABLE if row[1] != "previz"}
    assert all(getattr(recipe, role) != "previz" for recipe in GENERATIVE for role in ROLES)
