"""Qwen-Image-Edit with tiny random weights: the same bits as the library's own call."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import tiny_qwen
from tests.tiny import HalfWriter, SquareAnimator, SquareEye, Watcher, picture
from vivant.engines import Engines, engine, painting, weights
from vivant.engines.extras import need
from vivant.engines.painting import HEAD, HEAD_AND_SHOULDERS
from vivant.engines.qwen_image import MODELS, QwenImagePainter, instruction, painter
from vivant.errors import (
    CancelledError,
    EngineError,
    GeometryError,
    MissingModelError,
    PromptError,
    RecipeError,
)
from vivant.generate import generate
from vivant.geometry import Size
from vivant.recipe import PREVIZ, KeyframePolicy
from vivant.types import Image, Painting, Request, SpatialPrompt

library = need("diffusers.pipelines.qwenimage.pipeline_qwenimage_edit_plus", "gpu")

MODEL = "qwen-image-edit-2511"
CANVAS = Size(96, 64)
FILM = Size(90, 64)
BASE: dict[str, Any] = {"steps": 3, "pixels": CANVAS.width * CANVAS.height}
BEACH = SpatialPrompt("a woman in a red coat on a beach")
REFERENCE_PIXELS = 128 * 128


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_qwen.save(tmp_path_factory.mktemp("qwen"))


@pytest.fixture(scope="module", autouse=True)
def store(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[pytest.MonkeyPatch]:
    """A weights store with the tiny model; references of a megapixel would take seconds each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIVANT_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("HF_HUB_OFFLINE", "1")
        patch.setattr(library, "VAE_IMAGE_SIZE", REFERENCE_PIXELS)
        weights.adopt(MODEL, folder)
        yield patch


@pytest.fixture(scope="module")
def one() -> Iterator[QwenImagePainter]:
    made = painter(BASE)
    yield made
    made.release()


def paint(by: QwenImagePainter, seed: int = 7, watch: Watcher | None = None) -> Painting:
    return by.paint(BEACH, (tiny_qwen.portrait(),), FILM, seed, watch or Watcher())


def plain(pipe: Any, seed: int, views: int = 1, guidance: float = 4.0) -> Image:
    """What the library's own pipeline paints of one person, cropped to the film."""
    cuts = [
        painting.cut(tiny_qwen.portrait(), framing).image
        for framing in (HEAD_AND_SHOULDERS, HEAD)[:views]
    ]
    return called(pipe, seed, cuts, instruction(BEACH.text, views), guidance)


def called(pipe: Any, seed: int, shown: list[Image], text: str, guidance: float = 4.0) -> Image:
    given = {
        "image": [painting.filled(one, 32, library.VAE_IMAGE_SIZE) for one in shown],
        "prompt": text,
        "true_cfg_scale": guidance,
        "height": CANVAS.height,
        "width": CANVAS.width,
        "num_inference_steps": 3,
        "generator": torch.Generator("cpu").manual_seed(seed),
    }
    if guidance > 1:
        given["negative_prompt"] = " "
    (made,) = pipe(**given).images
    # The canvas is six columns wider than the film: three are lost on either side.
    return np.asarray(made)[:, 3:93]


# -- the picture -------------------------------------------------------------------------------


@pytest.mark.parametrize(("views", "guidance"), ((1, 4.0), (2, 4.0), (2, 1.0)))
def test_the_bits_are_those_of_the_librarys_own_call(
    folder: Path, views: int, guidance: float
) -> None:
    made = paint(painter({**BASE, "views": views, "guidance": guidance}), seed=11)
    expected = plain(tiny_qwen.library(folder), 11, views, guidance)
    assert np.array_equal(made.image, expected)


def test_an_encoder_that_is_not_told_what_is_picture_paints_something_else(
    one: QwenImagePainter, folder: Path
) -> None:
    """Why the painter encodes by itself; when this fails, the library has been mended."""
    assert not np.array_equal(
        paint(one, 11).image, plain(tiny_qwen.library(folder, told=False), 11)
    )


def test_same_seed_same_bits_another_seed_others(one: QwenImagePainter) -> None:
    first = paint(one, 3).image
    assert np.array_equal(first, paint(one, 3).image)
    assert np.array_equal(first, paint(painter(BASE), 3).image)
    assert not np.array_equal(first, paint(one, 4).image)


@given(st.integers(60, 900), st.integers(60, 900))
@settings(max_examples=300, deadline=None)
def test_the_library_leaves_references_of_the_published_size_as_they_are(w: int, h: int) -> None:
    """It computes a size from the aspect and would stretch what has another."""
    kept = painting.kept_size(Size(w, h), 32, 1024 * 1024)
    assert library.calculate_dimensions(1024 * 1024, kept.width / kept.height) == (
        kept.width,
        kept.height,
    )


@pytest.mark.parametrize("size", (Size(64, 64), Size(96, 64), Size(101, 67), Size(64, 120)))
def test_the_picture_has_the_films_size(one: QwenImagePainter, size: Size) -> None:
    made = one.paint(BEACH, (tiny_qwen.portrait(),), size, 1, Watcher())
    assert made.image.shape == (size.height, size.width, 3)
    assert made.image.dtype == np.uint8
    assert made.unshown == ()


def test_another_person_or_prompt_is_another_picture(one: QwenImagePainter) -> None:
    base = paint(one).image
    turned = tiny_qwen.portrait()
    turned = replace(turned, image=np.ascontiguousarray(turned.image[::-1]))
    assert not np.array_equal(base, one.paint(BEACH, (turned,), FILM, 7, Watcher()).image)
    wood = SpatialPrompt("a woman in a wood")
    assert not np.array_equal(
        base, one.paint(wood, (tiny_qwen.portrait(),), FILM, 7, Watcher()).image
    )


def test_what_was_used_is_recorded(one: QwenImagePainter) -> None:
    used = paint(one).used
    json.dumps(used)
    assert used["model"] == MODEL
    assert used["scheduler"] == "FlowMatchEulerDiscreteScheduler"
    assert used["steps"] == len(used["timesteps"]) == 3
    assert used["timesteps"][0] == 1000.0
    assert (used["guidance"], used["negative"]) == (4.0, " ")
    assert used["canvas"] == [96, 64]
    assert used["home"]["device"] == "cpu" and used["home"]["dtype"] == "float32"
    assert used["rungs"] == []
    assert used["prompt"] == instruction(BEACH.text, 1)
    box = painting.cut(tiny_qwen.portrait(), HEAD_AND_SHOULDERS).record
    assert used["references"] == [box]


# -- several people, and a face anew -------------------------------------------------------------


def test_two_people_are_the_librarys_own_call_with_both_in_order(
    one: QwenImagePainter, folder: Path
) -> None:
    both = (tiny_qwen.portrait(), tiny_qwen.other())
    made = one.paint(BEACH, both, FILM, 11, Watcher())
    cuts = [painting.cut(who, HEAD_AND_SHOULDERS) for who in both]
    text = instruction(BEACH.text, 1, 2)
    expected = called(tiny_qwen.library(folder), 11, [each.image for each in cuts], text)
    assert np.array_equal(made.image, expected)
    assert made.used["references"] == [each.record for each in cuts]
    assert made.used["prompt"] == text


@pytest.mark.parametrize("people", (1, 2))
def test_a_face_anew_is_the_librarys_own_edit_of_the_picture(
    one: QwenImagePainter, folder: Path, people: int
) -> None:
    under, watch = tiny_qwen.frame(90, 64), Watcher()
    references = (tiny_qwen.portrait(), tiny_qwen.other())[:people]
    made = one.reanchor(under, BEACH, references, 5, watch)
    assert made is not None
    on_canvas = np.pad(under, ((0, 0), (3, 3), (0, 0)), mode="edge")
    shown = [on_canvas, *(painting.cut(who, HEAD).image for who in references)]
    expected = called(tiny_qwen.library(folder), 5, shown, painting.again(people, "Picture"))
    assert np.array_equal(made.image, expected)
    assert made.image.shape == under.shape
    assert watch.steps == 3


def test_cancelled_at_a_face_it_is_usable(one: QwenImagePainter) -> None:
    under, who = tiny_qwen.frame(90, 64), (tiny_qwen.portrait(),)
    expected = one.reanchor(under, BEACH, who, 5, Watcher())
    with pytest.raises(CancelledError):
        one.reanchor(under, BEACH, who, 5, Watcher(stop=2))
    again = one.reanchor(under, BEACH, who, 5, Watcher())
    assert expected is not None and again is not None
    assert np.array_equal(expected.image, again.image)


@pytest.mark.parametrize("film", (Size(832, 480), Size(1280, 704), Size(480, 832)))
def test_the_frame_and_its_new_face_lie_on_one_grid(film: Size) -> None:
    """Neither we nor the library changes the size of the frame, so every place keeps its own."""
    legal = painting.kept_size(film, 32, 1024 * 1024)
    laid = painting.unfitted(np.zeros((film.height, film.width, 3), np.uint8), legal)
    assert painting.filled(laid, 32, 1024 * 1024).size == (legal.width, legal.height)
    own = library.calculate_dimensions(1024 * 1024, legal.width / legal.height)
    assert own == (legal.width, legal.height)


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize(("views", "most"), ((1, 3), (2, 1)))
def test_more_people_than_pictures_are_an_error(views: int, most: int) -> None:
    by = painter({**BASE, "views": views})
    assert by.people == most
    people = (tiny_qwen.portrait(),) * (most + 1)
    with pytest.raises(EngineError, match=f"{most + 1} people; this painter takes 1 to {most}"):
        by.paint(BEACH, people, FILM, 1, Watcher())
    with pytest.raises(EngineError, match=f"{most + 1} people"):
        by.reanchor(tiny_qwen.frame(90, 64), BEACH, people, 1, Watcher())


@pytest.mark.usefixtures("nowhere")
def test_three_people_and_their_picture_are_too_many_for_an_edit() -> None:
    people = (tiny_qwen.portrait(),) * 3
    assert painter(BASE).reanchor(tiny_qwen.frame(90, 64), BEACH, people, 1, Watcher()) is None


# -- words -------------------------------------------------------------------------------------


def test_the_instruction_holds_the_prompt_and_binds_the_face() -> None:
    single, double = instruction("a man {in} rain", 1), instruction("a man {in} rain", 2)
    for text in (single, double):
        assert "The new image shows: a man {in} rain. " in text
        assert "Picture 1 is right" in text
    assert "Picture 2" in double and "Picture 2" not in single


def test_the_words_for_one_person_are_as_they_were() -> None:
    assert instruction("rain", 1) == (
        "Make a new image of the person in Picture 1. It is the very same person: the shape of the"
        " face, the eyes, the nose, the mouth, the skin and the age stay exactly as they are. The"
        " hair stays too, unless these words change it; everything else is new. The new image"
        " shows: rain. Where these words describe the face in another way, Picture 1 is right."
    )


def test_the_words_for_two_say_who_is_who() -> None:
    text = instruction("two friends", 1, 2)
    assert "first person is the one in Picture 1; the second person is the one in Picture 2" in text
    assert "The new image shows: two friends. " in text


def test_a_prompt_that_is_too_long_is_refused(one: QwenImagePainter) -> None:
    long = SpatialPrompt("sand " * 200)
    with pytest.raises(PromptError, match="reads at most 1024"):
        one.paint(long, (tiny_qwen.portrait(),), FILM, 7, Watcher())


def test_control_tokens_are_refused(one: QwenImagePainter) -> None:
    with pytest.raises(PromptError, match="control token"):
        one.paint(SpatialPrompt("<|image_pad|>"), (tiny_qwen.portrait(),), FILM, 7, Watcher())


# -- steps, cancelling, memory -----------------------------------------------------------------


def test_every_step_is_told(one: QwenImagePainter) -> None:
    watch = Watcher()
    paint(one, watch=watch)
    assert watch.steps == one.steps == 3


def test_a_cancelled_picture_leaves_the_painter_usable(one: QwenImagePainter) -> None:
    expected = paint(one).image
    stop = random.Random(5).randint(1, 3)
    with pytest.raises(CancelledError):
        paint(one, watch=Watcher(stop=stop))
    assert np.array_equal(paint(one).image, expected)


def test_a_released_painter_loads_again(one: QwenImagePainter) -> None:
    expected = paint(one).image
    one.release()
    one.release()
    assert np.array_equal(paint(one).image, expected)


class Short(Watcher):
    """Memory runs out at the first ``times`` steps."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def step(self) -> None:
        self.times -= 1
        if self.times >= 0:
            raise MemoryError("no memory")
        super().step()


def test_short_memory_climbs_the_ladder_and_says_so() -> None:
    short, by = Short(1), painter(BASE)
    made = paint(by, watch=short)
    assert made.used["rungs"] == ["vae sliced"]
    assert made.used["home"]["vae"] == "sliced"
    assert short.said == ["Out of memory; trying again with vae sliced."]
    # It stays on that rung until it is released, and one picture is one slice.
    again = paint(by)
    assert again.used["home"]["vae"] == "sliced" and again.used["rungs"] == []
    by.release()
    fresh = paint(by)
    assert fresh.used["home"]["vae"] == "whole"
    assert np.array_equal(made.image, again.image) and np.array_equal(made.image, fresh.image)


def test_a_smaller_canvas_is_the_last_rung_and_must_be_allowed() -> None:
    made = paint(painter({**BASE, "may_shrink": True}), watch=Short(3))
    assert made.used["rungs"] == ["vae sliced", "vae tiled", "a canvas of 64x32"]
    assert made.used["canvas"] == [64, 32]
    assert made.image.shape == (64, 90, 3)


# -- what is refused ---------------------------------------------------------------------------


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path))


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("size", (Size(32, 64), Size(64, 256), Size(2048, 1536)))
def test_a_film_that_can_not_be_painted_is_refused_before_weights_are_looked_for(
    size: Size,
) -> None:
    made = painter({})
    with pytest.raises(GeometryError):
        made.check(size)
    with pytest.raises(GeometryError):
        made.paint(BEACH, (tiny_qwen.portrait(),), size, 1, Watcher())


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("name", tuple(MODELS))
def test_absent_weights_say_how_to_get_them(name: str) -> None:
    with pytest.raises(MissingModelError, match=f"vivant models pull {name}"):
        paint(painter({"model": name}))


def cut_short(folder: Path) -> None:
    file = folder / "transformer" / "diffusion_pytorch_model.safetensors"
    file.write_bytes(file.read_bytes()[:-100])


def flip_a_bit(folder: Path) -> None:
    file = folder / "vae" / "diffusion_pytorch_model.safetensors"
    data = bytearray(file.read_bytes())
    data[-5] ^= 1
    file.write_bytes(data)


def lose_the_processor(folder: Path) -> None:
    shutil.rmtree(folder / "processor")


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("harm", (cut_short, flip_a_bit, lose_the_processor))
def test_altered_weights_are_not_used(folder: Path, tmp_path: Path, harm: Any) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    weights.adopt(MODEL, copy)
    harm(copy)
    with pytest.raises(MissingModelError) as caught:
        paint(painter(BASE))
    assert MODEL in caught.value.mend


def another_depth(folder: Path) -> None:
    file = folder / "transformer" / "config.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"num_layers": 3}))


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("harm", (another_depth, lose_the_processor))
def test_an_adopted_folder_that_is_no_such_model_is_refused(
    folder: Path, tmp_path: Path, harm: Any
) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    harm(copy)
    weights.adopt(MODEL, copy)
    with pytest.raises(MissingModelError, match=r"transformer|processor"):
        paint(painter(BASE))


@pytest.mark.parametrize(
    ("given", "says"),
    (
        ({"model": "qwen"}, "model"),
        ({"steps": 1}, "steps"),
        ({"steps": 2.5}, "type int"),
        ({"guidance": 0.5}, "guidance"),
        ({"views": 3}, "views"),
        ({"pixels": 100}, "pixels"),
        ({"negative": "<|im_end|>"}, "negative"),
        ({"dtype": "int8"}, "dtype"),
        ({"strength": 1.0}, "no setting 'strength'"),
    ),
)
def test_settings_out_of_range_are_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(RecipeError, match=says):
        painter(given)


# -- who it is, and the whole way --------------------------------------------------------------


def test_it_says_who_it_is() -> None:
    made = engine("painter", "qwen_image")
    assert isinstance(made, QwenImagePainter)
    assert made.steps == 40
    info = made.info
    assert info.name == f"qwen_image ({MODEL})"
    assert [model.name for model in info.models] == [MODEL]
    assert [way.mode for way in info.footprints] == ["none", "model", "group"]
    gpu = [way.gpu for way in info.footprints]
    assert gpu == sorted(gpu, reverse=True)


def test_the_whole_way_paints_with_it() -> None:
    """Random weights paint no face; this eye takes anything green for one."""
    portrait = picture(Size(256, 256), 120)
    noise = np.random.default_rng(0).integers(-20, 20, portrait.shape)
    portrait = np.clip(portrait + noise, 0, 255).astype(np.uint8)
    recipe = replace(
        PREVIZ, size=FILM, frames=4, fps=4, keyframe=KeyframePolicy(attempts=2, good_enough=0.0)
    )
    watch = Watcher()
    by = Engines(HalfWriter(), painter(BASE), SquareAnimator(), SquareEye(same_person=1.0))
    take = generate(Request(portrait, "beach waves", recipe, seed=3), by, watch)
    assert take.keyframe.painter == f"qwen_image ({MODEL})"
    assert take.keyframe.used["canvas"] == [96, 64]
    assert take.film.frames.shape == (4, 64, 90, 3)
    assert "keyframe 6" in watch.said
