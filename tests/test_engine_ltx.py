"""LTX-2: the same film as diffusers' own call makes, from weights on disk and nothing else.

The classes are the real ones; their few weights are random (``tiny_ltx``), so films are noise.
"""

from __future__ import annotations

import gc
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import pytest
import torch
from diffusers.pipelines.ltx2.pipeline_ltx2_condition import LTX2VideoCondition
from diffusers.pipelines.ltx2.utils import DISTILLED_SIGMA_VALUES

from tests import tiny, tiny_ltx
from tests.tiny import HalfWriter, SquareEye, SquarePainter, Watcher, picture, reference
from vivant import generate
from vivant.engines import Engines, engine, weights
from vivant.engines.ltx import LtxAnimator, animator, halves
from vivant.engines.ltx.published import DISTILLED_SIGMAS, NEGATIVE, Model
from vivant.engines.residency import Home
from vivant.errors import (
    CancelledError,
    EngineError,
    GeometryError,
    MissingExtraError,
    MissingModelError,
    PromptError,
    RecipeError,
)
from vivant.geometry import Length, Size
from vivant.recipe import PREVIZ, KeyframePolicy, Scalar, VerifyPolicy
from vivant.types import (
    Face,
    Film,
    Image,
    Keyframe,
    Observer,
    Request,
    Shot,
    Silent,
    SpatialPrompt,
)

SIZE, LENGTH = Size(96, 64), Length(9, 24)
PROMPT = "She turns to the camera and smiles."
UNGUIDED: Mapping[str, Scalar] = {
    "steps": 2, "perturbed_guidance": 0.0, "modality_guidance": 1.0,
}  # fmt: skip
"""Two passes a step instead of four, where guidance is not the matter."""
DISTILLED: Mapping[str, Scalar] = {"variant": "distilled"}


@pytest.fixture(scope="module", autouse=True)
def _alone() -> Iterator[None]:
    """No network, one thread."""

    def refuse(*_: object) -> None:
        raise AssertionError("an engine asked for the network")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        threads = torch.get_num_threads()
        torch.set_num_threads(1)
        gc.freeze()  # every film ends in collections; they need not look through the libraries
        yield
        gc.unfreeze()
        torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_ltx.save(tmp_path_factory.mktemp("hub") / "ltx-2")


@pytest.fixture(scope="module")
def lora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_ltx.save_lora(tmp_path_factory.mktemp("hub") / "lora")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, folder: Path, lora: Path) -> Path:
    """A model store that knows both."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIVANT_HOME", str(home))
        weights.adopt("ltx-2", folder)
        weights.adopt("ltx-2-distilled-lora", lora)
    return home


@pytest.fixture
def stored(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVANT_HOME", str(home))


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a model store that holds nothing."""
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture(scope="module")
def plain(folder: Path) -> Any:
    """diffusers' own pipeline, whole."""
    return opened(folder)


@pytest.fixture(scope="module")
def full() -> Iterator[LtxAnimator]:
    """The full variant in few passes, its models kept from test to test."""
    ltx = animator(UNGUIDED)
    yield ltx
    ltx.release()


@pytest.fixture(scope="module")
def films(home: Path) -> Mapping[str, Film]:
    """One film of each kind, of the same keyframe, prompt and seed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIVANT_HOME", str(home))
        return {"full": made(UNGUIDED), "distilled": made(DISTILLED)}


@pytest.fixture(scope="module")
def deep(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Published guidance leaves out the self-attention of block 29, so here there is one."""
    return tiny_ltx.save(tmp_path_factory.mktemp("deep") / "ltx-2", blocks=30)


def noise(size: Size = SIZE, seed: int = 0) -> Image:
    chance = np.random.default_rng(seed)
    return chance.integers(0, 256, (size.height, size.width, 3), np.uint8)


def keyframe(image: Image) -> Keyframe:
    return Keyframe(image, SpatialPrompt("noise"), (reference(),), 1, "nobody", 0.0, ())


def made(given: Mapping[str, Scalar], size: Size = SIZE, prompt: str = PROMPT) -> Film:
    """A film by an engine of its own."""
    ltx = animator(given)
    try:
        return moved(ltx, size, prompt)
    finally:
        ltx.release()


def moved(
    ltx: LtxAnimator,
    size: Size = SIZE,
    prompt: str = PROMPT,
    seed: int = 7,
    watch: Observer | None = None,
) -> Film:
    return ltx.animate(tiny.shot(keyframe(noise(size)), prompt, LENGTH, seed), watch or Silent())


def opened(folder: Path, **parts: Any) -> Any:
    kind = tiny_ltx.diffusers.LTX2ImageToVideoPipeline
    pipe = kind.from_pretrained(folder, local_files_only=True, use_safetensors=True, **parts)
    pipe.set_progress_bar_config(disable=True)
    return pipe


def called(pipe: Any, size: Size = SIZE, seed: int = 7, **more: Any) -> Image:
    """diffusers' own call with pictures as its output."""
    frames = pipe(**{
        "image": PIL.Image.fromarray(noise(size)), "prompt": PROMPT, "height": size.height,
        "width": size.width, "num_frames": LENGTH.frames, "frame_rate": 24.0,
        "use_cross_timestep": False, "generator": torch.Generator("cpu").manual_seed(seed),
        "output_type": "pil", **more,
    }).frames[0]  # fmt: skip
    return np.stack([np.asarray(frame) for frame in frames])


def alive(kind: str) -> int:
    """How many models of this class the process holds."""
    return sum(type(each).__name__ == kind for each in gc.get_objects())


# -- the same as diffusers ---------------------------------------------------------------------


@pytest.mark.usefixtures("stored")
def test_prompts_read_at_once_need_the_text_encoder_once(
    films: Mapping[str, Film], monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: list[Home] = []
    reader = halves.reader

    def counted(model: Model, home: Home) -> Any:
        readers.append(home)
        return reader(model, home)

    monkeypatch.setattr(halves, "reader", counted)
    ltx = animator(UNGUIDED)
    ltx.read([PROMPT, "sings"])
    np.testing.assert_array_equal(moved(ltx).frames, films["full"].frames)
    moved(ltx, prompt="sings")
    ltx.release()
    assert len(readers) == 1


def test_the_film_is_diffusers_own_bit_for_bit(deep: Path, empty: Path) -> None:
    """With the settings of Lightricks' LTX_2_PARAMS, spelled out here a second time."""
    del empty
    weights.adopt("ltx-2", deep)
    part = tiny_ltx.diffusers.LTX2VideoTransformer3DModel.from_pretrained(
        deep / "transformer", perturbed_attn=True
    )
    film, pipe = made({"steps": 2}), opened(deep, transformer=part)
    published: dict[str, Any] = {
        "negative_prompt": NEGATIVE, "num_inference_steps": 2,
        "guidance_scale": 3.0, "stg_scale": 1.0, "modality_scale": 3.0, "guidance_rescale": 0.7,
        "audio_guidance_scale": 7.0, "audio_stg_scale": 1.0, "audio_modality_scale": 3.0,
        "audio_guidance_rescale": 0.7, "image_crf": 33,
    }  # fmt: skip
    own = called(pipe, spatio_temporal_guidance_blocks=[29], **published)
    assert (film.frames == own).all()
    other = called(pipe, spatio_temporal_guidance_blocks=[28], **published)
    assert (film.frames != other).any(), "the block doesn't matter"


def test_diffusers_alone_perturbs_nothing(plain: Any) -> None:
    """Why the transformer isn't loaded as its configuration says: no block makes a difference."""
    one, other = (
        called(plain, num_inference_steps=2, spatio_temporal_guidance_blocks=[block])
        for block in (0, 1)
    )
    assert (one == other).all()


@pytest.mark.usefixtures("stored")
def test_so_is_every_other_setting(plain: Any) -> None:
    """Decoded in two tiles, since a side of 544 is more than 512."""
    wide = Size(544, 64)
    film = made(
        {
            "steps": 3, "guidance": 2.0, "sound_guidance": 4.0, "perturbed_guidance": 0.0,
            "modality_guidance": 1.0, "rescale": 0.0, "negative": "rain", "keyframe_crf": 0,
            "vae": "tiled",
        },
        wide,
    )  # fmt: skip
    plain.vae.enable_tiling()
    try:
        own = called(
            plain, wide, negative_prompt="rain", num_inference_steps=3, guidance_scale=2.0,
            stg_scale=0.0, modality_scale=1.0, guidance_rescale=0.0, audio_guidance_scale=4.0,
            audio_stg_scale=0.0, audio_modality_scale=1.0, audio_guidance_rescale=0.0, image_crf=0,
        )  # fmt: skip
    finally:
        plain.vae.use_tiling = False
    assert (film.frames == own).all()
    assert film.used["home"]["vae"] == "tiled"


def test_the_distilled_film_is_diffusers_own_bit_for_bit(
    films: Mapping[str, Film], folder: Path, lora: Path
) -> None:
    pipe = opened(folder)
    pipe.load_lora_weights(lora, weight_name=tiny_ltx.LORA_FILE, local_files_only=True)
    pipe.fuse_lora()
    pipe.scheduler = tiny_ltx.diffusers.FlowMatchEulerDiscreteScheduler.from_config(
        pipe.scheduler.config, use_dynamic_shifting=False, shift_terminal=None
    )
    own = called(
        pipe, num_inference_steps=8, sigmas=DISTILLED_SIGMA_VALUES,
        guidance_scale=1.0, stg_scale=0.0, modality_scale=1.0, guidance_rescale=0.0,
        audio_guidance_scale=1.0, audio_stg_scale=0.0, audio_modality_scale=1.0,
        audio_guidance_rescale=0.0,
    )  # fmt: skip
    assert (films["distilled"].frames == own).all()


def test_distilled_noise_levels_are_the_published_ones(films: Mapping[str, Film]) -> None:
    """Neither shifted nor stretched; the last of 1000 training steps is noise level 1."""
    assert list(DISTILLED_SIGMAS) == DISTILLED_SIGMA_VALUES
    assert films["distilled"].used["steps"] == 8
    assert films["distilled"].used["timesteps"] == [
        1000.0, 993.75, 987.5, 981.25, 975.0, 909.375, 725.0, 421.875,
    ]  # fmt: skip


def test_the_full_schedule_is_the_published_one(films: Mapping[str, Film]) -> None:
    """Noise levels fall evenly, are shifted by the film's length and stretched to end at 0.1."""
    tokens = SIZE.width // 32 * (SIZE.height // 32) * ((LENGTH.frames - 1) // 8 + 1)
    shift = 0.95 + (2.05 - 0.95) * (tokens - 1024) / (4096 - 1024)
    even = np.linspace(1, 1 / 2, 2)
    shifted = np.exp(shift) / (np.exp(shift) + 1 / even - 1)
    stretched = 1 - (1 - shifted) * (1 - 0.1) / (1 - shifted[-1])
    assert films["full"].used["timesteps"] == pytest.approx(1000 * stretched, abs=0.01)


# -- shots of a longer film --------------------------------------------------------------------

LONGER = Length(17, 24)


def shot(**given: Any) -> Shot:
    return replace(tiny.shot(keyframe(noise()), PROMPT, LONGER, 7), first=24, **given)


def continued(folder: Path, conditions: list[Any]) -> Image:
    """diffusers' own pipeline for known frames, read from disk by itself."""
    pipe = tiny_ltx.diffusers.LTX2ConditionPipeline.from_pretrained(
        folder, local_files_only=True, use_safetensors=True
    )
    pipe.set_progress_bar_config(disable=True)
    frames = pipe(
        conditions=conditions, prompt=PROMPT, negative_prompt=NEGATIVE, height=SIZE.height,
        width=SIZE.width, num_frames=LONGER.frames, frame_rate=24.0, num_inference_steps=2,
        guidance_scale=3.0, stg_scale=0.0, modality_scale=1.0, guidance_rescale=0.7,
        audio_guidance_scale=7.0, audio_stg_scale=0.0, audio_modality_scale=1.0,
        audio_guidance_rescale=0.7, use_cross_timestep=False, output_type="pil",
        generator=torch.Generator("cpu").manual_seed(7),
    ).frames[0]  # fmt: skip
    return np.stack([np.asarray(frame) for frame in frames])


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(("starts", "ends"), [(True, False), (False, True), (True, True)])
def test_a_shot_is_diffusers_own_from_its_start_to_its_end(
    full: LtxAnimator, folder: Path, starts: bool, ends: bool
) -> None:
    """Frame 16 is 15 eighths of a latent after frame 1, which is latent 1's first."""
    known: Any = LTX2VideoCondition
    start = np.stack([noise(seed=seed) for seed in range(1, 10)]) if starts else None
    end = noise(seed=11) if ends else None
    opened = noise() if start is None else start
    conditions = [known(PIL.Image.fromarray(noise()) if start is None else opened, crf=33)]
    if end is not None:
        conditions.append(known(PIL.Image.fromarray(end), index=1 + 15 / 8, crf=33))
    film = full.animate(shot(start=start, end=end), Silent())
    assert film.frames.shape == (17, *noise().shape)
    assert (film.frames == continued(folder, conditions)).all()


@pytest.mark.usefixtures("stored")
def test_one_frame_is_enough_to_begin_with(full: LtxAnimator) -> None:
    begun = full.animate(replace(shot(start=noise(seed=3)[None]), length=LENGTH), Silent())
    own = full.animate(tiny.shot(keyframe(noise(seed=3)), PROMPT, LENGTH, 7), Silent())
    assert (begun.frames == own.frames).all()


def test_the_last_picture_lies_on_the_films_last_frame(plain: Any) -> None:
    """Frames 16 to 17 of a film of 17 at 24 a second; the library's own -1 would be frame 9."""
    for index, frame in (
        (halves.conditions(noise()[None], noise(), LONGER, 0)[1].index, 16),
        (-1, 9),
    ):
        condition = LTX2VideoCondition(PIL.Image.fromarray(noise()), index=index, crf=0)
        pipe = halves.conditional(plain)
        *_, coordinates = pipe.prepare_latents(
            condition, num_channels_latents=4, height=SIZE.height, width=SIZE.width,
            num_frames=LONGER.frames, frame_rate=24.0, device="cpu", dtype=torch.float32,
        )  # fmt: skip
        times = coordinates[0, 0].unique().tolist()
        assert times == pytest.approx([frame / 24, (frame + 1) / 24])


def test_a_shot_repeats_two_latents_and_arrives() -> None:
    reach = animator({}).reach
    assert (reach.repeats, reach.arrives) == (9, True)
    reach.frames.check(Length(reach.repeats, 24))


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("count", [2, 8, 10])
def test_another_number_of_frames_to_continue_is_an_error(count: int) -> None:
    with pytest.raises(EngineError, match=f"continues {count} frames"):
        animator({}).animate(shot(start=np.stack([noise()] * count)), Silent())


# -- chance and shape --------------------------------------------------------------------------


@pytest.mark.usefixtures("stored")
def test_the_seed_is_the_only_chance(full: LtxAnimator, films: Mapping[str, Film]) -> None:
    assert (moved(full).frames == films["full"].frames).all()
    assert (moved(full, seed=8).frames != films["full"].frames).any()


@pytest.mark.usefixtures("stored")
def test_the_words_matter(full: LtxAnimator, films: Mapping[str, Film]) -> None:
    other = moved(full, prompt="He walks away.")
    assert (other.frames != films["full"].frames).any()


def test_the_variant_matters(films: Mapping[str, Film]) -> None:
    assert (films["distilled"].frames != films["full"].frames).any()


def test_the_film_has_the_keyframes_size_and_the_asked_length(films: Mapping[str, Film]) -> None:
    film = films["full"]
    assert film.frames.shape == (9, 64, 96, 3)
    assert film.frames.dtype == np.uint8 and film.frames.flags.c_contiguous
    assert (film.fps, film.seed) == (24, 7)


@pytest.mark.usefixtures("stored")
def test_half_precision_runs() -> None:
    """bfloat16 is what it computes in on a GPU."""
    half = made({**UNGUIDED, "dtype": "bfloat16"})
    assert half.used["home"]["dtype"] == "bfloat16"
    assert half.frames.std() > 1


# -- refusals before any weight is loaded ------------------------------------------------------


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize(
    ("size", "length", "said"),
    [
        (Size(100, 64), LENGTH, "does not divide by 32"),
        (Size(96, 80), LENGTH, "does not divide by 32"),
        (Size(96, 32), LENGTH, "outside 64 to 2048"),
        (Size(2080, 512), LENGTH, "outside 64 to 2048"),
        (Size(2048, 1088), LENGTH, "pixels, more than"),
        (SIZE, Length(120, 24), "nearest that are: 113 and 121"),
        (SIZE, Length(1, 24), "outside 9 to 481"),
        (SIZE, Length(489, 24), "outside 9 to 481"),
        (SIZE, Length(9, 16), "none of 24, 25, 30, 60"),
    ],
)
def test_films_it_cannot_make_are_refused_with_the_reason(
    size: Size, length: Length, said: str
) -> None:
    ltx = animator({})
    with pytest.raises(GeometryError, match=said):
        ltx.check(size, length)
    with pytest.raises(GeometryError, match=said):
        ltx.animate(tiny.shot(keyframe(noise(size)), PROMPT, length, 7), Silent())


@pytest.mark.parametrize(
    ("size", "length"), [(Size(768, 512), Length(121, 24)), (Size(1920, 1088), Length(481, 60))]
)
def test_published_sizes_are_accepted(size: Size, length: Length) -> None:
    animator({}).check(size, length)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"model": "ltx-9"}, "one of: ltx-2"),
        ({"variant": "fast"}, "one of: full, distilled"),
        ({"steps": 1}, "within 2 to 100"),
        ({"guidance": 0.5}, "within 1 to 20"),
        ({"sound_guidance": 21}, "within 1 to 20"),
        ({"perturbed_guidance": -1.0}, "within 0 to 5"),
        ({"modality_guidance": 0}, "within 1 to 10"),
        ({"rescale": 1.5}, "within 0 to 1"),
        ({"keyframe_crf": 52}, "within 0 to 51"),
        ({"negative": "x" * 2001}, "2001 characters"),
        ({"variant": "distilled", "steps": 8}, "has steps built in"),
        ({"may_shrink": True}, "size of its keyframe"),
        ({"sound": True}, "no setting 'sound'"),
        ({"dtype": "int8"}, "must be auto, bfloat16"),
    ],
)
def test_settings_out_of_range_are_refused(given: Mapping[str, Scalar], said: str) -> None:
    with pytest.raises(RecipeError, match=said):
        animator(given)


def test_planning_loads_no_library() -> None:
    program = (
        "import sys\n"
        "from vivant.engines import engine\n"
        "from vivant.geometry import Length, Size\n"
        "ltx = engine('animator', 'ltx', {'variant': 'distilled'})\n"
        "ltx.check(Size(768, 512), Length(121, 24))\n"
        "assert ltx.info.footprints and ltx.steps(Length(121, 24)) == 8\n"
        "print({'torch', 'diffusers', 'transformers'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "set()", done.stderr


def test_it_says_who_it_is() -> None:
    info = animator(DISTILLED).info
    assert "10 million" in info.licence
    assert {model.name: model.licence for model in info.models} == {
        "ltx-2": "LicenseRef-LTX-2-Community",
        "ltx-2-distilled-lora": "LicenseRef-LTX-2-Community",
    }
    assert {"torch", "diffusers", "transformers", "peft"} <= set(info.packages)
    assert [way.mode for way in info.footprints] == ["none", "model", "group"]
    assert info.verified and info.unverified


# -- stages, steps, stopping -------------------------------------------------------------------


class Warden(Watcher):
    """Looks at each step for what should have left; pipelines of other tests may be about."""

    def __init__(self) -> None:
        super().__init__()
        gc.collect()
        self.others = alive("Gemma3ForConditionalGeneration")

    def step(self) -> None:
        super().step()
        assert alive("Gemma3ForConditionalGeneration") == self.others, "the text encoder stays"


def test_the_text_encoder_leaves_before_the_first_step(
    folder: Path, empty: Path, films: Mapping[str, Film]
) -> None:
    """And the vocoder, which isn't even on the disk here, is never read."""
    silent = empty / "silent"
    shutil.copytree(folder, silent, ignore=shutil.ignore_patterns("vocoder"))
    weights.adopt("ltx-2", silent)
    ltx, watch = animator(UNGUIDED), Warden()
    film = moved(ltx, watch=watch)
    assert watch.steps == ltx.steps(LENGTH) == 2
    assert (film.frames == films["full"].frames).all()
    ltx.release()


@pytest.mark.usefixtures("stored")
def test_a_prompt_is_encoded_once(
    full: LtxAnimator, films: Mapping[str, Film], monkeypatch: pytest.MonkeyPatch
) -> None:
    moved(full, seed=6)
    full.release()

    def gone(*_: object) -> None:
        raise AssertionError("the text encoder came back")

    monkeypatch.setattr(halves, "reader", gone)
    assert (moved(full).frames == films["full"].frames).all()


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("kind", ["full", "distilled"])
def test_stopped_at_any_step_it_holds_nothing_and_works_again(
    kind: str, films: Mapping[str, Film]
) -> None:
    ltx = animator(UNGUIDED if kind == "full" else DISTILLED)
    stop = int(np.random.default_rng(len(kind)).integers(1, ltx.steps(LENGTH) + 1))
    gc.collect()
    before = alive("LTX2VideoTransformer3DModel")
    with pytest.raises(CancelledError):
        moved(ltx, watch=Watcher(stop=stop))
    assert alive("LTX2VideoTransformer3DModel") == before
    assert (moved(ltx).frames == films[kind].frames).all()
    ltx.release()


@pytest.mark.usefixtures("stored")
def test_short_memory_ends_in_smaller_pieces_not_in_a_failure(
    full: LtxAnimator, films: Mapping[str, Film], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, tries = halves.decode, []

    def short(pipe: Any, latents: torch.Tensor) -> Image:
        tries.append(latents.shape)
        if len(tries) == 1:
            raise torch.OutOfMemoryError("out of memory")
        return whole(pipe, latents)

    monkeypatch.setattr(halves, "decode", short)
    watch = Watcher()
    film = moved(full, watch=watch)
    full.release()
    assert film.used["rungs"] == ["vae sliced"]
    assert film.used["home"]["vae"] == "sliced"
    assert any("Out of memory" in said for said in watch.said)
    assert (film.frames == films["full"].frames).all()


def test_numbers_that_are_none_are_no_film(plain: Any) -> None:
    with pytest.raises(EngineError, match="not finite"):
        halves.decode(plain, torch.full((1, 4, 2, 2, 3), torch.nan))


@pytest.mark.usefixtures("stored")
def test_a_prompt_that_would_be_cut_is_refused() -> None:
    """The tokenizer here has a token for each character, and one for the beginning."""
    with pytest.raises(PromptError, match="1025 tokens"):
        made(UNGUIDED, prompt="x" * 1024)


# -- the record --------------------------------------------------------------------------------


def test_the_record_says_what_was_used(films: Mapping[str, Film]) -> None:
    used = films["full"].used
    assert json.loads(json.dumps(used)) == used
    assert (used["model"], used["variant"], used["steps"]) == ("ltx-2", "full", 2)
    assert used["scheduler"] == "FlowMatchEulerDiscreteScheduler"
    assert (used["guidance_scale"], used["audio_guidance_scale"]) == (3.0, 7.0)
    assert (used["stg_scale"], used["modality_scale"], used["guidance_rescale"]) == (0.0, 1.0, 0.7)
    assert (used["negative"], used["keyframe_crf"]) == (NEGATIVE, 33)
    assert used["home"]["device"] == "cpu" and used["rungs"] == []
    assert "dropped" in used["sound"]


# -- weights that are not as they should be ----------------------------------------------------


def _cut(folder: Path) -> None:
    file = folder / "transformer" / "diffusion_pytorch_model.safetensors"
    file.write_bytes(file.read_bytes()[:-100])


def _flip(folder: Path) -> None:
    file = folder / "connectors" / "diffusion_pytorch_model.safetensors"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)


def _lose(folder: Path) -> None:
    (folder / "vae" / "config.json").unlink()


def _configure(part: str, **changes: Any) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        file = folder / part / "config.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))

    return change


@pytest.mark.parametrize("harm", [_cut, _flip, _lose])
def test_altered_weights_are_not_used(
    harm: Callable[[Path], None], folder: Path, empty: Path
) -> None:
    mine = shutil.copytree(folder, empty / "mine")
    weights.adopt("ltx-2", mine)
    harm(mine)
    with pytest.raises(MissingModelError, match="models pull ltx-2"):
        made(UNGUIDED)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_configure("transformer", num_layers=31), "weights are missing from the files"),
        (_configure("text_encoder", text_config={"hidden_size": 8}), "weights are missing"),
        (_configure("vae", spatial_compression_ratio=16), "this is another model"),
    ],
    ids=["transformer", "text encoder", "autoencoder"],
)
def test_weights_of_another_model_are_refused(
    harm: Callable[[Path], None], said: str, folder: Path, empty: Path
) -> None:
    """Recorded as they are, so only loading can tell."""
    mine = shutil.copytree(folder, empty / "mine")
    harm(mine)
    weights.adopt("ltx-2", mine)
    with pytest.raises(MissingModelError, match=said) as refusal:
        made(UNGUIDED)
    assert "vivant models" in refusal.value.mend


@pytest.mark.usefixtures("empty")
def test_absent_weights_name_the_command() -> None:
    with pytest.raises(MissingModelError, match="Run: vivant models pull ltx-2"):
        made(UNGUIDED)


def test_distilled_weights_that_do_not_fit_are_refused(folder: Path, empty: Path) -> None:
    weights.adopt("ltx-2", folder)
    with pytest.raises(MissingModelError, match="models pull ltx-2-distilled-lora"):
        made(DISTILLED)
    other = tiny_ltx.save_lora(empty / "lora", width=24)
    weights.adopt("ltx-2-distilled-lora", other)
    with pytest.raises(MissingModelError, match="does not fit ltx-2"):
        made(DISTILLED)


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize(("package", "given"), [("diffusers", UNGUIDED), ("peft", DISTILLED)])
def test_a_missing_package_names_its_extra(
    package: str, given: Mapping[str, Scalar], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=r"vivant\[gpu\]"):
        made(given)


# -- the whole way -----------------------------------------------------------------------------


class AnywhereEye(SquareEye):
    """Noise shows no face; this eye sees one wherever the square was, or in the middle."""

    def look(self, image: Image) -> tuple[Face, ...]:
        found = super().look(image)
        whole = np.full_like(image, 255)
        return found or super().look(whole)


@pytest.mark.usefixtures("stored")
@pytest.mark.parametrize("given", [UNGUIDED, DISTILLED], ids=["full", "distilled"])
def test_a_whole_film(given: Mapping[str, Scalar]) -> None:
    recipe = replace(
        PREVIZ, name="tiny", size=SIZE, frames=LENGTH.frames, fps=LENGTH.fps,
        keyframe=KeyframePolicy(1, 1.0), verify=VerifyPolicy(2, 10.0, 0.5),
    )  # fmt: skip
    ltx: LtxAnimator = engine("animator", "ltx", given)
    engines = Engines(HalfWriter(), SquarePainter([100]), ltx, AnywhereEye())
    portrait = picture(Size(128, 128), 100)
    portrait[..., 2] = noise(Size(128, 128))[..., 2]  # what is flat is taken for blurred
    request = Request(portrait, "beach walks on", recipe, seed=3)
    take = generate(request, engines)
    assert take.film.frames.shape == (9, 64, 96, 3)
    assert take.film.used["model"] == "ltx-2"
    assert take.engines["animator"].name.startswith("ltx")
    assert take.verdict.face_share == 1.0
