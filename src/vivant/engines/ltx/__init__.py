"""LTX-2 (Lightricks, arXiv 2601.03233): pictures and sound from one network; the sound is dropped.

A film is made in three stages, so that no two large networks are held at once: the text encoder
(Gemma 3, 12 billion weights) reads the prompts and leaves; the transformer (19 billion) denoises;
the autoencoder decodes.

Sound. The transformer denoises pictures and sound together and lets each attend to the other, so
the sound can't be left out without changing the pictures. It is guided as published, never decoded,
and dropped: films are silent so far. The vocoder is not loaded; of the sound's autoencoder (53
million weights) the pipeline needs two numbers a channel, so it is.

What is published beside it and not here: a second stage at twice the size, pictures in the middle
of a film.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import PIL.Image

import vivant
from vivant.engines import painting, residency, settings, weights
from vivant.engines.ends import opening
from vivant.engines.ltx import halves
from vivant.engines.ltx.published import (
    BUILT_IN,
    FOOTPRINTS,
    LICENCE,
    MODELS,
    NAME,
    REPEATS,
    TOKENS,
    Settings,
)
from vivant.engines.residency import EmbeddingKey, Embeddings, Home, Lease, Placement
from vivant.errors import RecipeError
from vivant.geometry import Size
from vivant.types import EngineInfo, Film, Reach

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import torch

    from vivant.recipe import Scalar
    from vivant.types import Footprint, Image, Length, Observer, Shot


def animator(given: Mapping[str, Scalar]) -> LtxAnimator:
    """The engine of the table. Raises RecipeError."""
    chosen, placement = settings.read_both(Settings, Placement, given, NAME)
    if placement.may_shrink:
        raise RecipeError(
            f"The engine {NAME} can't have may_shrink: a film has the size of its keyframe."
        )
    if chosen.variant == "distilled":
        if built_in := [name for name in given if name in BUILT_IN]:
            raise RecipeError(
                f"The distilled variant of the engine {NAME} has {', '.join(built_in)} built in;"
                " leave it out, or choose the variant full."
            )
        chosen = replace(chosen, **BUILT_IN)
    return LtxAnimator(chosen, placement)


class LtxAnimator:
    """Moves a picture with LTX-2, in one stage at the film's own size.

    Frame 0 is the picture as the model's autoencoder gives it back. A shot that continues a film
    begins with the film's last nine frames as one piece, so that the movement goes on too. Methods
    raise MissingModelError and MissingExtraError. Not to be shared between threads.
    """

    def __init__(self, chosen: Settings, placement: Placement) -> None:
        self._settings = chosen
        self._placement = placement
        self._model = MODELS[chosen.model]
        self._distilled = chosen.variant == "distilled"
        self._embeddings = Embeddings()
        self._lease: tuple[Home, Lease[Any]] | None = None

    @property
    def info(self) -> EngineInfo:
        """Name, version, licence, models, memory, what was verified."""
        models, packages = [self._model.name], ["accelerate", "diffusers", "torch", "transformers"]
        if self._distilled:
            models.append(self._model.distilled)
            packages.append("peft")
        return EngineInfo(
            name=f"{NAME} ({self._settings.variant})",
            version=vivant.__version__,
            licence=LICENCE,
            models=tuple(weights.model_file(name) for name in models),
            packages=tuple(packages),
            footprints=FOOTPRINTS,
            makes=self._model.makes,
            verified="with small random weights on a CPU: bit-equal to diffusers' own calls, also"
            " from a film's frames and to a last one; noise levels and settings against the"
            " published ones",
            unverified="how a film looks and whether the person stays the same; how smoothly it"
            " goes on from a film's frames, how well it arrives at a last one; memory and speed;"
            " how near the distilled additions come to the distilled checkpoint in one stage",
        )

    @property
    def reach(self) -> Reach:
        """Each call starts from the keyframe or from two latents of the film, and can arrive."""
        return Reach(self._model.frames, repeats=REPEATS, arrives=True)

    def ways(self, size: Size, length: Length) -> tuple[Footprint, ...]:
        """Those of 121 frames of 768x512, whatever is asked for; larger films climb the ladder."""
        del size, length
        return FOOTPRINTS

    def steps(self, length: Length) -> int:
        """One for each step of the schedule."""
        del length
        return self._settings.steps

    def check(self, size: Size, length: Length) -> None:
        """Raise GeometryError: sides divide by 32, frames are 8k+1, rates are 24, 25, 30 or 60."""
        self._model.check(size, length)

    def read(self, texts: Sequence[str]) -> None:
        """Encode these prompts, and the negative one, in one visit of the text encoder."""
        halves.prepare(self._model, self._distilled)
        home = residency.settle(self._placement, FOOTPRINTS)
        residency.climb(home, lambda home: self._read(texts, home), _mute, release=self.release)

    def animate(self, shot: Shot, watch: Observer) -> Film:
        """Move the shot's start, in its own size, as its prompt says.

        Raises GeometryError as ``check`` does, PromptError for more than 1024 tokens, and
        EngineError for a shot beyond ``reach``.
        """
        first = opening(shot, self.reach)
        height, width = first.shape[1:3]
        self.check(Size(width, height), shot.length)
        halves.prepare(self._model, self._distilled)

        def work(home: Home) -> tuple[Image, dict[str, Any]]:
            (texts,) = self._read([shot.temporal.text], home)
            pipe = self._painter(home)
            with residency.peak(home.device) as peak:
                latents = self._denoise(pipe, texts, first, shot, watch)
                frames = halves.decode(pipe, latents)
            return frames, {**self._used(pipe), "home": home.record, **peak.record}

        # What is held takes the memory that settling anew would miss.
        held = self._lease and self._lease[0]
        home = held or residency.settle(self._placement, FOOTPRINTS)
        try:
            (frames, used), rungs = residency.climb(home, work, watch.note, release=self.release)
        except BaseException:
            # Stopped on the way, a model may be half on one device and half on another.
            self.release()
            raise
        return Film(frames, shot.length.fps, shot.seed, used={**used, "rungs": list(rungs)})

    def release(self) -> None:
        """Let go of the models; encoded prompts, some megabytes each, are kept."""
        if self._lease is not None:
            self._lease[1].end()
            self._lease = None

    def _read(self, prompts: Sequence[str], home: Home) -> list[tuple[torch.Tensor | None, ...]]:
        """Each prompt with the negative one, None where it isn't used, encoded."""
        reader = Lease(lambda: halves.reader(self._model, home))

        def encoded(prompt: str) -> tuple[torch.Tensor | None, ...]:
            # The text encoder is large too: first one leaves, then the other comes.
            self.release()
            pipe = reader.take()
            negative = self._settings.negative if self._settings.guided else None
            return (
                halves.read(pipe, prompt),
                None if negative is None else halves.read(pipe, negative),
            )

        def remembered(prompt: str) -> tuple[torch.Tensor | None, ...]:
            key = EmbeddingKey(self._model.name, prompt, TOKENS, str(home.dtype))
            return self._embeddings.remember(key, lambda: encoded(prompt))

        try:
            return [remembered(prompt) for prompt in prompts]
        finally:
            reader.end()

    def _painter(self, home: Home) -> Any:
        if self._lease is None or self._lease[0] != home:
            self.release()
            self._lease = home, Lease(lambda: halves.painter(self._model, self._distilled, home))
        return self._lease[1].take()

    def _denoise(
        self,
        pipe: Any,
        texts: tuple[torch.Tensor | None, ...],
        first: Image,
        shot: Shot,
        watch: Observer,
    ) -> torch.Tensor:
        """Latents ``(1, channels, frames, height, width)``, ready to decode."""
        height, width = first.shape[1:3]
        crf = self._settings.keyframe_crf
        if len(first) == 1 and shot.end is None:
            given: dict[str, Any] = {"image": PIL.Image.fromarray(first[0]), "image_crf": crf}
        else:
            pipe = halves.conditional(pipe)
            given = {"conditions": halves.conditions(first, shot.end, shot.length, crf)}
        latents, _sound = pipe(
            **given,
            height=height,
            width=width,
            num_frames=shot.length.frames,
            frame_rate=float(shot.length.fps),
            num_inference_steps=self._settings.steps,
            sigmas=self._settings.sigmas,
            **self._settings.scales,
            spatio_temporal_guidance_blocks=[self._model.perturbed_block],
            use_cross_timestep=self._model.cross_timestep,
            **_prompts(pipe, texts),
            generator=residency.generator(shot.seed),
            output_type="latent",
            return_dict=False,
            callback_on_step_end=painting.steps_to(watch),
            callback_on_step_end_tensor_inputs=[],
        )
        return latents  # type: ignore[no-any-return]

    def _used(self, pipe: Any) -> dict[str, Any]:
        return {
            "model": self._settings.model,
            "variant": self._settings.variant,
            "scheduler": type(pipe.scheduler).__name__,
            "steps": self._settings.steps,
            "timesteps": [round(float(time), 4) for time in pipe.scheduler.timesteps],
            **self._settings.scales,
            "perturbed_block": self._model.perturbed_block,
            "negative": self._settings.negative,
            "keyframe_crf": self._settings.keyframe_crf,
            "sound": "made with the pictures and dropped: films are silent so far",
        }


def _mute(message: str) -> None:
    del message


def _prompts(pipe: Any, texts: tuple[torch.Tensor | None, ...]) -> dict[str, torch.Tensor]:
    """The pipeline's arguments for the prompt and, where there is one, the negative prompt."""
    given: dict[str, torch.Tensor] = {}
    for kind, tokens in zip(("", "negative_"), texts, strict=True):
        if tokens is not None:
            embeds, mask = halves.padded(tokens, pipe)
            given |= {f"{kind}prompt_embeds": embeds, f"{kind}prompt_attention_mask": mask}
    return given
