"""The models there are.

``MODELS`` are single pinned files, which the default recipe needs. ``HUB`` are the published models
of the generative engines, on a model hub.

What the hub's rows leave open. No hub was in reach where they were written, so no commit could be
looked up and pinned: they ask for ``main``, and the first pull records the commit and every hash
(``vivant models list`` shows it). Sizes are approximate: from the publishers' pages, from
parameter counts, or, for ``ltx-2``, estimated; ``vivant models pull NAME --dry-run`` asks the hub
for the exact ones. File patterns follow how the repositories are loaded in public code. The two
InsightFace packs are published as archives on GitHub; the rows name copies of the plain files made
by others, ``realvisxl-v4`` is taken to hold the fp16 variant that public code loads from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vivant.engines.weights.spec import HubSpec, InPackage, InWheel, ModelSpec, Wheel

if TYPE_CHECKING:
    from collections.abc import Mapping

MEDIAPIPE = Wheel(
    "mediapipe",
    "0.10.9",
    "2c31ea1160c118daa50f7d43f0027d2480664568df53b7d7a7835b6e966f2cc2",
    platform="manylinux2014_x86_64",
    python="311",
)
"""Holds the face mesh, iris and matting networks. Its own requirements (protobuf < 4,
opencv-contrib, matplotlib) are not wanted, so its files are taken out instead."""


def _mediapipe(name: str, module: str, size: int, sha256: str) -> ModelSpec:
    source = InWheel(MEDIAPIPE, f"mediapipe/modules/{module}/{name}.tflite")
    return ModelSpec(name, sha256, "Apache-2.0", source, size)


def _dlib(name: str, file: str, size: int, sha256: str) -> ModelSpec:
    # An ordinary dependency, found but not imported: importing it needs the retired pkg_resources.
    source = InPackage("face-recognition-models", "face_recognition_models", f"models/{file}")
    return ModelSpec(name, sha256, "CC0-1.0", source, size)


_FILES = (
    _mediapipe(
        "face_detection_short_range", "face_detection", 229_714,
        "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
    ),
    _mediapipe(
        "face_landmark", "face_landmark", 1_242_398,
        "1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814",
    ),
    _mediapipe(
        "iris_landmark", "iris_landmark", 2_640_568,
        "d1744d2a09c25f501d39eba4faff47e53ecca8852c5ce19bce8eeac39357521f",
    ),
    _mediapipe(
        "selfie_segmentation", "selfie_segmentation", 249_505,
        "9ee168ec7c8f2a16c56fe8e1cfbc514974cbbb7e434051b455635f1bd1462f5c",
    ),
    _dlib(
        "dlib_face_detector", "mmod_human_face_detector.dat", 729_940,
        "4cb19393e2fbaf2b1609a9319ad5386618c886a6234ec1b971f3e87c85d87fe6",
    ),
    _dlib(
        "dlib_landmarks_5", "shape_predictor_5_face_landmarks.dat", 9_150_489,
        "c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888",
    ),
    _dlib(
        "dlib_face_embedding", "dlib_face_recognition_resnet_model_v1.dat", 22_466_066,
        "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
    ),
)  # fmt: skip

_TRANSFORMERS = ("*.json", "*.txt", "*.safetensors", "*.jinja")
_DIFFUSERS = (
    "model_index.json", "*/*.json", "*/*.txt", "*/*.model", "*/*.jinja", "*/*.safetensors",
)  # fmt: skip
# The single-file checkpoints beside the folders, and the fp32 files, hold the same again.
_DIFFUSERS_FP16 = ("model_index.json", "*/*.json", "*/*.txt", "*/*.fp16.safetensors")
_APACHE = "Apache-2.0"
_OPENRAIL = "LicenseRef-OpenRAIL++-M"
_INSIGHTFACE = "LicenseRef-InsightFace-research-only"

_REPOSITORIES = (
    HubSpec(
        "qwen3-8b", "Qwen/Qwen3-8B", _TRANSFORMERS, _APACHE, 16_400_000_000,
        "language model: the prompt writer as published",
    ),
    HubSpec(
        "qwen3-1.7b", "Qwen/Qwen3-1.7B", _TRANSFORMERS, _APACHE, 4_100_000_000,
        "language model: a small prompt writer",
    ),
    HubSpec(
        "qwen-image-edit-2509", "Qwen/Qwen-Image-Edit-2509", _DIFFUSERS, _APACHE,
        57_700_000_000, "painter from one to three reference images",
    ),
    HubSpec(
        "qwen-image-edit-2511", "Qwen/Qwen-Image-Edit-2511", _DIFFUSERS, _APACHE,
        57_700_000_000, "painter from one to three reference images",
    ),
    HubSpec(
        "flux2-klein-4b", "black-forest-labs/FLUX.2-klein-4B", _DIFFUSERS, _APACHE,
        16_000_000_000, "four-step painter from reference images",
    ),
    HubSpec(
        "sdxl-base", "stabilityai/stable-diffusion-xl-base-1.0", _DIFFUSERS_FP16, _OPENRAIL,
        7_000_000_000, "text-to-image base model, fp16 variant",
    ),
    HubSpec(
        "realvisxl-v4", "SG161222/RealVisXL_V4.0", _DIFFUSERS_FP16, _OPENRAIL, 7_000_000_000,
        "photographic SDXL, HyperLoRA's published base, fp16 variant",
    ),
    HubSpec(
        "ip-adapter-plus-face-sdxl", "h94/IP-Adapter",
        (
            "sdxl_models/ip-adapter-plus-face_sdxl_vit-h.safetensors",
            "models/image_encoder/config.json", "models/image_encoder/model.safetensors",
        ),
        _APACHE, 3_400_000_000, "face reference for SDXL",
    ),
    HubSpec(
        "hyperlora", "bytedance-research/HyperLoRA",
        tuple(
            f"sdxl_hyper_id_lora_v1_{variant}/*.{kind}"
            for variant in ("fidelity", "edit")
            for kind in ("json", "safetensors")
        ),
        "CC-BY-NC-4.0", 6_600_000_000, "an identity LoRA for SDXL from one photo",
        commercial=False,
    ),
    HubSpec(
        "clip-vit-large-patch14", "openai/clip-vit-large-patch14",
        ("config.json", "preprocessor_config.json", "model.safetensors"),
        "MIT", 1_710_000_000, "image encoder of HyperLoRA",
    ),
    HubSpec(
        "wan2.2-ti2v-5b", "Wan-AI/Wan2.2-TI2V-5B-Diffusers", _DIFFUSERS, _APACHE,
        34_000_000_000, "animator for one 24 GB GPU",
    ),
    HubSpec(
        "wan2.2-i2v-a14b", "Wan-AI/Wan2.2-I2V-A14B-Diffusers", _DIFFUSERS, _APACHE,
        126_000_000_000, "animator with two experts",
    ),
    HubSpec(
        "wan2.2-lightning-i2v", "lightx2v/Wan2.2-Lightning",
        tuple(
            f"Wan2.2-I2V-A14B-4steps-lora-rank64-Seko-V1/{expert}_noise_model.safetensors"
            for expert in ("high", "low")
        ),
        _APACHE, 1_200_000_000, "four-step LoRAs for wan2.2-i2v-a14b",
    ),
    HubSpec(
        "ltx-2", "Lightricks/LTX-2", _DIFFUSERS, "LicenseRef-LTX-2-Community", 70_000_000_000,
        "animator with sound; the licence ends at a yearly revenue of 10 million dollars",
    ),
    HubSpec(
        "ltx-2-distilled-lora", "Lightricks/LTX-2", ("ltx-2-19b-distilled-lora-384.safetensors",),
        "LicenseRef-LTX-2-Community", 7_670_000_000,
        "turns ltx-2 into its eight-step variant; the licence ends as that of ltx-2",
    ),
    HubSpec(
        "antelopev2", "DIAMONIK7777/antelopev2", ("*.onnx",), _INSIGHTFACE, 428_000_000,
        "InsightFace: detection (scrfd_10g_bnkps), recognition (glintr100), attributes",
        commercial=False,
    ),
    HubSpec(
        "buffalo_l", "public-data/insightface", ("models/buffalo_l/*.onnx",), _INSIGHTFACE,
        341_000_000, "InsightFace: detection (det_10g), recognition (w600k_r50), attributes",
        commercial=False,
    ),
    HubSpec(
        "yunet", "opencv/face_detection_yunet", ("face_detection_yunet_2023mar.onnx",),
        "MIT", 233_000, "face detection",
    ),
    HubSpec(
        "sface", "opencv/face_recognition_sface", ("face_recognition_sface_2021dec.onnx",),
        _APACHE, 38_700_000, "face recognition, free for commercial use",
    ),
)  # fmt: skip

MODELS: Mapping[str, ModelSpec] = {spec.name: spec for spec in _FILES}
HUB: Mapping[str, HubSpec] = {spec.name: spec for spec in _REPOSITORIES}
