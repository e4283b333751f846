"""Models are read whole, from disk alone, or refused with what is wrong and the mend."""

from __future__ import annotations

import json
import logging
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import (
    AutoModelForCausalLM,
    CLIPConfig,
    CLIPModel,
    CLIPVisionModel,
    Qwen3Config,
    Qwen3ForCausalLM,
    T5Tokenizer,
    UMT5EncoderModel,
)

from tests import tiny_wan
from vivant.engines.extras import need
from vivant.engines.residency import load, quiet, room
from vivant.errors import MissingExtraError, MissingModelError, RoomError

diffusers = need("diffusers", "gpu")
AutoencoderKLWan = diffusers.AutoencoderKLWan
WanImageToVideoPipeline = diffusers.WanImageToVideoPipeline
WanTransformer3DModel = diffusers.WanTransformer3DModel
F32 = torch.float32
WEIGHTS = "diffusion_pytorch_model.safetensors"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Wan A14B pipeline, tiny, as the hub lays it out."""
    folder = tmp_path_factory.mktemp("models") / "wan"
    with quiet():
        tiny_wan.i2v_a14b().save_pretrained(folder)
    return folder


@pytest.fixture
def spoilt(saved: Path, tmp_path: Path) -> Path:
    """A copy to break."""
    return Path(shutil.copytree(saved, tmp_path / "wan"))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("a model is read from disk alone")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def configure(folder: Path, **changes: Any) -> None:
    file = folder / "config.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))


def parts(pipe: Any) -> dict[str, torch.nn.Module]:
    return {n: p for n, p in pipe.components.items() if isinstance(p, torch.nn.Module)}


def test_a_pipeline_is_the_library_s_own_to_the_bit(
    saved: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    mine = parts(load(WanImageToVideoPipeline, saved, F32))
    assert capfd.readouterr() == ("", ""), "no bars, no warnings"
    with quiet():
        plain = WanImageToVideoPipeline.from_pretrained(saved, local_files_only=True)
    theirs = parts(plain)
    assert mine.keys() == theirs.keys() and {"transformer_2", "vae", "text_encoder"} <= mine.keys()
    for name, part in theirs.items():
        assert type(mine[name]) is type(part)
        assert not mine[name].training
        state = mine[name].state_dict()
        assert all(torch.equal(state[key], value) for key, value in part.state_dict().items())


def test_each_component_can_have_its_number_type_or_stay_away(saved: Path) -> None:
    pipe = load(
        WanImageToVideoPipeline,
        saved,
        {"default": torch.bfloat16, "vae": F32},
        text_encoder=None,
        tokenizer=None,
    )
    assert (pipe.text_encoder, pipe.tokenizer) == (None, None)
    assert pipe.vae.dtype == F32
    assert pipe.transformer.dtype == pipe.transformer_2.dtype == torch.bfloat16


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        (WanTransformer3DModel, "transformer"),
        (AutoencoderKLWan, "vae"),
        (UMT5EncoderModel, "text_encoder"),
    ],
)
def test_a_model_by_itself(saved: Path, kind: Any, part: str) -> None:
    model = load(kind, saved / part, torch.bfloat16)
    assert type(model) is kind
    assert torch.bfloat16 in {each.dtype for each in model.parameters()}


def test_a_tokenizer_too(saved: Path) -> None:
    assert load(T5Tokenizer, saved / "tokenizer", F32)("ab").input_ids[-1] == 1


def test_a_causal_model_by_its_configuration(tmp_path: Path) -> None:
    config = Qwen3Config(
        vocab_size=64, hidden_size=16, intermediate_size=16, num_hidden_layers=1,
        num_attention_heads=2, num_key_value_heads=1, head_dim=8, tie_word_embeddings=True,
        bos_token_id=0, eos_token_id=1, pad_token_id=1,
    )  # fmt: skip
    with quiet():
        Qwen3ForCausalLM(config).save_pretrained(tmp_path)
    model = load(AutoModelForCausalLM, tmp_path, F32)
    assert isinstance(model, Qwen3ForCausalLM), "tied weights are not missing ones"
    configure(tmp_path, num_hidden_layers=2, layer_types=["full_attention"] * 2)
    with pytest.raises(MissingModelError, match=r"missing from the files: model\.layers\.1\."):
        load(AutoModelForCausalLM, tmp_path, F32)


def test_half_of_a_larger_model_may_be_read(tmp_path: Path) -> None:
    half = {
        "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1,
        "num_attention_heads": 2,
    }  # fmt: skip
    text = {**half, "vocab_size": 64, "bos_token_id": 0, "eos_token_id": 1, "pad_token_id": 1}
    vision = {**half, "image_size": 16, "patch_size": 8}
    with quiet():
        CLIPModel(CLIPConfig(text_config=text, vision_config=vision)).save_pretrained(tmp_path)
    assert type(load(CLIPVisionModel, tmp_path, F32)) is CLIPVisionModel


# -- Refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "part", "change", "said"),
    [
        (WanTransformer3DModel, "transformer", {"num_layers": 3}, "missing from the files"),
        (WanTransformer3DModel, "transformer", {"num_layers": 1}, "no place for them"),
        (WanTransformer3DModel, "transformer", {"ffn_dim": 48}, "blocks.0.ffn.net.0.proj.bias"),
        (WanTransformer3DModel, "transformer", {"num_attention_heads": "two"}, "can't be loaded"),
        (UMT5EncoderModel, "text_encoder", {"num_layers": 3}, "missing from the files"),
        (UMT5EncoderModel, "text_encoder", {"num_layers": 1}, "no place for them"),
        (UMT5EncoderModel, "text_encoder", {"d_ff": 48}, "another shape"),
        (UMT5EncoderModel, "text_encoder", {"d_model": "wide"}, "can't be loaded"),
        (WanTransformer3DModel, "vae", {}, "can't be loaded|missing from the files"),
    ],
)
def test_weights_are_never_made_up_nor_left_out(
    spoilt: Path, kind: Any, part: str, change: dict[str, Any], said: str
) -> None:
    configure(spoilt / part, **change)
    with pytest.raises(MissingModelError, match=said) as caught:
        load(kind, spoilt / part, F32, name="wan2.2-i2v-a14b")
    assert caught.value.mend == "Run: vivant models verify wan2.2-i2v-a14b"
    assert str(spoilt / part) in str(caught.value)


def test_a_pipeline_with_a_random_layer_is_refused_too(spoilt: Path) -> None:
    configure(spoilt / "transformer_2", num_layers=3)
    with pytest.raises(MissingModelError, match="transformer_2: weights are missing") as caught:
        load(WanImageToVideoPipeline, spoilt, F32)
    assert caught.value.mend == "Run: vivant models verify"


def test_a_bias_that_no_layer_takes_is_refused(spoilt: Path) -> None:
    file = spoilt / "transformer" / WEIGHTS
    state = {name: value.clone() for name, value in load_file(file).items()}
    state["blocks.0.attn1.norm_q.bias"] = torch.zeros(24)
    save_file(state, file)
    with pytest.raises(MissingModelError, match=r"no place for them: blocks\.0\.attn1\.norm_q"):
        load(WanTransformer3DModel, spoilt / "transformer", F32)


@pytest.mark.parametrize("part", ["transformer", "vae", "text_encoder"])
@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.999])
def test_a_file_cut_short_is_named(spoilt: Path, part: str, share: float) -> None:
    (file,) = (spoilt / part).glob("*.safetensors")
    whole = file.read_bytes()
    file.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(MissingModelError, match="cut short") as caught:
        load(WanImageToVideoPipeline, spoilt, F32)
    assert str(file) in str(caught.value)


@pytest.mark.parametrize(
    "gone",
    [
        "model_index.json", "transformer", "transformer/config.json", f"transformer/{WEIGHTS}",
        "text_encoder/model.safetensors", "scheduler", "tokenizer/tokenizer.json", "vae",
    ],
)  # fmt: skip
def test_whatever_is_missing_is_refused(spoilt: Path, gone: str) -> None:
    lost = spoilt / gone
    if lost.is_dir():
        shutil.rmtree(lost)
    else:
        lost.unlink()
    with pytest.raises(MissingModelError, match=str(spoilt)):
        load(WanImageToVideoPipeline, spoilt, F32)


def test_a_missing_shard_is_named(spoilt: Path) -> None:
    folder = spoilt / "transformer"
    names = {"weight_map": {"a": WEIGHTS, "b": "part-2.safetensors"}}
    (folder / f"{WEIGHTS}.index.json").write_text(json.dumps(names))
    with pytest.raises(MissingModelError, match=r"part-2\.safetensors is missing"):
        load(WanTransformer3DModel, folder, F32)


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00", '{"a": }'])
def test_a_configuration_that_is_no_json_is_named(spoilt: Path, text: str) -> None:
    file = spoilt / "vae" / "config.json"
    file.write_text(text)
    with pytest.raises(MissingModelError, match=r"config\.json (is not JSON|holds no JSON)"):
        load(WanImageToVideoPipeline, spoilt, F32)


@pytest.mark.parametrize(
    "row", [["diffusers", "NoSuchModel"], ["os", "system"], ["my_code", "Evil"]]
)
def test_an_index_names_the_libraries_classes_alone(spoilt: Path, row: list[str]) -> None:
    file = spoilt / "model_index.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "transformer": row}))
    with pytest.raises(MissingModelError, match="no class of these libraries"):
        load(WanImageToVideoPipeline, spoilt, F32)


@pytest.mark.parametrize(
    ("kind", "part", "name"),
    [
        (WanTransformer3DModel, "transformer", "diffusion_pytorch_model.bin"),
        (UMT5EncoderModel, "text_encoder", "pytorch_model.bin"),
    ],
)
def test_pickled_weights_are_not_read(spoilt: Path, kind: Any, part: str, name: str) -> None:
    (file,) = (spoilt / part).glob("*.safetensors")
    torch.save(load_file(file), file.with_name(name))
    file.unlink()
    with pytest.raises(MissingModelError, match="safetensors"):
        load(kind, spoilt / part, F32)


def test_no_folder_at_all(tmp_path: Path) -> None:
    with pytest.raises(MissingModelError, match="not a folder"):
        load(WanTransformer3DModel, tmp_path / "nothing", F32)


def test_short_memory_is_no_broken_file(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run_out(*_: Any, **__: Any) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory.")

    monkeypatch.setattr(WanTransformer3DModel, "from_pretrained", run_out)
    with pytest.raises(torch.OutOfMemoryError):
        load(WanTransformer3DModel, saved / "transformer", F32)


def _bytes(folder: Path, dtype: torch.dtype) -> int:
    return sum(w.numel() * dtype.itemsize for w in load_file(folder / WEIGHTS).values())


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_a_model_larger_than_the_free_memory_is_refused_before_it_is_read(
    saved: Path, monkeypatch: pytest.MonkeyPatch, dtype: torch.dtype
) -> None:
    folder = saved / "transformer"
    wanted = _bytes(folder, dtype) / room.GB
    monkeypatch.setattr(room, "free_ram", lambda: wanted)
    load(WanTransformer3DModel, folder, dtype)
    monkeypatch.setattr(room, "free_ram", lambda: wanted - 1e-9)
    monkeypatch.setattr(WanTransformer3DModel, "from_pretrained", None)
    number = str(dtype).removeprefix("torch.")
    with pytest.raises(RoomError, match=f"of RAM in {number}; .* are free.*thriftier recipe"):
        load(WanTransformer3DModel, folder, dtype)


@pytest.mark.parametrize("variant", ["", "fp16"])
def test_weights_that_lie_there_in_two_number_types_are_counted_once(
    spoilt: Path, monkeypatch: pytest.MonkeyPatch, variant: str
) -> None:
    folder = spoilt / "transformer"
    wanted = _bytes(folder, F32) / room.GB
    shutil.copy(folder / WEIGHTS, folder / WEIGHTS.replace(".", ".fp16.", 1))
    monkeypatch.setattr(room, "free_ram", lambda: wanted)
    load(WanTransformer3DModel, folder, F32, variant=variant or None)


def test_a_package_that_a_model_needs_is_no_broken_file(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lack(*_: Any, **__: Any) -> None:
        raise ImportError("UMT5EncoderModel requires the sentencepiece library")

    monkeypatch.setattr(UMT5EncoderModel, "from_pretrained", lack)
    with pytest.raises(MissingExtraError, match="requires the sentencepiece library"):
        load(UMT5EncoderModel, saved / "text_encoder", F32)


def test_quiet_ends_when_the_block_does() -> None:
    libraries = [need(f"{name}.utils.logging", "gpu") for name in ("diffusers", "transformers")]

    def loud() -> list[tuple[int, bool]]:
        return [(each.get_verbosity(), each.is_progress_bar_enabled()) for each in libraries]

    before = loud()
    with pytest.raises(KeyError), quiet():
        assert all(level > logging.ERROR and not bars for level, bars in loud())
        raise KeyError
    assert loud() == before
