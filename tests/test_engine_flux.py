"""FLUX.2 klein with tiny random weights: the same bits as the library's own call."""

from __future__ import annotations

import gc
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

from tests import tiny_flux
from tests.tiny import HalfWriter, SquareAnimator, SquareEye, Watcher, picture
from tests.tiny_qwen import frame, other, portrait
from vivant.engines import Engines, engine, flux, painting, weights
from vivant.engines.flux import FluxPainter, painter, sentence
from vivant.engines.painting import HEAD, HEAD_AND_SHOULDERS
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
from vivant.types import Box, Image, Painting, Request, SpatialPrompt

MODEL = "flux2-klein-4b"
CANVAS = Size(96, 64)
FILM = Size(90, 64)
BASE: dict[str, Any] = {"pixels": CANVAS.width * CANVAS.height}
BEACH = SpatialPrompt("a woman in a red coat on a beach")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_flux.save(tmp_path_factory.mktemp("flux"))


@pytest.fixture(scope="module", autouse=True)
def store(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A weights store with the tiny model."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIVANT_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("HF_HUB_OFFLINE", "1")
        weights.adopt(MODEL, folder)
        yield


@pytest.fixture(scope="module")
def one() -> Iterator[FluxPainter]:
    made = painter(BASE)
    yield made
    made.release()


def paint(by: FluxPainter, seed: int = 7, watch: Watcher | None = None) -> Painting:
    return by.paint(BEACH, (portrait(),), FILM, seed, watch or Watcher())


def plain(pipe: Any, seed: int, views: int = 1) -> Image:
    """What the library's own pipeline paints of one person, cropped to the film."""
    cuts = [painting.cut(portrait(), one).image for one in (HEAD_AND_SHOULDERS, HEAD)[:views]]
    return called(pipe, seed, cuts, sentence(BEACH.text))


def called(pipe: Any, seed: int, shown: list[Image], text: str) -> Image:
    (made,) = pipe(
        image=[painting.shrunk(one, 16, 1024 * 1024, 64) for one in shown],
        prompt=text,
        height=CANVAS.height,
        width=CANVAS.width,
        num_inference_steps=4,
        guidance_scale=1.0,
        generator=torch.Generator("cpu").manual_seed(seed),
        max_sequence_length=flux.TOKENS,
    ).images
    # The canvas is six columns wider than the film: three are lost on either side.
    return np.asarray(made)[:, 3:93]


# -- the picture -------------------------------------------------------------------------------


@pytest.mark.parametrize("views", (1, 2))
def test_the_bits_are_those_of_the_librarys_own_call(folder: Path, views: int) -> None:
    made = paint(painter({**BASE, "views": views}), seed=11)
    assert np.array_equal(made.image, plain(tiny_flux.library(folder), 11, views))


def test_same_seed_same_bits_another_seed_others(one: FluxPainter) -> None:
    first = paint(one, 3).image
    assert np.array_equal(first, paint(one, 3).image)
    assert np.array_equal(first, paint(painter(BASE), 3).image)
    assert not np.array_equal(first, paint(one, 4).image)


@pytest.mark.parametrize("size", (Size(64, 64), Size(96, 64), Size(101, 67), Size(64, 120)))
def test_the_picture_has_the_films_size(one: FluxPainter, size: Size) -> None:
    made = one.paint(BEACH, (portrait(),), size, 1, Watcher())
    assert made.image.shape == (size.height, size.width, 3)
    assert made.image.dtype == np.uint8
    assert made.unshown == ()


def test_another_person_or_prompt_is_another_picture(one: FluxPainter) -> None:
    base = paint(one).image
    turned = replace(portrait(), image=np.ascontiguousarray(portrait().image[::-1]))
    assert not np.array_equal(base, one.paint(BEACH, (turned,), FILM, 7, Watcher()).image)
    wood = SpatialPrompt("a woman in a wood")
    assert not np.array_equal(base, one.paint(wood, (portrait(),), FILM, 7, Watcher()).image)


def test_the_smallest_face_at_the_photos_edge_is_large_enough_a_reference(
    one: FluxPainter,
) -> None:
    """The pipeline refuses references of less than 64 pixels a side."""
    small = replace(portrait().face, box=Box(-5, 30, 33, 78))
    made = one.paint(BEACH, (replace(portrait(), face=small),), FILM, 7, Watcher())
    x0, _, x1, _ = made.used["references"][0]["box"]
    assert x1 - x0 == 76
    narrow = painter({**BASE, "views": 2})
    made = narrow.paint(BEACH, (replace(portrait(), face=small),), FILM, 7, Watcher())
    x0, _, x1, _ = made.used["references"][1]["box"]
    assert x1 - x0 == 52


def test_what_was_used_is_recorded(one: FluxPainter) -> None:
    used = paint(one).used
    json.dumps(used)
    assert used["model"] == MODEL
    assert used["scheduler"] == "FlowMatchEulerDiscreteScheduler"
    assert used["steps"] == len(used["timesteps"]) == 4
    assert used["timesteps"][0] == 1000.0
    assert used["guidance"] is None
    assert used["canvas"] == [96, 64]
    assert used["home"]["device"] == "cpu" and used["home"]["dtype"] == "float32"
    assert used["rungs"] == []
    assert used["prompt"] == sentence(BEACH.text)
    assert used["references"] == [painting.cut(portrait(), HEAD_AND_SHOULDERS).record]


# -- several people, and a face anew -------------------------------------------------------------


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for the longer words: here every byte is a token."""
    monkeypatch.setattr(flux, "TOKENS", 1024)


@pytest.mark.usefixtures("long")
@pytest.mark.parametrize("views", (1, 2))
def test_two_people_are_the_librarys_own_call_with_both_in_order(folder: Path, views: int) -> None:
    by = painter({**BASE, "views": views})
    made = by.paint(BEACH, (portrait(), other()), FILM, 11, Watcher())
    cuts = [
        painting.cut(who, framing)
        for who in (portrait(), other())
        for framing in (HEAD_AND_SHOULDERS, HEAD)[:views]
    ]
    text = sentence(BEACH.text, 2, views)
    expected = called(tiny_flux.library(folder), 11, [one.image for one in cuts], text)
    assert np.array_equal(made.image, expected)
    assert made.used["references"] == [one.record for one in cuts]
    assert made.used["prompt"] == text


@pytest.mark.usefixtures("long")
def test_a_face_anew_is_the_librarys_own_edit_of_the_picture(
    one: FluxPainter, folder: Path
) -> None:
    under, heads = frame(90, 64), [painting.cut(who, HEAD) for who in (portrait(), other())]
    on_canvas = np.pad(under, ((0, 0), (3, 3), (0, 0)), mode="edge")
    for people in (1, 2):
        watch = Watcher()
        made = one.reanchor(under, BEACH, (portrait(), other())[:people], 5, watch)
        assert made is not None
        shown = [on_canvas, *(head.image for head in heads[:people])]
        expected = called(tiny_flux.library(folder), 5, shown, painting.again(people, "image"))
        assert np.array_equal(made.image, expected)
        assert made.image.shape == under.shape
        assert watch.steps == 4
        assert made.used["references"] == [head.record for head in heads[:people]]


def test_cancelled_at_a_face_it_is_usable(one: FluxPainter) -> None:
    expected = one.reanchor(frame(90, 64), BEACH, (portrait(),), 5, Watcher())
    with pytest.raises(CancelledError):
        one.reanchor(frame(90, 64), BEACH, (portrait(),), 5, Watcher(stop=3))
    again = one.reanchor(frame(90, 64), BEACH, (portrait(),), 5, Watcher())
    assert expected is not None and again is not None
    assert np.array_equal(expected.image, again.image)


def test_the_frame_and_its_new_face_lie_on_one_grid() -> None:
    """The canvas of a published film's size is a little more than a reference may be."""
    canvas = painting.Canvas(Size(832, 480), 16, 1024 * 1024).size
    legal = painting.shrunk_size(canvas, 16, 1024 * 1024, 64)
    assert (str(canvas), str(legal)) == ("1344x784", "1328x768")
    laid = painting.unfitted(np.zeros((480, 832, 3), np.uint8), legal)
    assert painting.shrunk(laid, 16, 1024 * 1024, 64).size == (legal.width, legal.height)


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize(("views", "most"), ((1, 4), (2, 2)))
def test_more_people_than_pictures_are_an_error(views: int, most: int) -> None:
    by = painter({**BASE, "views": views})
    assert by.people == most
    for people in (0, most + 1):
        with pytest.raises(EngineError, match=f"{people} people; this painter takes 1 to {most}"):
            by.paint(BEACH, (portrait(),) * people, FILM, 1, Watcher())
        with pytest.raises(EngineError, match=f"{people} people"):
            by.reanchor(frame(90, 64), BEACH, (portrait(),) * people, 1, Watcher())


@pytest.mark.usefixtures("nowhere")
def test_four_people_and_their_picture_are_too_many_for_an_edit() -> None:
    assert painter(BASE).reanchor(frame(90, 64), BEACH, (portrait(),) * 4, 1, Watcher()) is None


# -- words -------------------------------------------------------------------------------------


def test_the_sentence_holds_the_prompt_and_binds_the_face() -> None:
    text = sentence("a man {in} rain")
    assert "The new picture shows: a man {in} rain. " in text
    assert text.endswith("image 1 is right.")


def test_the_words_for_one_person_are_as_they_were() -> None:
    text = (
        "A new picture of the same person as in image 1, with exactly that face: its shape, eyes,"
        " nose, mouth, skin and age; and that hair, unless these words change it. The new picture"
        " shows: rain. Where these words describe the face in another way, image 1 is right."
    )
    assert sentence("rain") == sentence("rain", 1, 2) == text


def test_the_words_for_two_say_who_is_who() -> None:
    text = sentence("two friends", 2)
    assert "the first person is the one in image 1; the second person is the one in image 2" in text
    assert "shows: two friends. " in text
    assert "the second person is the one in image 3 and image 4" in sentence("two friends", 2, 2)


def test_a_prompt_that_would_be_cut_off_is_refused(one: FluxPainter) -> None:
    with pytest.raises(PromptError, match="reads at most 512"):
        one.paint(SpatialPrompt("sand " * 90), (portrait(),), FILM, 7, Watcher())


def test_control_tokens_are_refused(one: FluxPainter) -> None:
    with pytest.raises(PromptError, match="control token"):
        one.paint(SpatialPrompt("<|im_end|>"), (portrait(),), FILM, 7, Watcher())


# -- steps, cancelling, memory -----------------------------------------------------------------


def test_every_step_is_told(one: FluxPainter) -> None:
    watch = Watcher()
    paint(one, watch=watch)
    assert watch.steps == one.steps == 4


def test_a_cancelled_picture_leaves_the_painter_usable(one: FluxPainter) -> None:
    expected = paint(one).image
    stop = random.Random(6).randint(1, 4)
    with pytest.raises(CancelledError):
        paint(one, watch=Watcher(stop=stop))
    assert np.array_equal(paint(one).image, expected)


def alive() -> int:
    gc.collect()
    kind = tiny_flux.diffusers.Flux2Transformer2DModel
    return sum(type(each) is kind for each in gc.get_objects())


def test_a_cancelled_or_released_painter_holds_no_model() -> None:
    before, by = alive(), painter(BASE)
    assert paint(by).image.any() and alive() == before + 1
    with pytest.raises(CancelledError) as caught:
        paint(by, watch=Watcher(stop=2))
    assert alive() == before, f"{caught.value} keeps a model"
    paint(by)
    by.release()
    assert alive() == before


def test_a_released_painter_loads_again(one: FluxPainter) -> None:
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


def test_a_smaller_canvas_is_the_last_rung_and_must_be_allowed() -> None:
    made = paint(painter({**BASE, "may_shrink": True}), watch=Short(3))
    assert made.used["rungs"] == ["vae sliced", "vae tiled", "a canvas of 64x48"]
    assert made.used["canvas"] == [64, 48]
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
        made.paint(BEACH, (portrait(),), size, 1, Watcher())


@pytest.mark.usefixtures("nowhere")
def test_absent_weights_say_how_to_get_them() -> None:
    with pytest.raises(MissingModelError, match=f"vivant models pull {MODEL}"):
        paint(painter({}))


def cut_short(folder: Path) -> None:
    file = folder / "transformer" / "diffusion_pytorch_model.safetensors"
    file.write_bytes(file.read_bytes()[:-100])


def flip_a_bit(folder: Path) -> None:
    file = folder / "text_encoder" / "model.safetensors"
    data = bytearray(file.read_bytes())
    data[-5] ^= 1
    file.write_bytes(data)


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize("harm", (cut_short, flip_a_bit))
def test_altered_weights_are_not_used(folder: Path, tmp_path: Path, harm: Any) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    weights.adopt(MODEL, copy)
    harm(copy)
    with pytest.raises(MissingModelError) as caught:
        paint(painter(BASE))
    assert MODEL in caught.value.mend


def edit(folder: Path, file: str, **fields: Any) -> None:
    path = folder / file
    path.write_text(json.dumps(json.loads(path.read_text()) | fields))


@pytest.mark.usefixtures("nowhere")
@pytest.mark.parametrize(
    ("file", "fields", "says"),
    (
        ("transformer/config.json", {"num_single_layers": 3}, "Flux2Transformer2DModel"),
        ("model_index.json", {"is_distilled": False}, "undistilled"),
    ),
)
def test_an_adopted_folder_that_is_no_such_model_is_refused(
    folder: Path, tmp_path: Path, file: str, fields: dict[str, Any], says: str
) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    edit(copy, file, **fields)
    weights.adopt(MODEL, copy)
    with pytest.raises(MissingModelError, match=says):
        paint(painter(BASE))


@pytest.mark.parametrize(
    ("given", "says"),
    (
        ({"model": "flux"}, "model"),
        ({"steps": 0}, "steps"),
        ({"views": 0}, "views"),
        ({"pixels": 5_000_000}, "pixels"),
        ({"offload": "disk"}, "offload"),
        # Distilled: nothing reads them.
        ({"guidance": 4.0}, "no setting 'guidance'"),
        ({"negative": "blurred"}, "no setting 'negative'"),
    ),
)
def test_settings_out_of_range_are_refused(given: dict[str, Any], says: str) -> None:
    with pytest.raises(RecipeError, match=says):
        painter(given)


# -- who it is, and the whole way --------------------------------------------------------------


def test_it_says_who_it_is() -> None:
    made = engine("painter", "flux")
    assert isinstance(made, FluxPainter)
    assert made.steps == 4
    info = made.info
    assert info.name == f"flux ({MODEL})"
    assert [model.name for model in info.models] == [MODEL]
    assert [way.mode for way in info.footprints] == ["none", "model", "group"]
    gpu = [way.gpu for way in info.footprints]
    assert gpu == sorted(gpu, reverse=True)


def test_the_whole_way_paints_with_it() -> None:
    """Random weights paint no face; this eye takes anything green for one."""
    photo = picture(Size(256, 256), 120)
    noise = np.random.default_rng(0).integers(-20, 20, photo.shape)
    photo = np.clip(photo + noise, 0, 255).astype(np.uint8)
    recipe = replace(
        PREVIZ, size=FILM, frames=4, fps=4, keyframe=KeyframePolicy(attempts=2, good_enough=0.0)
    )
    watch = Watcher()
    by = Engines(HalfWriter(), painter(BASE), SquareAnimator(), SquareEye(same_person=1.0))
    take = generate(Request(photo, "beach waves", recipe, seed=3), by, watch)
    assert take.keyframe.painter == f"flux ({MODEL})"
    assert take.keyframe.used["canvas"] == [96, 64]
    assert take.film.frames.shape == (4, 64, 90, 3)
    assert "keyframe 8" in watch.said
