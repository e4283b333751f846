"""Qwen-Image-Edit's real classes with a few thousand random weights, saved as the hub has them.

The configurations keep what decides the wiring (strides, packing, which tokens are picture) and
shrink everything else. Random weights paint noise: they prove the way, no picture.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from vivant import image
from vivant.engines.extras import need
from vivant.types import Box, Face, Image, Reference

diffusers, transformers = need("diffusers", "gpu"), need("transformers", "gpu")

TALK = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
SIGHT = ("<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>")


def byte_tokenizer(*control: str) -> Any:
    """Qwen's tokenizer without its learned merges: a token per byte, and the control tokens."""
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    spare = iter(range(256, 512))
    bytes_ = [chr(byte if byte in printable else next(spare)) for byte in range(256)]
    vocab = {token: number for number, token in enumerate((*bytes_, *control))}
    return transformers.Qwen2Tokenizer(
        vocab=vocab, merges=[], extra_special_tokens=list(control[1:])
    )


def reader(tokenizer: Any) -> Any:
    """Qwen2.5-VL."""
    number = tokenizer.convert_tokens_to_ids
    end = number("<|endoftext|>")
    torch.manual_seed(1)
    return transformers.Qwen2_5_VLForConditionalGeneration(
        transformers.Qwen2_5_VLConfig(
            text_config={
                "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 2,
                "num_attention_heads": 2, "num_key_value_heads": 2, "vocab_size": len(tokenizer),
                "rope_parameters": {
                    "rope_type": "default", "rope_theta": 1e6, "mrope_section": [1, 1, 2]
                },
                # Large weights: with small ones every token attends to all alike, wherever it is.
                "initializer_range": 0.5,
                "bos_token_id": None, "eos_token_id": end, "pad_token_id": end,
            },
            vision_config={
                "depth": 2, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2,
                "out_hidden_size": 16,
            },
            vision_start_token_id=number("<|vision_start|>"),
            vision_end_token_id=number("<|vision_end|>"),
            image_token_id=number("<|image_pad|>"),
            video_token_id=number("<|video_pad|>"),
        )
    ).eval()  # fmt: skip


def save(folder: Path, seed: int = 0) -> Path:
    """The whole model as a hub folder."""
    torch.manual_seed(seed)
    transformer = diffusers.QwenImageTransformer2DModel(
        patch_size=2, in_channels=16, out_channels=4, num_layers=2, attention_head_dim=16,
        num_attention_heads=3, joint_attention_dim=16, axes_dims_rope=(8, 4, 4),
    )  # fmt: skip
    vae = diffusers.AutoencoderKLQwenImage(
        base_dim=6, z_dim=4, dim_mult=[1] * 4, num_res_blocks=1,
        temperal_downsample=[False, True, True], latents_mean=[0.1] * 4, latents_std=[0.7] * 4,
    )  # fmt: skip
    tokenizer = byte_tokenizer(*TALK, *SIGHT)
    diffusers.QwenImageEditPlusPipeline(
        scheduler=diffusers.FlowMatchEulerDiscreteScheduler(
            use_dynamic_shifting=True, shift_terminal=0.02
        ),
        vae=vae,
        text_encoder=reader(tokenizer),
        tokenizer=tokenizer,
        processor=None,
        transformer=transformer,
    ).save_pretrained(folder)
    transformers.Qwen2VLImageProcessorPil().save_pretrained(folder / "processor")
    # transformers can't make the published Qwen2VLProcessor without torchvision, only name it.
    index = folder / "model_index.json"
    named = json.loads(index.read_text()) | {"processor": ["transformers", "Qwen2VLProcessor"]}
    index.write_text(json.dumps(named))
    return folder


def library(folder: Path, told: bool = True) -> Any:
    """The library's own pipeline, with its own processor, apart from the part that reads videos.

    ``told``: the text encoder learns which tokens are picture, from the processor's own method.
    """
    pipe = diffusers.QwenImageEditPlusPipeline.from_pretrained(
        folder, local_files_only=True, dtype=torch.float32, processor=None
    )
    pipe.set_progress_bar_config(disable=True)
    processor = transformers.Qwen2VLProcessor.__new__(transformers.Qwen2VLProcessor)
    processor.image_processor = transformers.Qwen2VLImageProcessorPil.from_pretrained(
        folder / "processor"
    )
    processor.tokenizer = pipe.tokenizer
    for kind in ("image", "video"):
        setattr(processor, f"{kind}_token", f"<|{kind}_pad|>")
        number = pipe.tokenizer.convert_tokens_to_ids(f"<|{kind}_pad|>")
        setattr(processor, f"{kind}_token_id", number)
    pipe.processor = processor

    def tell(module: Any, args: Any, given: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        del module
        kinds = torch.tensor(processor.create_mm_token_type_ids(given["input_ids"].tolist()))
        return args, {**given, "mm_token_type_ids": kinds}

    if told:
        pipe.text_encoder.register_forward_pre_hook(tell, with_kwargs=True)
    return pipe


def other() -> Reference:
    """Somebody else: the astronaut upside down, in another box."""
    photo = np.ascontiguousarray(portrait().image[::-1])
    face = Face(Box(200, 90, 290, 190), np.zeros((2, 2), np.float32), None, 1.0)
    return Reference(photo, face, image.digest(photo))


def frame(width: int, height: int) -> Image:
    """A frame of a film: the astronaut among noise."""
    shown = np.random.default_rng(3).integers(0, 256, (height, width, 3), np.uint8)
    shown[8:-8, 8:-8] = portrait().image[100 : 84 + height, 150 : 134 + width]
    return shown


def portrait() -> Reference:
    """The astronaut; the box is where a face detector finds her face."""
    photo = np.ascontiguousarray(need("skimage.data", "demo").astronaut())
    face = Face(Box(179, 70, 272, 177), np.zeros((2, 2), np.float32), None, 1.0)
    return Reference(photo, face, image.digest(photo))
