"""SDXL, its IP-Adapter and HyperLoRA in their published layouts with tiny random weights.

Real diffusers and transformers classes, saved as the hub's folders are; a few hundred kilobytes.
The seeds make them the same everywhere. They paint noise, no faces.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import safetensors.numpy
import torch
from safetensors.torch import save_file

from tests import tiny_onnx
from vivant.engines import facemesh, weights
from vivant.engines.extras import need

diffusers, transformers = need("diffusers", "gpu"), need("transformers", "gpu")

Array = npt.NDArray[Any]

CHANNELS = (16, 32, 64)
TEXT = 16
"""Width of each text encoder; the UNet reads both side by side."""
BLOCKS = (1, 1, 1)
"""Transformer blocks per attention at each level; SDXL has (1, 2, 10), the first unused."""
TOKENS = 3
"""Queries of the IP-Adapter's resampler; the published has 16."""
EYE = 32
"""Width of the adapter's image encoder; the published has 1,280."""


def byte_alphabet() -> list[str]:
    """GPT-2's printable stand-ins for the 256 bytes, in its vocabulary's order."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return [chr(byte) for byte in plain] + [chr(256 + n) for n in range(len(others))]


def tokenizer(**more: Any) -> Any:
    """A CLIP tokenizer whose tokens are bytes: about one per character."""
    base = byte_alphabet()
    tokens = base + [c + "</w>" for c in base] + ["<|startoftext|>", "<|endoftext|>"]
    vocabulary = {token: number for number, token in enumerate(tokens)}
    return transformers.CLIPTokenizer(vocab=vocabulary, merges=[], model_max_length=77, **more)


def text_config() -> Any:
    return transformers.CLIPTextConfig(
        vocab_size=514, hidden_size=TEXT, intermediate_size=24, num_hidden_layers=3,
        num_attention_heads=2, max_position_embeddings=77, projection_dim=TEXT,
        bos_token_id=512, eos_token_id=513, pad_token_id=0,
    )  # fmt: skip


def unet(blocks: tuple[int, ...] = BLOCKS, channels: tuple[int, ...] = CHANNELS) -> Any:
    """SDXL's UNet: attention at the two lower levels alone, text and time as extra input."""
    return diffusers.UNet2DConditionModel(
        sample_size=8, in_channels=4, out_channels=4, layers_per_block=2, norm_num_groups=4,
        block_out_channels=channels, cross_attention_dim=2 * TEXT, use_linear_projection=True,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        transformer_layers_per_block=blocks, attention_head_dim=(1, 2, 4),
        addition_embed_type="text_time", addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=6 * 8 + TEXT,
    )  # fmt: skip


def pipeline() -> Any:
    """A whole StableDiffusionXLPipeline; 8 pixels a latent, as the real one."""
    torch.manual_seed(1)
    return diffusers.StableDiffusionXLPipeline(
        vae=diffusers.AutoencoderKL(
            down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
            block_out_channels=(4, 4, 4, 4), latent_channels=4, norm_num_groups=2, sample_size=64,
            scaling_factor=0.13025,
        ),
        text_encoder=transformers.CLIPTextModel(text_config()).eval(),
        text_encoder_2=transformers.CLIPTextModelWithProjection(text_config()).eval(),
        tokenizer=tokenizer(),
        tokenizer_2=tokenizer(pad_token="!"),
        unet=unet(),
        scheduler=diffusers.EulerDiscreteScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear",
            timestep_spacing="leading", steps_offset=1,
        ),
        add_watermarker=False,
    )  # fmt: skip


def save_pipeline(folder: Path, variant: str | None = "fp16") -> Path:
    """In float16, under the file names that are pulled, or under the plain ones."""
    made = pipeline()
    for part in (made.unet, made.vae, made.text_encoder, made.text_encoder_2):
        part.half()
    made.save_pretrained(folder, variant=variant)
    return folder


def read_pipeline(folder: Path) -> Any:
    """As anybody reads it, in float32."""
    made = diffusers.StableDiffusionXLPipeline.from_pretrained(
        folder, variant="fp16", dtype=torch.float32, local_files_only=True, add_watermarker=False
    )
    made.set_progress_bar_config(disable=True)
    return made


# -- IP-Adapter --------------------------------------------------------------------------------


def save_adapter(folder: Path) -> Path:
    """``ip-adapter-plus-face_sdxl_vit-h`` and its image encoder, as on the hub."""
    torch.manual_seed(2)
    transformers.CLIPVisionModelWithProjection(
        transformers.CLIPVisionConfig(
            hidden_size=EYE, intermediate_size=24, num_hidden_layers=2, num_attention_heads=2,
            image_size=28, patch_size=14, projection_dim=TEXT,
        )
    ).save_pretrained(folder / "models" / "image_encoder")  # fmt: skip
    (folder / "sdxl_models").mkdir(parents=True)
    save_file(
        {name: 0.3 * torch.randn(shape) for name, shape in adapter_shapes()},
        folder / "sdxl_models" / "ip-adapter-plus-face_sdxl_vit-h.safetensors",
    )
    return folder


def adapter_shapes() -> Iterator[tuple[str, tuple[int, ...]]]:
    width, out = 64, 2 * TEXT
    yield "image_proj.latents", (1, TOKENS, width)
    yield "image_proj.proj_in.weight", (width, EYE)
    yield "image_proj.proj_in.bias", (width,)
    yield "image_proj.proj_out.weight", (out, width)
    yield "image_proj.proj_out.bias", (out,)
    yield "image_proj.norm_out.weight", (out,)
    yield "image_proj.norm_out.bias", (out,)
    for layer in (f"image_proj.layers.{n}" for n in range(4)):
        for norm in ("0.norm1", "0.norm2", "1.0"):
            yield f"{layer}.{norm}.weight", (width,)
            yield f"{layer}.{norm}.bias", (width,)
        yield f"{layer}.0.to_q.weight", (64, width)
        yield f"{layer}.0.to_kv.weight", (128, width)
        yield f"{layer}.0.to_out.weight", (width, 64)
        yield f"{layer}.1.1.weight", (4 * width, width)
        yield f"{layer}.1.3.weight", (width, 4 * width)
    crosses = (name for name in unet().attn_processors if "attn2" in name)
    for number, name in enumerate(crosses):
        level = 1 if name.startswith(("down_blocks.1", "up_blocks.1")) else 2
        for part in ("to_k_ip", "to_v_ip"):
            yield f"ip_adapter.{2 * number + 1}.{part}.weight", (CHANNELS[level], out)


# -- HyperLoRA ---------------------------------------------------------------------------------


def published_modules(
    blocks: tuple[int, ...] = BLOCKS,
    channels: tuple[int, ...] = CHANNELS,
    cross: int = 2 * TEXT,
) -> dict[str, dict[str, int | None]]:
    """``hyper_lora_modules.json`` from SDXL's structure; for the true sizes give
    (1, 2, 10), (320, 640, 1280) and 2048."""
    places = [(f"down_blocks_{level}", 2, level) for level in (1, 2)]
    places += [("mid_block", 1, 2), ("up_blocks_0", 3, 2), ("up_blocks_1", 3, 1)]
    return {
        f"lora_unet_{place}_attentions_{attention}_transformer_blocks_{block}_attn{kind}": {
            "hidden_size": channels[level],
            "cross_attention_dim": cross if kind == 2 else None,
        }
        for place, attentions, level in places
        for attention in range(attentions)
        for block in range(blocks[level])
        for kind in (1, 2)
    }


def save_variant(
    folder: Path,
    modules: Mapping[str, Any] | None = None,
    files: Mapping[str, dict[str, Array]] | None = None,
) -> Path:
    """A variant's folder as on the hub."""
    modules = modules or published_modules()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "hyper_lora_modules.json").write_text(json.dumps(modules))
    for stem, tensors in (files or hyper_tensors(modules)).items():
        safetensors.numpy.save_file(tensors, folder / f"{stem}.safetensors")
    return folder


def save_hyperlora(folder: Path) -> Path:
    """Both variants; they differ."""
    modules = published_modules()
    for seed, variant in enumerate(("fidelity", "edit")):
        place = folder / f"sdxl_hyper_id_lora_v1_{variant}"
        save_variant(place, modules, hyper_tensors(modules, seed=seed))
    return folder


def hyper_tensors(
    modules: Mapping[str, Mapping[str, int | None]],
    *, seed: int = 3, width: int = 32, heads: int = 2, head: int = 64, bases: int = 8,
    rank: int = 2, tokens: int = 4, layers: int = 2, face: int = 512,
) -> dict[str, dict[str, Array]]:  # fmt: skip
    """The three safetensors of a variant, by file stem; the published sizes are width 1024, 12
    heads of 64, 128 bases, rank 8, 16 tokens and 4 layers."""
    random = np.random.default_rng(seed)

    def normal(*shape: int, scale: float = 1.0) -> Array:
        return (scale * random.standard_normal(shape)).astype(np.float32)

    def linear(out: int, into: int) -> Array:
        return normal(out, into, scale=into**-0.5)

    resampler = {
        "latents": normal(1, 8 * len(modules), width),
        "proj_out.weight": linear(bases, width), "proj_out.bias": normal(bases),
    }  # fmt: skip
    for name in ("proj_in", "proj_in_2"):
        resampler |= {f"{name}.weight": linear(width, width), f"{name}.bias": normal(width)}
    for at in (f"layers.{n}" for n in range(layers)):
        for norm in ("attn1", "attn2_l", "attn2_x", "attn3_l", "attn3_y", "ff"):
            resampler[f"{at}.norm_{norm}.weight"] = 1 + normal(width, scale=0.1)
            resampler[f"{at}.norm_{norm}.bias"] = normal(width, scale=0.1)
        for attn in (f"{at}.attn{n}" for n in (1, 2, 3)):
            for part in "qkv":
                resampler[f"{attn}.to_{part}.weight"] = linear(heads * head, width)
            resampler[f"{attn}.to_out.0.weight"] = linear(width, heads * head)
        resampler[f"{at}.ff.net.0.proj.weight"] = linear(4 * width, width)
        resampler[f"{at}.ff.net.0.proj.bias"] = normal(4 * width, scale=0.1)
        resampler[f"{at}.ff.net.2.weight"] = linear(width, 4 * width)
        resampler[f"{at}.ff.net.2.bias"] = normal(width, scale=0.1)
    projector = {
        "0.weight": normal(tokens * width, face), "0.bias": normal(tokens * width),
        "2.weight": 1 + normal(width, scale=0.1), "2.bias": normal(width, scale=0.1),
    }  # fmt: skip
    bank: dict[str, Array] = {}
    for number, about in enumerate(modules.values()):
        hidden, cross = about["hidden_size"], about["cross_attention_dim"]
        assert hidden is not None
        for part in ("to_q", "to_k", "to_v", "to_out"):
            into = cross if cross and part in ("to_k", "to_v") else hidden
            bank[f"{number}.{part}.id_down_basis"] = normal(bases, into, rank, scale=0.5)
            bank[f"{number}.{part}.id_up_basis"] = normal(bases, rank, hidden, scale=0.5)
    return {
        "hyper_lora_modules": bank,
        "id_projector": projector,
        "resampler": resampler,
    }


# -- the eyes of HyperLoRA ---------------------------------------------------------------------


def save_clip(folder: Path) -> Path:
    """Both halves of CLIP, as on the hub, and how its pictures are prepared."""
    torch.manual_seed(4)
    vision = transformers.CLIPVisionConfig(
        hidden_size=EYE, intermediate_size=24, num_hidden_layers=3, num_attention_heads=2,
        image_size=28, patch_size=14, projection_dim=TEXT,
    )  # fmt: skip
    config = transformers.CLIPConfig(
        text_config=text_config().to_dict(), vision_config=vision.to_dict(), projection_dim=TEXT
    )
    transformers.CLIPModel(config).save_pretrained(folder)
    prepared = {
        "crop_size": 28, "do_center_crop": True, "do_normalize": True, "do_resize": True,
        "feature_extractor_type": "CLIPFeatureExtractor", "resample": 3, "size": 28,
        "image_mean": [0.48145466, 0.4578275, 0.40821073],
        "image_std": [0.26862954, 0.26130258, 0.27577711],
    }  # fmt: skip
    (folder / "preprocessor_config.json").write_text(json.dumps(prepared))
    return folder


def save_antelope(folder: Path) -> Path:
    """A detector that sees one face in the middle of anything, 160 of 640 pixels to every side,
    and a recogniser of mean colours."""
    tiny_onnx.arcface(folder / "glintr100.onnx")
    graph = tiny_onnx.Graph()
    mean = graph.add("ReduceMean", "input", keepdims=0)
    nought = graph.add("Mul", mean, graph.constant(np.zeros(())))
    outputs: dict[str, tiny_onnx.Shape] = {}
    for answer in ([0.9], [5.0] * 4, [-2, -1.5, 2, -1.5, 0, 0, -1.5, 2, 1.5, 2]):
        for stride in (8, 16, 32):
            values = np.zeros((2 * (640 // stride) ** 2, len(answer)))
            if stride == 32:
                values[2 * (10 * 20 + 10)] = answer
            outputs[graph.add("Add", nought, graph.constant(values))] = list(values.shape)
    graph.save(folder / "scrfd_10g_bnkps.onnx", [1, 3, "height", "width"], outputs)
    return folder


def link_face_mesh(home: Path) -> None:
    """The pulled face mesh into another home; to be called before that is chosen."""
    (home / "models").mkdir(parents=True, exist_ok=True)
    for name in facemesh.MODELS:
        found = weights.status(name).path
        if found and found.exists():
            (home / "models" / found.name).symlink_to(found)
