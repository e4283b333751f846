"""The two halves of LTX-2's pipeline, never held together: one reads, the other paints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import PIL.Image

from vivant.engines import extras, residency, weights
from vivant.engines.ltx.published import SPACE, TIME, TOKENS, Model
from vivant.errors import EngineError, MissingModelError, PromptError

if TYPE_CHECKING:
    from pathlib import Path

    import torch

    from vivant.engines.residency import Home
    from vivant.types import Image, Length

_PAINTS = ("transformer", "connectors", "vae", "audio_vae", "vocoder")
_READS = ("text_encoder", "tokenizer", "vocoder")


def prepare(model: Model, distilled: bool) -> None:
    """Raise MissingExtraError or MissingModelError for what is absent, before anything is read."""
    for package in ("torch", "diffusers", "transformers", *(("peft",) if distilled else ())):
        extras.need(package, "gpu")
    for name in (model.name, *((model.distilled,) if distilled else ())):
        weights.folder(name)


def reader(model: Model, home: Home) -> Any:
    """The pipeline with its text encoder alone. Raises MissingModelError."""
    pipe = _load(model, home, absent=_PAINTS)
    residency.place(pipe, home)
    return pipe


def painter(model: Model, distilled: bool, home: Home) -> Any:
    """The pipeline without its text encoder and vocoder. Raises MissingModelError."""
    # Without perturbed_attn, which is off where a configuration doesn't name it, perturbed guidance
    # perturbs nothing: it costs a whole pass at each step and changes no more than rounding.
    transformer = residency.load(
        getattr(extras.need("diffusers", "gpu"), model.transformer),
        weights.folder(model.name) / "transformer", home.dtype, name=model.name,
        perturbed_attn=True,
    )  # fmt: skip
    pipe = _load(model, home, absent=_READS, transformer=transformer)
    _check_autoencoder(pipe.vae, model)
    if distilled:
        _distil(pipe, model)
    residency.place(pipe, home)
    return pipe


def read(pipe: Any, text: str) -> torch.Tensor:
    """What the text encoder makes of ``text``: ``(1, tokens, features)``, without padding.

    Raises PromptError for more than 1024 tokens.
    """
    import torch

    count = len(pipe.tokenizer(text.strip(), verbose=False).input_ids)
    if count > TOKENS:
        raise PromptError(
            f"The temporal prompt has {count} tokens; LTX-2 reads {TOKENS} and would drop the rest."
        )
    with torch.no_grad():
        embeds, mask, _, _ = pipe.encode_prompt(
            text, do_classifier_free_guidance=False, max_sequence_length=TOKENS
        )
    return embeds[:, TOKENS - int(mask.sum()) :]  # type: ignore[no-any-return]


def padded(tokens: torch.Tensor, pipe: Any) -> tuple[torch.Tensor, torch.Tensor]:
    """Embeddings ``(1, 1024, features)`` and their mask, as the painting half wants them.

    Whatever the padding held is masked before anything reads it, so zeros do: 188,160 features for
    each of 1024 tokens need not be kept.
    """
    import torch

    lacking = TOKENS - tokens.shape[1]
    mask = (torch.arange(TOKENS) >= lacking).to(torch.int64)[None]
    full = torch.nn.functional.pad(tokens, (0, 0, lacking, 0))
    return full.to(pipe._execution_device), mask.to(pipe._execution_device)


def conditional(pipe: Any) -> Any:
    """The pipeline that takes several known frames, over the models of ``pipe``."""
    made = extras.need("diffusers", "gpu").LTX2ConditionPipeline(**pipe.components)
    made.set_progress_bar_config(disable=True)
    return made


def conditions(first: Image, end: Image | None, length: Length, crf: int) -> list[Any]:
    """What that pipeline knows of the film: the frames ``first`` it begins with, its last frame.

    ``first`` has one frame or 8k+1. As published, single frames are recompressed at ``crf``, and
    several are taken as they are.
    """
    module = extras.need("diffusers.pipelines.ltx2.pipeline_ltx2_condition", "gpu")
    opened = [PIL.Image.fromarray(frame) for frame in first]
    known = [module.LTX2VideoCondition(opened, index=0, crf=crf)]
    if end is not None:
        # The index counts latents, and latent i begins at frame 8(i - 1) + 1, so the last latent's
        # is seven frames before the film's last. Lightricks' own code places pictures by frames; an
        # eighth of a latent is one, and exact.
        last = (length.frames - 1) / TIME + 1 - 1 / TIME
        known.append(module.LTX2VideoCondition(PIL.Image.fromarray(end), index=last, crf=crf))
    return known


def decode(pipe: Any, latents: torch.Tensor) -> Image:
    """Frames ``(t, height, width, 3)``. Raises EngineError where they hold no finite numbers."""
    import torch

    with torch.no_grad():
        video = pipe.vae.decode(latents.to(pipe.vae.dtype), None, return_dict=False)[0]
        pipe.maybe_free_model_hooks()
        if not torch.isfinite(video).all():
            raise EngineError(
                "The decoded film holds numbers that are not finite: there is nothing to see.",
                mend="Set dtype to bfloat16 or float32 in [settings.animator].",
            )
        frames = pipe.video_processor.postprocess_video(video, output_type="np")[0]
    return np.ascontiguousarray((frames * 255).round().astype(np.uint8))


def _load(model: Model, home: Home, absent: tuple[str, ...], **present: Any) -> Any:
    kind = getattr(extras.need("diffusers", "gpu"), model.pipeline)
    folder = weights.folder(model.name)
    parts = {**dict.fromkeys(absent), **present}
    return residency.load(kind, folder, home.dtype, name=model.name, **parts)


def _check_autoencoder(vae: Any, model: Model) -> None:
    space, time = vae.spatial_compression_ratio, vae.temporal_compression_ratio
    if (space, time) != (SPACE, TIME) or vae.config.timestep_conditioning:
        noise = "with" if vae.config.timestep_conditioning else "without"
        raise MissingModelError(
            f"The autoencoder of {model.name} packs {space} pixels and {time} frames into a latent"
            f" and decodes {noise} noise; LTX-2's packs {SPACE} and {TIME} and decodes without:"
            " this is another model.",
            mend=weights.mend(model.name),
        )


def _distil(pipe: Any, model: Model) -> None:
    """Add the published low-rank weights to the transformer's own, so that no step pays for them.

    Raises MissingModelError.
    """
    scheduler = extras.need("diffusers", "gpu").FlowMatchEulerDiscreteScheduler
    folder: Path = weights.folder(model.distilled)
    try:
        with residency.quiet():
            pipe.load_lora_weights(
                folder, weight_name=model.distilled_file, local_files_only=True,
                use_safetensors=True,
            )  # fmt: skip
            pipe.fuse_lora()
            pipe.unload_lora_weights()
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise MissingModelError(
            f"{model.distilled_file} in {folder} does not fit {model.name}: {error}",
            mend=weights.mend(model.distilled),
        ) from error
    pipe.scheduler = scheduler.from_config(
        pipe.scheduler.config, use_dynamic_shifting=False, shift_terminal=None
    )
