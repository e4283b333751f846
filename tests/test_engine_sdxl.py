"""SDXL with the IP-Adapter on tiny weights of the published layout; see ``tests/tiny_sdxl.py``."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests import tiny_sdxl
from tests.tiny import HalfWriter, SquareAnimator, SquareEye, Watcher, picture
from vivant import image as pictures
from vivant import types
from vivant.engines import Engines, painting, weights
from vivant.engines import engine as of_table
from vivant.engines.extras import need
from vivant.engines.facemesh import FaceMesh
from vivant.engines.sdxl import prompts, refine
from vivant.engines.sdxl.engine import SdxlPainter, painter
from vivant.engines.sdxl.sampling import SAMPLERS
from vivant.engines.sdxl.studio import hushed
from vivant.errors import (
    CancelledError,
    EngineError,
    GeometryError,
    MissingModelError,
    PromptError,
    RecipeError,
)
from vivant.generate import generate
from vivant.recipe import PREVIZ, KeyframePolicy

SIZE = types.Size(72, 64)
SMALL: dict[str, Any] = {"steps": 3, "pixels": 72 * 64, "refine": False, "refine_side": 64}
LONG = "a woman in a long red coat on a wet street at night, " * 5


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder with the tiny models adopted."""
    home = tmp_path_factory.mktemp("home")
    tiny_sdxl.link_face_mesh(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIVANT_HOME", str(home))
        weights.adopt("realvisxl-v4", tiny_sdxl.save_pipeline(home / "sdxl"))
        weights.adopt("sdxl-base", tiny_sdxl.save_pipeline(home / "base", variant=None))
        weights.adopt("ip-adapter-plus-face-sdxl", tiny_sdxl.save_adapter(home / "adapter"))
    return home


@pytest.fixture
def home(stock: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVANT_HOME", str(stock))
    return stock


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def pipe(stock: Path) -> Any:
    """The tiny checkpoint as anybody loads it."""
    return tiny_sdxl.read_pipeline(stock / "sdxl")


@pytest.fixture(scope="module")
def engine(stock: Path) -> Iterator[SdxlPainter]:
    """One engine for the tests that only paint: its models are loaded once."""
    del stock
    made = painter(SMALL)
    yield made
    made.release()


@pytest.fixture(scope="module")
def who() -> types.Reference:
    image = np.ascontiguousarray(need("skimage.data", "demo").astronaut())
    face = types.Face(types.Box(178, 70, 274, 192), np.zeros((0, 2), np.float32), None, 1.0)
    return types.Reference(image, face, "0" * 64)


def paint(engine: SdxlPainter, who: types.Reference, **more: Any) -> types.Painting:
    asked = {"text": "a woman, close-up", "size": SIZE, "seed": 7, "watch": Watcher(), **more}
    return engine.paint(
        types.SpatialPrompt(asked["text"]), (who,), asked["size"], asked["seed"], asked["watch"]
    )


# -- prompts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "a man", "a" * 75])
@pytest.mark.parametrize("negative", ["", "worst quality"])
def test_up_to_75_tokens_are_the_pipelines_own(pipe: Any, text: str, negative: str) -> None:
    wanted = pipe.encode_prompt(text, negative_prompt=negative or None)
    got = prompts.encode(pipe, text, negative)
    order = (got.prompt, got.negative, got.pooled, got.negative_pooled)
    assert got.chunks == 1
    assert all(torch.equal(one, other) for one, other in zip(order, wanted, strict=True))


def test_longer_prompts_are_the_encoders_chunk_by_chunk(pipe: Any) -> None:
    """The tokens are bytes, so the chunks can be cut by hand: 75 characters, no space among
    them."""
    parts = ["b" * 75, "c" * 75, "d" * 10]
    got = prompts.encode(pipe, "".join(parts), "worst quality")
    alphabet = tiny_sdxl.byte_alphabet()
    for side, (encoder, padding) in enumerate(
        ((pipe.text_encoder, 513), (pipe.text_encoder_2, alphabet.index("!")))
    ):
        for number, part in enumerate(parts):
            ids = [512, *(alphabet.index(letter) for letter in part), 513]
            if number == 2:
                ids[-2] += 256  # a word's last letter is another token
            ids += [padding] * (77 - len(ids))
            with torch.no_grad():
                said = encoder(torch.tensor([ids]), output_hidden_states=True)
            span = (
                slice(0, 1),
                slice(77 * number, 77 * number + 77),
                slice(16 * side, 16 * side + 16),
            )
            assert torch.equal(got.prompt[span], said.hidden_states[-2])
            if number == 0 and side == 1:
                assert torch.equal(got.pooled, said.text_embeds)
    short = prompts.encode(pipe, "worst quality", "")
    empty = prompts.encode(pipe, "", "")
    assert torch.equal(got.negative[:, :77], short.prompt)
    assert torch.equal(got.negative[:, 77:], torch.cat([empty.prompt, empty.prompt], 1))
    assert torch.equal(got.negative_pooled, short.pooled)
    assert got.chunks == 3


def test_the_end_of_a_long_prompt_counts(
    engine: SdxlPainter, who: types.Reference, home: Path
) -> None:
    del home
    day, night = (paint(engine, who, text=LONG + when) for when in ("day", "night"))
    assert day.used["chunks"] == 3
    assert (day.image != night.image).any()


def test_more_than_600_tokens_are_refused(pipe: Any) -> None:
    prompts.encode(pipe, "a" * 600, "")
    with pytest.raises(PromptError, match="9 chunks"):
        prompts.encode(pipe, "a" * 601, "")


def test_control_tokens_are_refused(nowhere: Path, who: types.Reference) -> None:
    del nowhere
    with pytest.raises(PromptError, match=r"<\|endoftext\|>"):
        paint(painter(SMALL), who, text="a man <|endoftext|> more")


# -- pictures ----------------------------------------------------------------------------------


def adapted(home: Path) -> Any:
    """The checkpoint with the adapter and the sampler, as anybody puts them together."""
    plain = tiny_sdxl.read_pipeline(home / "sdxl")
    plain.load_ip_adapter(
        str(home / "adapter"), subfolder="sdxl_models", local_files_only=True,
        weight_name="ip-adapter-plus-face_sdxl_vit-h.safetensors",
        image_encoder_folder="models/image_encoder",
    )  # fmt: skip
    plain.set_ip_adapter_scale(0.7)
    plain.scheduler = need("diffusers", "gpu").DPMSolverMultistepScheduler.from_config(
        plain.scheduler.config, algorithm_type="sde-dpmsolver++", use_karras_sigmas=True
    )
    return plain


def test_it_is_the_plain_diffusers_call(
    engine: SdxlPainter, who: types.Reference, home: Path
) -> None:
    got = paint(engine, who)
    plain = adapted(home)
    prompt = prompts.encode(plain, "a woman, close-up.", engine.settings.negative)
    head = painting.cut(who, painting.HEAD).image
    with hushed():
        wanted = plain(
        **prompt.arguments, width=72, height=64, num_inference_steps=3, guidance_scale=5.0,
        ip_adapter_image=PIL.Image.fromarray(head), generator=torch.Generator().manual_seed(7),
    ).images[0]  # fmt: skip
    assert np.array_equal(got.image, np.asarray(wanted))


def test_same_seed_same_bytes(engine: SdxlPainter, who: types.Reference, home: Path) -> None:
    del home
    one, again, other = (paint(engine, who, seed=seed).image for seed in (1, 1, 2))
    assert np.array_equal(one, again)
    assert (one != other).any()


def test_the_reference_is_seen(engine: SdxlPainter, who: types.Reference, home: Path) -> None:
    del home
    dark = types.Reference(who.image // 4, who.face, "1" * 64)
    assert (paint(engine, who).image != paint(engine, dark).image).any()


@pytest.mark.parametrize("size", [(96, 66), (64, 128), (65, 67)])
def test_the_picture_has_exactly_the_films_size(
    engine: SdxlPainter, who: types.Reference, home: Path, size: tuple[int, int]
) -> None:
    del home
    picture = paint(engine, who, size=types.Size(*size)).image
    assert picture.shape == (size[1], size[0], 3)
    assert picture.dtype == np.uint8


def test_the_record_says_what_was_used(
    engine: SdxlPainter, who: types.Reference, home: Path
) -> None:
    del home
    used = dict(paint(engine, who).used)
    assert json.loads(json.dumps(used)) == used
    assert used["model"] == "realvisxl-v4"
    assert used["scheduler"] == "DPMSolverMultistepScheduler"
    assert len(used["timesteps"]) == 3
    assert used["guidance"] == 5.0
    assert used["canvas"] == [72, 64]
    assert used["home"]["dtype"] == "float32"
    assert used["adapter"]["scale"] == 0.7
    assert used["adapter"]["references"][0]["framing"] == "head"
    assert used["rungs"] == []


def test_cancelling_leaves_nothing_half_held(
    engine: SdxlPainter, who: types.Reference, home: Path
) -> None:
    del home
    whole = Watcher()
    wanted = paint(engine, who, watch=whole).image
    assert whole.steps == engine.steps == 3
    with pytest.raises(CancelledError):
        paint(engine, who, watch=Watcher(stop=2))
    assert np.array_equal(paint(engine, who).image, wanted)


def test_files_without_a_variant_are_read_too(
    engine: SdxlPainter, who: types.Reference, home: Path
) -> None:
    """The same weights under the plain names."""
    del home
    got = paint(painter({**SMALL, "model": "sdxl-base"}), who)
    assert got.used["model"] == "sdxl-base"
    assert np.array_equal(got.image, paint(engine, who).image)


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
def test_half_the_precision_paints_too(home: Path, who: types.Reference, dtype: str) -> None:
    del home
    got = paint(painter({**SMALL, "dtype": dtype}), who)
    assert got.used["home"]["dtype"] == dtype
    assert got.image.std() > 1


class Short(Watcher):
    """Out of memory at its first step."""

    def step(self) -> None:
        super().step()
        if self.steps == 1:
            raise MemoryError


def test_out_of_memory_it_begins_again_on_the_next_rung(home: Path, who: types.Reference) -> None:
    del home
    made, watch = painter(SMALL), Short()
    got = paint(made, who, watch=watch)
    assert got.used["rungs"] == ["vae sliced"]
    assert got.used["home"]["vae"] == "sliced"
    assert watch.said == ["Out of memory; trying again with vae sliced."]
    # What did not fit once is not tried again for the next attempt.
    again = paint(made, who)
    assert (again.used["home"]["vae"], again.used["rungs"]) == ("sliced", [])
    assert np.array_equal(again.image, got.image)


def test_the_whole_way_paints_with_it(home: Path) -> None:
    """Random weights paint no face; this eye takes anything green for one."""
    del home
    portrait = picture(types.Size(256, 256), 120)
    noise = np.random.default_rng(0).integers(-20, 20, portrait.shape)
    portrait = np.clip(portrait + noise, 0, 255).astype(np.uint8)
    recipe = replace(
        PREVIZ, size=SIZE, frames=4, fps=4, keyframe=KeyframePolicy(attempts=2, good_enough=0.0)
    )
    watch = Watcher()
    by = Engines(HalfWriter(), painter(SMALL), SquareAnimator(), SquareEye(same_person=1.0))
    take = generate(types.Request(portrait, "beach waves", recipe, seed=3), by, watch)
    assert take.keyframe.painter == "sdxl (realvisxl-v4)"
    assert take.keyframe.used["canvas"] == [72, 64]
    assert take.film.frames.shape == (4, 64, 72, 3)
    assert "keyframe 6" in watch.said


def test_importing_and_asking_load_no_model_library() -> None:
    code = (
        "import sys\nfrom vivant.engines import engine\n"
        "from vivant.geometry import Size\n"
        "for name in ('sdxl', 'hyperlora'):\n"
        "    made = engine('painter', name)\n    made.info, made.check(Size(832, 480))\n"
        "heavy = {'torch', 'diffusers', 'transformers', 'peft', 'onnxruntime'} & set(sys.modules)\n"
        "sys.exit(','.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_it_says_who_it_is() -> None:
    made = of_table("painter", "sdxl", {"model": "sdxl-base"})
    assert isinstance(made, SdxlPainter)
    assert made.steps == 30 + 10
    assert made.info.name == "sdxl (sdxl-base)"
    assert [model.name for model in made.info.models] == ["sdxl-base", "ip-adapter-plus-face-sdxl"]
    gpu = [way.gpu for way in made.info.footprints]
    assert gpu == sorted(gpu, reverse=True)


# -- the face ----------------------------------------------------------------------------------


def brush(pipe: Any, watch: Watcher) -> refine.Brush:
    pipe.scheduler = painter({}).settings.scheduler(pipe)
    arguments = {
        **prompts.encode(pipe, "a woman", "").arguments,
        "callback_on_step_end": painting.steps_to(watch),
    }
    return refine.Brush(5.0, 64, torch.Generator().manual_seed(3), arguments)


@pytest.mark.models
def test_the_largest_face_is_painted_anew_and_nothing_else(pipe: Any, who: types.Reference) -> None:
    """Two astronauts, one at half size, at a fixed seed."""
    small = pictures.resize(who.image, types.Size(256, 256))
    both = np.concatenate([who.image, np.pad(small, ((0, 256), (0, 0), (0, 0)))], axis=1)
    watch = Watcher()
    with hushed():
        got, record = refine.largest(pipe, both, FaceMesh(), brush(pipe, watch), watch)
    assert watch.steps == refine.TICKS == 10
    x0, y0, x1, y1 = record["face"]
    assert x0 + 20 >= 178 and x1 - 20 <= 274 and y0 + 20 >= 70 and y1 - 20 <= 192
    changed = (got != both).any(-1)
    assert changed[y0:y1, x0:x1].mean() > 0.5
    rows, columns = np.nonzero(changed)
    reach = x1 - x0
    assert x0 - reach < columns.min() and columns.max() < x1 + reach
    assert y0 - reach < rows.min() and rows.max() < y1 + reach


@pytest.mark.models
def test_the_face_is_diffusers_own_inpainting(pipe: Any, who: types.Reference) -> None:
    face = types.Box(180, 80, 270, 180)
    inpaint = need("diffusers", "gpu").StableDiffusionXLInpaintPipeline.from_pipe(pipe)
    with hushed():
        got = refine.refine(pipe, who.image, face, brush(pipe, Watcher()))
        again = brush(pipe, Watcher())
        wanted = inpaint(
            image=PIL.Image.fromarray(who.image), mask_image=refine.mask(who.image, face),
            padding_mask_crop=60, width=64, height=64, strength=0.5, num_inference_steps=20,
            guidance_scale=5.0, generator=torch.Generator().manual_seed(3), **again.arguments,
        ).images[0]  # fmt: skip
    assert np.array_equal(got, np.asarray(wanted))


@pytest.mark.models
def test_where_no_face_is_found_its_steps_count_as_done(
    home: Path, engine: SdxlPainter, who: types.Reference
) -> None:
    del home
    made = painter({**SMALL, "refine": True})
    watch = Watcher()
    got = paint(made, who, watch=watch)
    assert watch.steps == made.steps == 13
    assert got.used["refined"] == {"face": None, "why": "no face found in the picture"}
    assert np.array_equal(got.image, paint(engine, who).image)


@pytest.mark.models
def test_stopped_at_the_face_it_can_begin_anew(pipe: Any, who: types.Reference) -> None:
    face = types.Box(180, 80, 270, 180)
    with hushed():
        wanted = refine.refine(pipe, who.image, face, brush(pipe, Watcher()))
        with pytest.raises(CancelledError):
            refine.refine(pipe, who.image, face, brush(pipe, Watcher(stop=4)))
        again = refine.refine(pipe, who.image, face, brush(pipe, Watcher()))
    assert np.array_equal(again, wanted)


# -- a face anew -------------------------------------------------------------------------------

WORDS = types.SpatialPrompt("a woman, close-up")


@pytest.fixture(scope="module")
def frame(who: types.Reference) -> types.Image:
    """Of a film whose sides no canvas has."""
    return pictures.resize(who.image, types.Size(301, 301))[:270]


@pytest.mark.models
def test_a_face_anew_is_diffusers_own_inpainting_under_the_adapter(
    home: Path, engine: SdxlPainter, who: types.Reference, frame: types.Image
) -> None:
    watch = Watcher()
    got = engine.reanchor(frame, WORDS, (who,), 5, watch)
    assert got is not None
    assert watch.steps == 10
    (face,) = (found.box for found in FaceMesh().find(frame))
    plain = adapted(home)
    prompt = prompts.encode(plain, "a woman, close-up.", engine.settings.negative)
    inpaint = need("diffusers", "gpu").StableDiffusionXLInpaintPipeline.from_pipe(plain)
    with hushed():
        wanted = inpaint(
            **prompt.arguments, image=PIL.Image.fromarray(frame),
            mask_image=refine.mask(frame, face), width=64, height=64, strength=0.5,
            padding_mask_crop=round(0.6 * max(face.width, face.height)), num_inference_steps=20,
            ip_adapter_image=PIL.Image.fromarray(painting.cut(who, painting.HEAD).image),
            guidance_scale=5.0, generator=torch.Generator().manual_seed(5),
        ).images[0]  # fmt: skip
    assert np.array_equal(got.image, np.asarray(wanted))
    changed = (got.image != frame).any(-1)
    assert changed.any() and not changed[:, :60].any() and not changed[200:].any()


@pytest.mark.models
def test_a_face_anew_is_recorded_and_a_cancelled_one_leaves_a_painter_that_works(
    home: Path, engine: SdxlPainter, who: types.Reference, frame: types.Image
) -> None:
    del home
    got = engine.reanchor(frame, WORDS, (who,), 5, Watcher())
    with pytest.raises(CancelledError):
        engine.reanchor(frame, WORDS, (who,), 5, Watcher(stop=4))
    again = engine.reanchor(frame, WORDS, (who,), 5, Watcher())
    assert got is not None and again is not None
    assert np.array_equal(got.image, again.image)
    used = dict(got.used)
    assert json.loads(json.dumps(used)) == used
    assert (used["refined"]["strength"], used["refined"]["steps"]) == (0.5, 20)
    assert "steps" not in used and "canvas" not in used
    assert used["adapter"]["references"][0]["framing"] == "head"


@pytest.mark.models
def test_without_a_face_there_is_none_to_paint_anew(home: Path, who: types.Reference) -> None:
    """And no model is loaded to learn that."""
    del home
    blank = np.full((64, 72, 3), 90, np.uint8)
    made, watch = painter(SMALL), Watcher()
    assert made.reanchor(blank, WORDS, (who,), 5, watch) is None
    assert watch.steps == 0


@pytest.mark.parametrize("people", (0, 2))
def test_it_takes_one_person(nowhere: Path, who: types.Reference, people: int) -> None:
    del nowhere
    made = painter(SMALL)
    assert made.people == 1
    with pytest.raises(EngineError, match=f"{people} people; this painter takes 1 to 1"):
        made.paint(WORDS, (who,) * people, SIZE, 1, Watcher())
    with pytest.raises(EngineError, match=f"{people} people"):
        made.reanchor(np.zeros((64, 64, 3), np.uint8), WORDS, (who,) * people, 1, Watcher())


@given(x=st.floats(-20, 90), y=st.floats(-20, 60), width=st.floats(8, 60), height=st.floats(8, 60))
def test_the_mask_is_whole_in_the_face_and_ends_within_a_box(
    x: float, y: float, width: float, height: float
) -> None:
    picture = np.zeros((64, 96, 3), np.uint8)
    face = types.Box(x, y, x + width, y + height)
    drawn = np.asarray(refine.mask(picture, face))
    assert drawn.shape == (64, 96)
    cx, cy = (int(side) for side in face.centre)
    if 0 <= cx < 96 and 0 <= cy < 64 and min(width, height) > 20:
        assert drawn[cy, cx] > 200
    rows, columns = np.nonzero(drawn)
    far = max(width, height)
    assert not len(rows) or (x - far <= columns.min() and columns.max() <= x + width + far)


def test_without_its_detector_a_face_is_refused_before_anything_large(
    nowhere: Path, who: types.Reference
) -> None:
    del nowhere
    with pytest.raises(MissingModelError, match="face_detection_short_range"):
        paint(painter({**SMALL, "refine": True}), who)


# -- refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "size", "why"),
    [
        ({}, (60, 64), "below 64"),
        ({}, (4096, 2160), "would be soft"),
        ({}, (1280, 320), "4.00 times as long"),
        ({"pixels": 0}, (836, 480), "does not divide by 8"),
        ({"pixels": 0}, (1920, 1080), "more than 1,572,864"),
        ({"pixels": 0}, (4096, 64), "outside 64 to 2048"),
    ],
)
def test_a_size_is_refused_before_any_weight(
    nowhere: Path,
    who: types.Reference,
    settings: dict[str, Any],
    size: tuple[int, int],
    why: str,
) -> None:
    del nowhere
    with pytest.raises(GeometryError, match=why):
        paint(painter(settings), who, size=types.Size(*size))


@pytest.mark.parametrize(
    ("settings", "size", "canvas"),
    [
        ({}, (832, 480), "1352x776"),
        ({}, (1280, 704), "1384x760"),
        ({"pixels": 0}, (832, 480), "832x480"),
        ({"pixels": 832 * 480}, (1280, 704), "856x472"),
    ],
)
def test_the_canvas(settings: dict[str, Any], size: tuple[int, int], canvas: str) -> None:
    assert str(painter(settings).settings.canvas(types.Size(*size)).size) == canvas


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("steps", 0, "steps is 0; it must lie within 1 to 200"),
        ("guidance", 0.5, "guidance is 0.5"),
        ("scale", 1.6, "scale is 1.6"),
        ("model", "sd15", "one of realvisxl-v4, sdxl-base"),
        ("sampler", "euler", "one of dpm"),
        ("pixels", 100, "pixels is 100"),
        ("refine_side", 100, "must divide by 8"),
        ("refine_side", 32, "within 64 to 2048"),
        ("strength", 0.5, "no setting 'strength'"),
        ("steps", "many", "must be of type int"),
        ("dtype", "int8", "dtype"),
        ("negative", "<|endoftext|>", "control token"),
        ("negative", "a" * 2001, "2001 characters"),
    ],
)
def test_settings_out_of_range_are_refused(name: str, value: Any, why: str) -> None:
    with pytest.raises(RecipeError, match=why):
        painter({name: value})


@pytest.mark.parametrize("sampler", SAMPLERS)
def test_every_sampler_is_karras_over_the_checkpoints_noise(pipe: Any, sampler: str) -> None:
    """Karras et al., 2022, equation 5: rho = 7 between the least and the most noise."""
    with hushed():
        scheduler = painter({"sampler": sampler}).settings.scheduler(pipe)
        scheduler.set_timesteps(5)
    betas = np.linspace(0.00085**0.5, 0.012**0.5, 1000) ** 2
    kept = np.cumprod(1 - betas)
    noise = np.sqrt((1 - kept) / kept)
    most, least = noise[-1] ** (1 / 7), noise[0] ** (1 / 7)
    wanted = (most + np.linspace(0, 1, 5) * (least - most)) ** 7
    assert np.allclose(scheduler.sigmas[:-1], wanted, rtol=1e-4)
    assert scheduler.sigmas[-1] == 0


@pytest.mark.parametrize(
    ("model", "file", "harm", "mend"),
    [
        ("sdxl", "", "absent", "realvisxl-v4"),
        ("adapter", "", "absent", "ip-adapter-plus-face-sdxl"),
        ("sdxl", "unet/diffusion_pytorch_model.fp16.safetensors", "cut", "realvisxl-v4"),
        ("sdxl", "vae/diffusion_pytorch_model.fp16.safetensors", "flipped", "realvisxl-v4"),
        ("sdxl", "unet/config.json", "other", "realvisxl-v4"),
        ("adapter", "models/image_encoder/config.json", "other", "ip-adapter-plus-face-sdxl"),
        (
            "adapter",
            "sdxl_models/ip-adapter-plus-face_sdxl_vit-h.safetensors",
            "other",
            "ip-adapter-plus-face-sdxl",
        ),
    ],
)
def test_weights_that_are_not_as_published(
    stock: Path, nowhere: Path, who: types.Reference, model: str, file: str, harm: str, mend: str
) -> None:
    names = {"sdxl": "realvisxl-v4", "adapter": "ip-adapter-plus-face-sdxl"}
    for folder in names:
        shutil.copytree(stock / folder, nowhere / folder)
    if harm == "other":
        spoil(nowhere / model / file)
    for folder, name in names.items():
        if (folder, harm) != (model, "absent"):
            weights.adopt(name, nowhere / folder)
    path = nowhere / model / file
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-100])
    elif harm == "flipped":
        path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(MissingModelError, match=mend) as refused:
        paint(painter(SMALL), who)
    assert "vivant models" in str(refused.value)


def spoil(path: Path) -> None:
    """A file that is whole and says something else."""
    if path.suffix == ".json":
        told = json.loads(path.read_text())
        told |= {"block_out_channels": [16, 32, 32], "hidden_size": 48}
        path.write_text(json.dumps(told))
    else:
        shutil.copy(path.parent.parent / "models" / "image_encoder" / "model.safetensors", path)
