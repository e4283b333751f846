"""The animator on Wan2.2: text encoder, transformers and autoencoder, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import PIL.Image

import vivant
from vivant.engines import acceleration, extras, residency, settings, weights
from vivant.engines.ends import opening
from vivant.engines.residency import EmbeddingKey, Embeddings, Home, Lease, Placement
from vivant.engines.wan import lean, timestep
from vivant.engines.wan.adapters import EXPERTS, adapt
from vivant.engines.wan.decode import decode
from vivant.engines.wan.models import NAME, Plan, Settings
from vivant.errors import MissingModelError, PromptError, RecipeError
from vivant.types import EngineInfo, Film, Reach, Size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import torch

    from vivant.recipe import Scalar
    from vivant.types import Footprint, Image, Length, Observer, Shot

TOKENS = 512
"""What the text encoder reads, as published; diffusers would cut longer prompts off silently."""


class WanAnimator:
    """Moves a picture with Wan2.2 TI2V-5B, I2V-A14B, or A14B in four distilled steps.

    Frame 0 is the picture as the model's autoencoder gives it back, slightly softer; the picture
    itself in its place would make a visible jump to frame 1. So is the last frame where the shot
    has an end, which A14B can be told. ``Film.used`` says how near both came, in decibels of signal
    to noise.

    One after the other, so that never more than one of them need be on the device: the text encoder
    reads the prompts (``read``) and leaves; the transformers denoise; the autoencoder decodes.
    Methods raise MissingExtraError, MissingModelError and GeometryError before any weight is read,
    PromptError for more than 512 tokens. Not to be shared between threads.
    """

    def __init__(self, chosen: Settings, placement: Placement) -> None:
        self._settings = chosen
        self._placement = placement
        self._plan = chosen.planned()
        self._embeddings = Embeddings()
        self._lease: tuple[Home, Lease[Any]] | None = None
        self._exact = {"timestep_collapse": "not applied: turned off", "lean_autoencoder": ""}

    @property
    def info(self) -> EngineInfo:
        """Name, version, licence, model files, memory, and what was verified."""
        row = self._plan.model
        names = (row.weights, row.lora) if row.lora else (row.weights,)
        packages = ("accelerate", "diffusers", "ftfy", "safetensors", "torch", "transformers")
        arriving = ", how well it arrives at a last picture" if row.arrives else ""
        return EngineInfo(
            name=f"{NAME} ({self._settings.model})",
            version=vivant.__version__,
            licence="Apache-2.0",
            models=tuple(weights.model_file(name) for name in names),
            packages=(*packages, "peft") if row.lora else packages,
            footprints=row.ways(self._placement),
            makes=row.makes,
            verified="bit-equal to diffusers' own call with small random weights, on a CPU, also"
            " from a film's frame and to a last one; timesteps against the published ones",
            unverified=f"the look of a film, likeness over time{arriving}; memory and speed on a"
            " GPU",
        )

    @property
    def reach(self) -> Reach:
        """Each call starts from one picture; A14B can be told another to end with."""
        return Reach(self._plan.model.frames, arrives=self._plan.model.arrives)

    def ways(self, size: Size, length: Length) -> tuple[Footprint, ...]:
        """What a film of this size and length takes."""
        return self._plan.model.ways(self._placement, size, length)

    def steps(self, length: Length) -> int:
        """One for each denoising step."""
        del length
        return self._plan.steps

    def check(self, size: Size, length: Length) -> None:
        """Raise GeometryError for a size, frame count or frame rate the model wasn't made for."""
        self._plan.model.check(size, length)

    def read(self, texts: Sequence[str]) -> None:
        """Encode these prompts, and the negative one, in one visit of the text encoder.

        ``animate`` does it for its own prompt; a batch saves reloading by doing it for all.
        """
        _need()
        home = self._settled(self._plan.model.ways(self._placement))
        residency.climb(home, lambda home: self._read(texts, home), _mute, release=self.release)

    def animate(self, shot: Shot, watch: Observer) -> Film:
        """Move the shot's start, in its own size, as its prompt says.

        Raises EngineError for a shot beyond ``reach``.
        """
        (first,) = opening(shot, self.reach)
        height, width = first.shape[:2]
        size = Size(width, height)
        self.check(size, shot.length)
        _need()
        told = _Told(watch)
        try:
            home = self._settled(self.ways(size, shot.length))
            (latents, used), denoising = residency.climb(
                home,
                lambda home: self._denoise(home, first, shot, told),
                watch.note,
                release=self.release,
                skip=("offload group",) if self._settings.compile else (),
            )
            home = used.pop("home")
            (frames, vae), decoding = residency.climb(
                home, lambda home: self._decode(home, latents), watch.note, release=self.release
            )
        except BaseException:
            # Stopped or failed half-way: hooks and caches may be in any state.
            self.release()
            raise
        used |= {
            "home": {**home.record, "vae": vae},
            "rungs": [*denoising, *decoding],
            "start_psnr": _psnr(first, frames[0]),
        }
        if shot.end is not None:
            used["end_psnr"] = _psnr(shot.end, frames[-1])
        return Film(frames, shot.length.fps, shot.seed, used=used)

    def release(self) -> None:
        """Let go of the models; encoded prompts, 4 MB each, are kept."""
        if self._lease is not None:
            self._lease[1].end()
            self._lease = None

    def _settled(self, ways: tuple[Footprint, ...]) -> Home:
        """Where the models are, if they are held; else where they fit.

        What is held takes the memory that settling anew would miss.
        """
        if self._lease is not None:
            return self._lease[0]
        home = residency.settle(self._placement, ways)
        if self._settings.compile and home.offload == "group":
            raise RecipeError(
                "The setting compile is on, but here the transformers' blocks must be streamed"
                " (offload group), and fetching weights can't be compiled into a block; it must"
                " be off."
            )
        return home

    # -- text ----------------------------------------------------------------------------------

    def _read(self, texts: Sequence[str], home: Home) -> list[torch.Tensor]:
        """Embeddings (1, 512, dim) on the CPU, of the negative prompt last where it is used."""
        wanted = (*texts, self._settings.negative) if self._plan.guided else tuple(texts)
        encoder = Lease(lambda: self._encoder(home))

        def embedded(text: str) -> torch.Tensor | None:
            key = EmbeddingKey(self._plan.model.weights, text, TOKENS, str(home.dtype))
            return self._embeddings.remember(key, lambda: (encode(text),))[0]

        def encode(text: str) -> torch.Tensor:
            self.release()  # the encoder is as large as a transformer
            return _encode(encoder.take(), text)

        try:
            return [each for each in map(embedded, wanted) if each is not None]
        finally:
            encoder.end()

    def _encoder(self, home: Home) -> Any:
        pipe = self._load({"default": home.dtype}, (*EXPERTS, "vae", "scheduler"))
        residency.place(pipe, home)
        return pipe

    # -- pictures ------------------------------------------------------------------------------

    def _take(self, home: Home) -> Any:
        """The pipeline without its text encoder, for this home."""
        if self._lease is None or self._lease[0] != home:
            self.release()
            self._lease = home, Lease(lambda: self._denoiser(home))
        return self._lease[1].take()

    def _denoiser(self, home: Home) -> Any:
        """In the order that each needs: changed arithmetic, adapters, hooks, compilation."""
        import torch

        scheduler = extras.need("diffusers", "gpu").UniPCMultistepScheduler
        row = self._plan.model
        dtypes = {"default": home.dtype, "vae": torch.float32}
        pipe = self._load(dtypes, ("text_encoder", "tokenizer"))
        _check_scheduler(pipe.scheduler, row.weights)
        pipe.scheduler = scheduler.from_config(
            pipe.scheduler.config, flow_shift=self._plan.flow_shift
        )
        self._exact["lean_autoencoder"] = lean.slim(pipe.vae)
        if not row.expands:
            self._exact["timestep_collapse"] = "not applied: one timestep holds for all tokens"
        elif self._settings.collapse:
            self._exact["timestep_collapse"] = timestep.collapse(pipe.transformer)
        if row.lora:
            adapt(pipe, weights.folder(row.lora), row.lora, home.dtype)
        residency.place(pipe, home)
        if self._settings.compile:
            for name in _experts(pipe):
                acceleration.compile_blocks(getattr(pipe, name))
        return pipe

    def _load(self, dtypes: Mapping[str, torch.dtype], absent: Sequence[str]) -> Any:
        with residency.quiet():  # its module's import warns of torchvision, which it can do without
            kind = extras.need("diffusers", "gpu").WanImageToVideoPipeline
        row = self._plan.model
        folder = weights.folder(row.weights)
        row.check_folder(folder)
        return residency.load(kind, folder, dtypes, name=row.weights, **dict.fromkeys(absent))

    def _denoise(
        self, home: Home, first: Image, shot: Shot, told: _Told
    ) -> tuple[torch.Tensor, dict[str, Any]]:
        """Latents (1, channels, t, h, w) on the device, and what was used to make them."""
        plan = self._plan
        embeds = [each.to(home.device) for each in self._read([shot.temporal.text], home)]
        pipe = self._take(home)
        height, width = first.shape[:2]
        threshold = self._settings.cache_threshold or None
        with acceleration.step_cache(
            _shares(pipe, plan), self._settings.cache, threshold
        ) as cached:
            latents = pipe(
                image=PIL.Image.fromarray(first),
                last_image=None if shot.end is None else PIL.Image.fromarray(shot.end),
                prompt_embeds=embeds[0],
                negative_prompt_embeds=embeds[1] if plan.guided else None,
                height=height,
                width=width,
                num_frames=shot.length.frames,
                num_inference_steps=plan.steps,
                guidance_scale=plan.guidance,
                guidance_scale_2=plan.guidance_low,
                generator=residency.generator(shot.seed),
                output_type="latent",
                return_dict=False,
                callback_on_step_end=told.step,
                callback_on_step_end_tensor_inputs=[],
            )[0]
        return latents, {**self._used(pipe, cached), "home": home}

    def _used(self, pipe: Any, cached: acceleration.Cached) -> dict[str, Any]:
        plan = self._plan
        return {
            "model": self._settings.model,
            "scheduler": type(pipe.scheduler).__name__,
            "steps": plan.steps,
            "timesteps": [int(each) for each in pipe.scheduler.timesteps],
            "flow_shift": plan.flow_shift,
            "guidance": plan.guidance,
            "guidance_low": plan.guidance_low,
            "negative": self._settings.negative if plan.guided else "unused: guidance is 1",
            "adapters": plan.model.lora or "none",
            "step_cache": cached.record,
            **self._exact,
            "compiled": self._settings.compile,
        }

    def _decode(self, home: Home, latents: torch.Tensor) -> tuple[Image, str]:
        """The frames, and how the autoencoder was cut.

        With the autoencoder that is held, or after running out of memory with it alone.
        """
        if self._lease is not None and self._lease[0] == home:
            return decode(self._lease[1].take().vae, latents), home.vae
        with residency.lend(lambda: self._autoencoder(home)) as vae:
            return decode(vae, latents), home.vae

    def _autoencoder(self, home: Home) -> Any:
        import torch
        from diffusers import AutoencoderKLWan

        name = self._plan.model.weights
        folder = weights.folder(name) / "vae"
        vae = residency.load(AutoencoderKLWan, folder, torch.float32, name=name)
        lean.slim(vae)
        residency.place_model(vae, home)
        return vae


def animator(given: Mapping[str, Scalar]) -> WanAnimator:
    """The animator of the engine table. Raises RecipeError for a setting it can't have."""
    return WanAnimator(*settings.read_both(Settings, Placement, given, NAME))


class _Told:
    """Tells the observer of each step once, also when a step is done again with less memory."""

    def __init__(self, watch: Observer) -> None:
        self._watch = watch
        self._steps = 0

    def step(self, pipe: Any, index: int, time: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        """diffusers' callback at the end of a step."""
        del pipe, time
        if index >= self._steps:
            self._steps += 1
            self._watch.step()
        return tensors


def _encode(pipe: Any, text: str) -> torch.Tensor:
    """(1, 512, dim). Raises PromptError for a longer prompt."""
    import torch

    found = len(pipe.tokenizer(text).input_ids)
    if found > TOKENS:
        raise PromptError(
            f"The prompt has {found} tokens; Wan's text encoder reads {TOKENS}, and what"
            " comes after them would be lost without a word."
        )
    with torch.no_grad():
        embeds: torch.Tensor = pipe.encode_prompt(
            text, do_classifier_free_guidance=False, max_sequence_length=TOKENS
        )[0]
    return embeds


def _need() -> None:
    """Without ftfy diffusers fails only when it reads the prompt, with a NameError."""
    for module in ("torch", "transformers", "diffusers", "ftfy"):
        extras.need(module, "gpu")


def _experts(pipe: Any) -> list[str]:
    return [name for name in EXPERTS if getattr(pipe, name, None) is not None]


def _shares(pipe: Any, plan: Plan) -> dict[str, acceleration.Expert]:
    """Each transformer with the number of steps that fall to it."""
    pipe.scheduler.set_timesteps(plan.steps)
    if plan.model.boundary is None:
        return {EXPERTS[0]: acceleration.Expert(pipe.transformer, plan.steps)}
    boundary = plan.model.boundary * pipe.scheduler.config.num_train_timesteps
    high = int((pipe.scheduler.timesteps >= boundary).sum())
    counts = (high, plan.steps - high)
    return {
        name: acceleration.Expert(getattr(pipe, name), count)
        for name, count in zip(EXPERTS, counts, strict=True)
    }


def _check_scheduler(scheduler: Any, name: str) -> None:
    config = scheduler.config
    if config.get("prediction_type") != "flow_prediction" or not config.get("use_flow_sigmas"):
        raise MissingModelError(
            f"The scheduler's configuration of {name} is not that of a flow model: prediction_type"
            f" is {config.get('prediction_type')!r}, use_flow_sigmas"
            f" {config.get('use_flow_sigmas')}.",
            mend=f"Run: vivant models pull {name}",
        )


def _psnr(one: Image, other: Image) -> float | None:
    """Signal to noise in decibels, None for equal pictures."""
    error = np.mean((one.astype(np.float32) - other.astype(np.float32)) ** 2)
    return None if error == 0 else round(float(10 * np.log10(255**2 / error)), 2)


def _mute(message: str) -> None:
    del message
