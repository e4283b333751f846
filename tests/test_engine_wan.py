"""The animator wan: Wan's real classes with tiny random weights, read from disk by the engine.

Random weights make noise, so nothing here speaks of pictures; that the films are diffusers' own to
the bit is what is proven.
"""

from __future__ import annotations

import gc
import json
import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import diffusers as library
import numpy as np
import PIL.Image
import pytest
import torch
import transformers
from safetensors.torch import load_file

from tests import tiny, tiny_wan
from vivant.engines import Engines, engine, residency, weights
from vivant.engines.residency import Home
from vivant.engines.wan import models
from vivant.engines.wan.engine import WanAnimator
from vivant.errors import (
    CancelledError,
    EngineError,
    MissingModelError,
    PromptError,
    RecipeError,
)
from vivant.generate import generate
from vivant.recipe import PREVIZ, KeyframePolicy, Scalar, VerifyPolicy
from vivant.types import Film, Image, Length, Request, Shot, Size

diffusers: Any = library
FIVE, FOURTEEN, FOUR_STEPS = models.MODELS
SMALL = 128
FRAMES = {FIVE: Length(5, 24), FOURTEEN: Length(5, 16), FOUR_STEPS: Length(5, 16)}
KEYFRAME = tiny_wan.noise(SMALL, SMALL)


@pytest.fixture(scope="module", autouse=True)
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The three models in a weights store of their own, no network, one thread."""
    root = tmp_path_factory.mktemp("wan")

    def no_network(*_: Any) -> None:
        raise AssertionError("an engine opened a connection")

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIVANT_HOME", str(root / "home"))
        patch.setattr(socket.socket, "connect", no_network)
        tiny_wan.ti2v_5b().save_pretrained(root / "5b")
        tiny_wan.i2v_a14b().save_pretrained(root / "a14b")
        tiny_wan.lightning(root / "lightning")
        weights.adopt("wan2.2-ti2v-5b", root / "5b")
        weights.adopt("wan2.2-i2v-a14b", root / "a14b")
        weights.adopt("wan2.2-lightning-i2v", root / "lightning")
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        gc.freeze()  # every film ends in collections; they need not look through the libraries
        yield root
        gc.unfreeze()
        torch.set_num_threads(threads)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A weights store with nothing in it."""
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path / "home"))
    return tmp_path


def wan(model: str = FIVE, steps: int = 4, **given: Scalar) -> WanAnimator:
    return cast("WanAnimator", engine("animator", "wan", {"model": model, "steps": steps, **given}))


def shoot(
    animator: WanAnimator, seed: int = 7, watch: tiny.Watcher | None = None, text: str = "walks"
) -> Film:
    length = FRAMES[str(animator.info.name).split("(")[1].rstrip(")")]
    watch = watch or tiny.Watcher()
    return animator.animate(tiny.shot(tiny_wan.keyframe(KEYFRAME), text, length, seed), watch)


@cache
def usual() -> Image:
    """The film of an engine with nothing but defaults."""
    return shoot(wan()).frames


def plainly(pipe: Any, seed: int, guidance: float, **more: Any) -> Image:
    """diffusers' own call, and its floats as Pillow's users turn them into bytes."""
    pipe.scheduler = diffusers.UniPCMultistepScheduler.from_config(
        pipe.scheduler.config, flow_shift=5.0
    )
    pipe.set_progress_bar_config(disable=True)
    given: dict[str, Any] = {
        "image": PIL.Image.fromarray(KEYFRAME), "prompt": "walks",
        "negative_prompt": models.NEGATIVE, "height": SMALL, "width": SMALL, "num_frames": 5,
        "num_inference_steps": 4, "guidance_scale": guidance,
        "generator": torch.Generator().manual_seed(seed), **more,
    }  # fmt: skip
    floats = pipe(**given).frames[0]
    return cast("Image", (floats * 255).round().astype(np.uint8))


def original(model: str, dtype: torch.dtype = torch.float32) -> Any:
    """The pipeline as a user of diffusers reads it."""
    folder = weights.folder(models.MODELS[model].weights)
    vae = diffusers.AutoencoderKLWan.from_pretrained(folder / "vae", dtype=torch.float32)
    return diffusers.WanImageToVideoPipeline.from_pretrained(folder, vae=vae, dtype=dtype)


# -- films, against diffusers itself --------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "dtype", "guidance"),
    [(FIVE, "float32", 5.0), (FIVE, "bfloat16", 5.0), (FOURTEEN, "float32", 3.5)],
)
def test_a_film_is_diffusers_own_to_the_bit(model: str, dtype: str, guidance: float) -> None:
    film = shoot(wan(model, dtype=dtype))
    expected = plainly(original(model, getattr(torch, dtype)), 7, guidance)
    assert film.frames.shape == (5, SMALL, SMALL, 3)
    assert film.frames.dtype == np.uint8
    np.testing.assert_array_equal(film.frames, expected)
    assert film.frames.std() > 1


def test_the_four_step_film_is_diffusers_own_and_both_experts_are_adapted(store: Path) -> None:
    film = shoot(wan(FOUR_STEPS))
    pipe = original(FOUR_STEPS)
    for file, name in (("high_noise_model", "hi"), ("low_noise_model", "lo")):
        pipe.load_lora_weights(
            load_file(store / "lightning" / f"{file}.safetensors"),
            adapter_name=name,
            load_into_transformer_2=name == "lo",
        )
    pipe.set_adapters(["hi", "lo"], [1.0, 1.0])
    assert pipe.get_list_adapters() == {"transformer": ["hi"], "transformer_2": ["lo"]}
    np.testing.assert_array_equal(film.frames, plainly(pipe, 7, 1.0))
    for expert in (pipe.transformer, pipe.transformer_2):
        expert.disable_lora()
        assert not np.array_equal(film.frames, plainly(pipe, 7, 1.0)), "one expert is enough"
        expert.enable_lora()
    assert film.used["negative"] == "unused: guidance is 1"
    assert film.used["adapters"] == "wan2.2-lightning-i2v"


def test_published_float32_additions_are_worn_in_the_experts_number_type() -> None:
    animator = wan(FOUR_STEPS, dtype="bfloat16")
    shoot(animator)
    lease = animator._lease
    assert lease
    pipe = lease[1].take()
    for expert in (pipe.transformer, pipe.transformer_2):
        worn = {w.dtype for name, w in expert.named_parameters() if "lora_" in name}
        assert worn == {torch.bfloat16}
    animator.release()


def test_four_steps_lie_where_lightx2v_published_them() -> None:
    published = (1000.0, 937.5, 833.3, 625.0)
    used = shoot(wan(FOUR_STEPS)).used["timesteps"]
    # diffusers starts its noise levels at 0.9999 and cuts timesteps to integers: one at most.
    np.testing.assert_allclose(used, published, atol=1.01)
    euler = diffusers.FlowMatchEulerDiscreteScheduler(shift=5)
    euler.set_timesteps(4)
    assert max(abs(euler.timesteps.numpy() - published)) > 10


def test_the_seed_is_the_only_chance() -> None:
    animator = wan()
    np.testing.assert_array_equal(shoot(animator, 7).frames, usual())
    assert not np.array_equal(shoot(animator, 8).frames, usual())
    np.testing.assert_array_equal(shoot(animator, 7).frames, usual())
    animator.release()
    np.testing.assert_array_equal(shoot(animator, 7).frames, usual())


def test_the_record_says_what_was_used() -> None:
    watch = tiny.Watcher()
    film = shoot(wan(FOURTEEN, guidance=4.0, guidance_low=2.0), watch=watch)
    used = film.used
    assert json.loads(json.dumps(used)) == used
    assert watch.steps == used["steps"] == len(used["timesteps"]) == 4
    assert used["model"] == FOURTEEN
    assert used["scheduler"] == "UniPCMultistepScheduler"
    assert (used["guidance"], used["guidance_low"], used["flow_shift"]) == (4.0, 2.0, 5.0)
    assert used["negative"] == models.NEGATIVE
    assert used["home"]["device"] == "cpu"
    assert used["rungs"] == []
    error = np.mean((KEYFRAME.astype(float) - film.frames[0]) ** 2)
    assert used["start_psnr"] == pytest.approx(10 * np.log10(255**2 / error), abs=0.01)


def test_the_second_expert_s_guidance_matters() -> None:
    one, other = (shoot(wan(FOURTEEN, guidance_low=low)) for low in (3.5, 6.0))
    assert not np.array_equal(one.frames, other.frames)


def test_the_info_names_every_weight() -> None:
    info = wan(FOUR_STEPS).info
    assert [each.name for each in info.models] == ["wan2.2-i2v-a14b", "wan2.2-lightning-i2v"]
    assert {each.licence for each in info.models} == {"Apache-2.0"}
    assert all(each.sha256 for each in info.models)
    assert [each.mode for each in info.footprints] == ["none", "model", "group"]


# -- shots of a longer film -----------------------------------------------------------------------


def shot(model: str, **given: Any) -> Shot:
    keyframe = tiny_wan.keyframe(KEYFRAME)
    return replace(tiny.shot(keyframe, "walks", FRAMES[model], 7), first=8, **given)


@pytest.mark.parametrize(
    ("model", "guidance", "ends"),
    [(FIVE, 5.0, False), (FOURTEEN, 3.5, True)],
)
def test_a_shot_is_diffusers_own_from_its_start_to_its_end(
    model: str, guidance: float, ends: bool
) -> None:
    start, end = (tiny_wan.noise(SMALL, SMALL, seed) for seed in (1, 2))
    film = wan(model).animate(
        shot(model, start=start[None], end=end if ends else None), tiny.Watcher()
    )
    given = {"image": PIL.Image.fromarray(start)}
    last = {"last_image": PIL.Image.fromarray(end)} if ends else {}
    own = plainly(original(model), 7, guidance, **given, **last)
    np.testing.assert_array_equal(film.frames, own)
    for key, seen, frame in (("start_psnr", start, 0), ("end_psnr", end, -1)):
        if key in film.used:
            error = np.mean((seen.astype(float) - film.frames[frame]) ** 2)
            assert film.used[key] == pytest.approx(10 * np.log10(255**2 / error), abs=0.01)
    assert ("end_psnr" in film.used) == ends


@pytest.mark.parametrize(
    ("model", "arrives"), [(FIVE, False), (FOURTEEN, True), (FOUR_STEPS, True)]
)
def test_a14b_alone_can_be_told_its_last_picture(model: str, arrives: bool) -> None:
    reach = wan(model, models.MODELS[model].steps).reach
    assert (reach.repeats, reach.arrives) == (1, arrives)
    assert reach.frames == models.MODELS[model].frames


def test_diffusers_ignores_the_last_picture_of_ti2v_5b() -> None:
    """Why it can't arrive; when this fails, the library has learned it."""
    last = PIL.Image.fromarray(tiny_wan.noise(SMALL, SMALL, 2))
    np.testing.assert_array_equal(plainly(original(FIVE), 7, 5.0, last_image=last), usual())


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(
    ("model", "given", "said"),
    [
        (FIVE, {"end": KEYFRAME}, "can't be told"),
        (FIVE, {"start": np.stack([KEYFRAME] * 2)}, "continues 2 frames; this animator repeats 1"),
        (FIVE, {"start": KEYFRAME[None, 16:]}, "shape"),
        (FOURTEEN, {"end": KEYFRAME[16:]}, "shape"),
    ],
)
def test_a_shot_beyond_its_reach_is_an_error_before_any_weight(
    model: str, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(EngineError, match=said):
        wan(model).animate(shot(model, **given), tiny.Watcher())


# -- text -----------------------------------------------------------------------------------------


def test_the_text_encoder_reads_a_batch_once_and_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    forward = transformers.UMT5EncoderModel.forward
    read = 0

    def counted(self: Any, *args: Any, **named: Any) -> Any:
        nonlocal read
        read += 1
        return forward(self, *args, **named)

    monkeypatch.setattr(transformers.UMT5EncoderModel, "forward", counted)
    animator = wan()
    animator.read(["walks", "sings"])
    assert read == 3  # and the negative prompt
    film = shoot(animator)
    assert read == 3
    np.testing.assert_array_equal(film.frames, usual())
    assert not np.array_equal(film.frames, shoot(animator, text="sings").frames)


def test_a_prompt_longer_than_the_encoder_reads_is_refused() -> None:
    with pytest.raises(PromptError, match="reads 512"):
        shoot(wan(), text="walk " * 300)


# -- stopping, running short, broken weights ------------------------------------------------------


@pytest.mark.parametrize("stop", [1, 3])
def test_a_cancelled_film_leaves_an_engine_that_works(stop: int) -> None:
    animator = wan()
    with pytest.raises(CancelledError):
        shoot(animator, watch=tiny.Watcher(stop=stop))
    np.testing.assert_array_equal(shoot(animator).frames, usual())


@dataclass
class Starved(tiny.Watcher):
    """A machine whose memory runs out once, at the second step."""

    short: bool = True

    def step(self) -> None:
        super().step()
        if self.short and self.steps == 2:
            self.short = False
            raise MemoryError("no room")


def test_a_film_that_ran_out_of_memory_climbs_the_ladder_and_tells_each_step_once() -> None:
    watch = Starved()
    film = shoot(wan(), watch=watch)
    assert film.used["rungs"] == ["vae sliced"]
    assert film.used["home"]["vae"] == "sliced"
    assert watch.said == ["Out of memory; trying again with vae sliced."]
    assert watch.steps == 4
    np.testing.assert_array_equal(film.frames, usual())


def test_compiled_blocks_are_not_streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home("cuda", torch.bfloat16, "group", False, "whole", "auto")
    monkeypatch.setattr(residency, "settle", lambda *_: home)
    with pytest.raises(RecipeError, match=r"compile is on, .* must be streamed"):
        shoot(wan(compile=True))


def test_decoding_that_runs_out_of_memory_keeps_what_was_denoised(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kind = diffusers.AutoencoderKLWan
    clear, short = kind.clear_cache, [True]

    def starved(self: Any) -> None:
        clear(self)
        if short and sys._getframe(1).f_code.co_name == "_pieces":
            short.pop()
            raise MemoryError("no room")

    monkeypatch.setattr(kind, "clear_cache", starved)
    watch = tiny.Watcher()
    film = shoot(wan(), watch=watch)
    assert film.used["rungs"] == ["vae sliced"]
    assert film.used["home"]["vae"] == "sliced"
    assert watch.steps == 4
    np.testing.assert_array_equal(film.frames, usual())


@pytest.mark.usefixtures("bare")
def test_absent_weights_name_the_command() -> None:
    with pytest.raises(MissingModelError) as caught:
        shoot(wan())
    assert caught.value.mend == "Run: vivant models pull wan2.2-ti2v-5b"


def _shorten(folder: Path) -> None:
    file = folder / "transformer" / "diffusion_pytorch_model.safetensors"
    file.write_bytes(file.read_bytes()[:-100])


def _flip(folder: Path) -> None:
    file = folder / "vae" / "diffusion_pytorch_model.safetensors"
    data = bytearray(file.read_bytes())
    data[-5] ^= 1
    file.write_bytes(data)


def _drop(folder: Path) -> None:
    (folder / "text_encoder" / "model.safetensors").unlink()


@pytest.mark.parametrize("harm", [_shorten, _flip, _drop])
def test_weights_that_changed_since_they_were_recorded_are_not_used(
    store: Path, bare: Path, harm: Any
) -> None:
    shutil.copytree(store / "5b", bare / "5b")
    weights.adopt("wan2.2-ti2v-5b", bare / "5b")
    harm(bare / "5b")
    with pytest.raises(MissingModelError) as caught:
        shoot(wan())
    assert "vivant models" in caught.value.mend


def _edit(file: Path, **change: Any) -> None:
    file.write_text(json.dumps({**json.loads(file.read_text()), **change}))


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("model_index.json", {"boundary_ratio": 0.9}, "boundary_ratio = 0.9"),
        ("transformer/config.json", {"in_channels": 36}, "in_channels = 36"),
        ("vae/config.json", {"z_dim": 16}, "z_dim = 16"),
        ("transformer/config.json", {"num_layers": 3}, "missing from the files"),
        ("scheduler/scheduler_config.json", {"prediction_type": "epsilon"}, "flow model"),
    ],
)
def test_a_folder_of_another_model_is_refused(
    store: Path, bare: Path, file: str, change: dict[str, Any], said: str
) -> None:
    shutil.copytree(store / "5b", bare / "5b")
    _edit(bare / "5b" / file, **change)
    weights.adopt("wan2.2-ti2v-5b", bare / "5b")
    with pytest.raises(MissingModelError, match=said):
        shoot(wan())


def test_low_rank_files_of_another_model_are_refused(store: Path, bare: Path) -> None:
    weights.adopt("wan2.2-i2v-a14b", store / "a14b")
    shutil.copytree(store / "5b" / "vae", bare / "lightning")
    weights.adopt("wan2.2-lightning-i2v", bare / "lightning")
    with pytest.raises(MissingModelError, match="0 files high_noise_model"):
        shoot(wan(FOUR_STEPS))


# -- speed ----------------------------------------------------------------------------------------


def test_a_step_cache_is_recorded_for_each_expert() -> None:
    film = shoot(wan(FOURTEEN, 6, cache="first_block", cache_threshold=0.9))
    record = film.used["step_cache"]
    assert record["hits"] > 0
    assert set(record["experts"]) == {"transformer", "transformer_2"}
    assert sum(each["steps"] for each in record["experts"].values()) == 6


def test_a_step_cache_that_never_hits_is_an_error() -> None:
    with pytest.raises(EngineError, match="never hit"):
        shoot(wan(cache="first_block", cache_threshold=1e-6))


def test_a_tiled_film_has_the_same_size() -> None:
    keyframe = tiny_wan.keyframe(tiny_wan.noise(320, 256))
    film = wan(vae="tiled").animate(tiny.shot(keyframe, "walks", Length(5, 24), 1), tiny.Watcher())
    assert film.frames.shape == (5, 256, 320, 3)


def test_another_version_of_diffusers_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vivant.engines.wan.TESTED", ("0.1.0",))
    film = shoot(wan())
    refused = f"not applied: diffusers {library.__version__}"
    assert film.used["timestep_collapse"].startswith(refused)
    assert film.used["lean_autoencoder"].startswith(refused)
    np.testing.assert_array_equal(film.frames, usual())


def test_the_collapse_can_be_turned_off() -> None:
    film = shoot(wan(collapse=False))
    assert film.used["timestep_collapse"] == "not applied: turned off"
    np.testing.assert_array_equal(film.frames, usual())


# -- the whole way --------------------------------------------------------------------------------


class AnyEye(tiny.SquareEye):
    """Sees somebody in the middle of anything: random weights paint no face."""

    def look(self, image: Image) -> Any:
        marked = image.copy()
        marked[..., 1] = tiny.picture(Size(*marked.shape[1::-1]), 0)[..., 1]
        return super().look(marked)


@pytest.mark.parametrize("model", [FIVE, FOUR_STEPS])
def test_the_whole_way_from_a_photo_to_a_film(model: str) -> None:
    watch = tiny.Watcher()
    animator = wan(model)
    recipe = replace(
        PREVIZ,
        size=Size(SMALL, SMALL),
        fps=FRAMES[model].fps,
        frames=5,
        keyframe=KeyframePolicy(1, 1.0),
        verify=VerifyPolicy(1, 1.0, 0.5),
    )
    request = Request(tiny_wan.noise(512, 512), "A person walks", recipe, 3)
    engines = Engines(tiny.HalfWriter(), tiny.SquarePainter([120]), animator, AnyEye())
    take = generate(request, engines, watch)
    assert take.film.frames.shape == (5, SMALL, SMALL, 3)
    assert take.film.used["model"] == model
    assert "motion 4" in watch.said
    assert len(take.verdict.people[0].curve) == 5
