"""HyperLoRA: the checkpoint's layout, the network against plain arithmetic, the person's LoRA."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import torch
from safetensors.numpy import save_file
from scipy.special import erf

from tests import tiny_sdxl
from vivant.engines.hyperlora import layout
from vivant.engines.hyperlora.network import Hypernetwork
from vivant.errors import MissingModelError

Array = npt.NDArray[Any]
Files = dict[str, dict[str, Array]]


def save_variant(
    folder: Path, modules: Mapping[str, Any] | None = None, files: Files | None = None
) -> Path:
    modules = modules or tiny_sdxl.published_modules()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "hyper_lora_modules.json").write_text(json.dumps(modules))
    for stem, tensors in (files or tiny_sdxl.hyper_tensors(modules)).items():
        save_file(tensors, folder / f"{stem}.safetensors")
    return folder


@pytest.fixture(scope="module")
def files() -> Files:
    return tiny_sdxl.hyper_tensors(tiny_sdxl.published_modules())


@pytest.fixture(scope="module")
def variant(tmp_path_factory: pytest.TempPathFactory, files: Files) -> Path:
    return save_variant(tmp_path_factory.mktemp("hyperlora") / "fidelity", files=files)


# -- layout ------------------------------------------------------------------------------------


def test_the_published_list_is_sdxls_structure() -> None:
    """70 transformer blocks with two attentions; 4 projections x (down, up) make 1,120 tokens."""
    modules = tiny_sdxl.published_modules((1, 2, 10), (320, 640, 1280), 2048)
    assert len(modules) == 140
    assert next(iter(modules.items())) == (
        "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn1",
        {"hidden_size": 640, "cross_attention_dim": None},
    )
    slots = layout.slots(tuple(layout.Attention(n, *e.values()) for n, e in modules.items()))  # type: ignore[arg-type]
    assert len(slots) == 1120
    assert [s.tensor for s in slots[:10]] == [
        "0.to_q.id_down_basis", "0.to_q.id_up_basis", "0.to_k.id_down_basis", "0.to_k.id_up_basis",
        "0.to_v.id_down_basis", "0.to_v.id_up_basis", "0.to_out.id_down_basis",
        "0.to_out.id_up_basis", "1.to_q.id_down_basis", "1.to_q.id_up_basis",
    ]  # fmt: skip
    crossing = {s.tensor: s.shape(128, 8) for s in slots if s.number == 1}
    assert crossing["1.to_k.id_down_basis"] == (128, 2048, 8)
    assert crossing["1.to_v.id_up_basis"] == (128, 8, 640)
    assert crossing["1.to_q.id_down_basis"] == (128, 640, 8)
    assert crossing["1.to_out.id_down_basis"] == (128, 640, 8)


@pytest.mark.parametrize(
    ("stem", "tensor"),
    [
        ("hyper_lora_modules", "3.to_v.id_up_basis"),
        ("id_projector", "0.bias"),
        ("resampler", "layers.1.attn2.to_out.0.weight"),
        ("resampler", "latents"),
    ],
)
@pytest.mark.parametrize("harm", ["missing", "wider", "NaN"])
def test_a_tensor_that_is_not_as_published_is_named(
    tmp_path: Path, files: Files, stem: str, tensor: str, harm: str
) -> None:
    tensors = dict(files[stem])
    if harm == "missing":
        del tensors[tensor]
    elif harm == "wider":
        pad = [(0, 0)] * (tensors[tensor].ndim - 1) + [(0, 1)]
        tensors[tensor] = np.pad(tensors[tensor], pad)
    else:
        tensors[tensor] = np.full_like(tensors[tensor], np.nan)
    folder = save_variant(tmp_path, files={**files, stem: tensors})
    # A wider latents makes every other tensor look wrong, so the first of those is named.
    named = "proj_in" if (tensor, harm) == ("latents", "wider") else tensor
    with pytest.raises(MissingModelError, match=named) as refused:
        Hypernetwork(folder).lora(torch.ones(1, 512), torch.ones(1, 5, 32))
    assert "vivant models pull hyperlora" in str(refused.value)


def test_unknown_tensors_are_another_layout(tmp_path: Path, files: Files) -> None:
    more = {**files["resampler"], "layers.0.attn1.to_q.bias": np.zeros(128, np.float32)}
    with pytest.raises(MissingModelError, match=r"layers\.0\.attn1\.to_q\.bias belongs to no"):
        Hypernetwork(save_variant(tmp_path, files={**files, "resampler": more}))


def test_a_list_that_does_not_fit_the_latents_is_refused(tmp_path: Path, files: Files) -> None:
    fewer = dict(list(tiny_sdxl.published_modules().items())[:-1])
    with pytest.raises(MissingModelError, match=r"latents has 272 tokens; 33 modules take 264"):
        Hypernetwork(save_variant(tmp_path, fewer, files))


@pytest.mark.parametrize("file", [layout.MODULES, layout.BASES, layout.PROJECTOR, layout.RESAMPLER])
@pytest.mark.parametrize("harm", ["absent", "cut"])
def test_a_file_that_is_absent_or_cut_is_named(
    tmp_path: Path, files: Files, file: str, harm: str
) -> None:
    path = save_variant(tmp_path, files=files) / file
    if harm == "absent":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(MissingModelError, match=file.replace(".", r"\.")):
        Hypernetwork(tmp_path)


@pytest.mark.parametrize(
    "entry", [[], {"hidden_size": 8}, {"hidden_size": "8", "cross_attention_dim": None}]
)
def test_an_entry_of_the_list_that_is_no_module_is_named(
    tmp_path: Path, files: Files, entry: Any
) -> None:
    with pytest.raises(MissingModelError, match="lora_unet_odd"):
        layout.attentions(save_variant(tmp_path, {"lora_unet_odd": entry}, files))


# -- network -----------------------------------------------------------------------------------


def test_the_network_is_the_layouts_arithmetic(variant: Path, files: Files) -> None:
    """Against float64 einsums written from the layout alone, loop by loop."""
    random = np.random.default_rng(5)
    faces = random.standard_normal((2, 512))
    faces /= np.linalg.norm(faces, axis=1, keepdims=True)
    states = random.standard_normal((2, 5, 32))
    got = Hypernetwork(variant).lora(torch.tensor(faces), torch.tensor(states))
    wanted = by_einsum(files, tiny_sdxl.published_modules(), faces, states, rank=2)
    assert got.keys() == wanted.keys()
    assert len(got) == 34 * 4 * 3
    for name, value in wanted.items():
        assert np.allclose(got[name].numpy(), value, rtol=2e-3, atol=2e-3), name


def test_the_lora_has_lora_files_shapes(variant: Path) -> None:
    made = Hypernetwork(variant).lora(torch.ones(1, 512), torch.ones(1, 5, 32))
    name = "lora_unet_mid_block_attentions_0_transformer_blocks_1_attn2"
    assert made[f"{name}_to_k.lora_down.weight"].shape == (2, 32)
    assert made[f"{name}_to_k.lora_up.weight"].shape == (64, 2)
    assert made[f"{name}_to_out_0.lora_down.weight"].shape == (2, 64)
    assert made[f"{name}_to_out_0.alpha"] == 4.0
    assert made[f"{name}_to_out_0.lora_up.weight"].dtype == torch.float16


def test_one_photo_twice_is_one_photo(variant: Path) -> None:
    network = Hypernetwork(variant)
    face, states = torch.randn(1, 512), torch.randn(1, 5, 32)
    once = network.lora(face, states)
    twice = network.lora(face.repeat(2, 1), states.repeat(2, 1, 1))
    assert all(torch.allclose(once[name], twice[name], atol=2e-3) for name in once)


def by_einsum(
    files: Files,
    modules: Mapping[str, Any],
    faces: Array,
    states: Array,
    rank: int,
) -> dict[str, Array]:
    bank, projector, w = (
        {name: value.astype(np.float64) for name, value in files[stem].items()}
        for stem in ("hyper_lora_modules", "id_projector", "resampler")
    )

    def norm(x: Array, scale: Array, shift: Array) -> Array:
        middle = x - x.mean(-1, keepdims=True)
        normed: Array = middle / np.sqrt((middle**2).mean(-1, keepdims=True) + 1e-5)
        return normed * scale + shift

    def attention(asking: Array, shown: Array, at: str) -> Array:
        q = np.einsum("td,od->to", asking, w[f"{at}.to_q.weight"])
        k = np.einsum("td,od->to", shown, w[f"{at}.to_k.weight"])
        v = np.einsum("td,od->to", shown, w[f"{at}.to_v.weight"])
        heads = []
        for start in range(0, q.shape[1], 64):
            one = slice(start, start + 64)
            score = np.einsum("th,sh->ts", q[:, one], k[:, one]) / 8.0
            share = np.exp(score - score.max(1, keepdims=True))
            heads.append((share / share.sum(1, keepdims=True)) @ v[:, one])
        return np.concatenate(heads, 1) @ w[f"{at}.to_out.0.weight"].T

    def tokens(face: Array, clip: Array) -> Array:
        x = (projector["0.weight"] @ face + projector["0.bias"]).reshape(-1, 32)
        x = norm(x, projector["2.weight"], projector["2.bias"])
        x = x @ w["proj_in.weight"].T + w["proj_in.bias"]
        y = clip @ w["proj_in_2.weight"].T + w["proj_in_2.bias"]
        z = w["latents"][0]
        for at in ("layers.0", "layers.1"):

            def normed(value: Array, name: str, at: str = at) -> Array:
                return norm(value, w[f"{at}.norm_{name}.weight"], w[f"{at}.norm_{name}.bias"])

            z = z + attention(normed(z, "attn1"), normed(z, "attn1"), f"{at}.attn1")
            z = z + attention(normed(z, "attn2_l"), normed(x, "attn2_x"), f"{at}.attn2")
            z = z + attention(normed(z, "attn3_l"), normed(y, "attn3_y"), f"{at}.attn3")
            inner = normed(z, "ff") @ w[f"{at}.ff.net.0.proj.weight"].T
            inner += w[f"{at}.ff.net.0.proj.bias"]
            inner *= (1 + erf(inner / np.sqrt(2))) / 2
            z = z + inner @ w[f"{at}.ff.net.2.weight"].T + w[f"{at}.ff.net.2.bias"]
        out: Array = z @ w["proj_out.weight"].T + w["proj_out.bias"]
        return out

    mean = np.mean([tokens(*pair) for pair in zip(faces, states, strict=True)], 0)
    unit = mean / np.sqrt((mean**2).sum(1, keepdims=True))
    lora: dict[str, Array] = {}
    token = iter(unit)
    for number, name in enumerate(modules):
        for part, called in (("q", "q"), ("k", "k"), ("v", "v"), ("out", "out_0")):
            base = f"{number}.to_{part}.id"
            down = np.einsum("k,kir->ri", next(token), bank[f"{base}_down_basis"])
            up = np.einsum("k,kro->or", next(token), bank[f"{base}_up_basis"])
            assert down.shape[0] == up.shape[1] == rank
            lora[f"{name}_to_{called}.lora_down.weight"] = down
            lora[f"{name}_to_{called}.lora_up.weight"] = up
            lora[f"{name}_to_{called}.alpha"] = np.array(4.0)
    return lora
