"""A painter of four steps: FLUX.2 klein, which sees the photo as tokens beside the picture's own.

Black Forest Labs, "FLUX.2 [klein]", 2026. Distilled: no guidance, no negative prompt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vivant.engines import extras, painting, residency, settings, weights
from vivant.engines.painting import HEAD, HEAD_AND_SHOULDERS
from vivant.engines.residency import EmbeddingKey, Embeddings, Placement
from vivant.errors import MissingModelError, PromptError
from vivant.geometry import Size
from vivant.types import EngineInfo, Footprint, Painting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import torch

    from vivant.engines.residency import Home
    from vivant.recipe import Scalar
    from vivant.types import Image, Observer, Reference, SpatialPrompt

NAME = "flux"
NOUN = "image"
"""What a reference is called in words, followed by its number."""
MULTIPLE = 16
"""Sides of canvas and references: latents of 8x8 pixels, packed two by two."""
REFERENCE_PIXELS = 1024 * 1024
"""The largest reference; the pipeline would shrink a larger one by itself."""
REFERENCE_SIDE = 64
"""The shortest side of a reference that the pipeline takes."""
TOKENS = 512
"""The longest prompt, with the turns of talk round it; the pipeline would cut off the rest."""
PICTURES = 4
"""The most references its publisher takes (docs.bfl.ai). One of a million pixels is 4,096 tokens,
as many as the canvas."""
FRAMINGS = (HEAD_AND_SHOULDERS, HEAD)
"""What the reference pictures show, in the order of the setting ``views``."""


@dataclass(frozen=True)
class Model:
    """One published model: its name in the weights store and its pipeline's class."""

    name: str
    pipeline: str = "Flux2KleinPipeline"


KLEIN_4B = Model("flux2-klein-4b")
MODELS = {model.name: model for model in (KLEIN_4B,)}


@dataclass(frozen=True)
class Settings:
    """What a recipe may tell this painter. Defaults are those on the model's card."""

    model: str = KLEIN_4B.name
    """``flux2-klein-4b``."""
    steps: int = 4
    """1 to 50; distilled to four."""
    views: int = 1
    """How often each photo is shown: 1 head and shoulders, 2 the head again by itself. There is
    room for four pictures, so for four people or two."""
    pixels: int = 1024 * 1024
    """About how large a canvas is painted, 4,096 to 4,194,304; the card's own is a million."""


_RANGES: tuple[painting.Range, ...] = (
    ("steps", 1, 50),
    ("views", 1, len(FRAMINGS)),
    ("pixels", 64 * 64, 2048 * 2048),
)

# Weights of the classes built with the published configurations, in units of 1e9, two bytes each:
# transformer 3.88 (5 blocks of 0.25, 20 of 0.12), text encoder 4.02, autoencoder 0.08.
_BASIS = (
    "parameter counts in bfloat16: transformer 7.8, text encoder 8.0, autoencoder 0.2; estimated,"
    " not measured: 3 for the activations of a canvas and a reference of a million pixels each; not"
    " in the sums: 0.5 for each further reference"
)
FOOTPRINTS = (
    Footprint("none", gpu=19.0, ram=4.0, basis=f"{_BASIS}; all on the GPU"),
    Footprint("model", gpu=11.2, ram=20.0, basis=f"{_BASIS}; the text encoder is the largest part"),
    Footprint("group", gpu=4.2, ram=20.0, basis=f"{_BASIS}; two blocks of 0.5 at a time"),
)


class FluxPainter:
    """Paints the people of the photos as a sentence says, with FLUX.2 klein 4B.

    The prompt is composed of the spatial prompt and of our own words, which bind each face to its
    photo. Methods raise MissingExtraError, MissingModelError, GeometryError, and PromptError for a
    prompt of more than 512 tokens. Not to be shared between threads.
    """

    def __init__(self, chosen: Settings, placement: Placement) -> None:
        self._settings = chosen
        self._placement = placement
        self._model = MODELS[chosen.model]
        self._embeddings = Embeddings()
        self._resident = painting.Resident(self._load)

    @property
    def info(self) -> EngineInfo:
        """Name, diffusers' version, licence, models, memory."""
        return EngineInfo(
            name=f"{NAME} ({self._model.name})",
            version=painting.installed("diffusers"),
            licence="Apache-2.0",
            models=(weights.model_file(self._model.name),),
            packages=("accelerate", "diffusers", "safetensors", "torch", "transformers"),
            footprints=FOOTPRINTS,
            makes=painting.makes(self._settings.pixels),
            verified="wiring: bit-equal to diffusers' own call with small random weights on a CPU,"
            " of one person, of several, and of a face made anew in its picture",
            unverified="the look and the likeness of a picture; whether a second view helps,"
            " whether two people keep their own faces, how much but the face a new face changes;"
            " memory and speed",
        )

    @property
    def steps(self) -> int:
        """One for each denoising step."""
        return self._settings.steps

    @property
    def people(self) -> int:
        """Four, two where each is shown twice."""
        return PICTURES // self._settings.views

    def check(self, size: Size) -> None:
        """Raise GeometryError for a film that the canvas can't fill (``painting.check``)."""
        painting.check(size, self._settings.pixels)

    def paint(
        self,
        spatial: SpatialPrompt,
        references: Sequence[Reference],
        size: Size,
        seed: int,
        watch: Observer,
    ) -> Painting:
        """Paint the people of ``references`` as ``spatial`` says, cropped from the canvas."""
        painting.check_people(references, self.people)
        self.check(size)
        views = self._settings.views
        text = sentence(spatial.text, len(references), views)
        cuts = [painting.cut(one, framing) for one in references for framing in FRAMINGS[:views]]
        canvas = painting.Canvas(size, MULTIPLE, self._settings.pixels)

        def order() -> painting.Order:
            return painting.Order(text, cuts, canvas.size, seed)

        return self._make(order, canvas, size, watch)

    def reanchor(
        self,
        picture: Image,
        spatial: SpatialPrompt,
        references: Sequence[Reference],
        seed: int,
        watch: Observer,
    ) -> Painting | None:
        """``picture`` edited: the same but for the faces. As many steps as ``paint``.

        None for four people, who with the picture are more than the model takes.
        """
        del spatial  # the picture shows it (``painting.again``)
        painting.check_people(references, self.people)
        if 1 + len(references) > PICTURES:
            return None
        height, width = picture.shape[:2]
        size = Size(width, height)
        self.check(size)
        text = painting.again(len(references), NOUN)
        cuts = [painting.cut(one, HEAD) for one in references]
        canvas = painting.Canvas(size, MULTIPLE, self._settings.pixels)

        def order() -> painting.Order:
            # As large as a reference may be, so that both lie on one grid, place for place.
            legal = painting.shrunk_size(canvas.size, MULTIPLE, REFERENCE_PIXELS, REFERENCE_SIDE)
            return painting.Order(text, cuts, legal, seed, painting.unfitted(picture, legal))

        return self._make(order, canvas, size, watch)

    def release(self) -> None:
        """Let go of the models; encoded prompts, a few megabytes each, are kept."""
        self._resident.end()

    def _make(
        self,
        order: Callable[[], painting.Order],
        canvas: painting.Canvas,
        size: Size,
        watch: Observer,
    ) -> Painting:
        """What ``order`` asks for, asked again whenever ``canvas`` has become smaller."""

        def work(home: Home) -> tuple[Image, dict[str, Any]]:
            asked = order()
            pipe = self._resident.take(home)
            painted = self._paint(pipe, home, asked, watch)
            return painted, self._used(pipe, home, asked)

        try:
            extras.need("torch", "gpu")
            home = self._resident.home or residency.settle(self._placement, FOOTPRINTS)
            (painted, used), rungs = residency.climb(
                home, work, watch.note, self._placement.may_shrink, canvas.shrink, self.release
            )
        except BaseException:
            # Stopped or failed half-way: what is on the device may be anything.
            self.release()
            raise
        return Painting(painting.fitted(painted, size), used={**used, "rungs": list(rungs)})

    def _load(self, home: Home) -> Any:
        name = self._model.name
        folder = weights.folder(name)
        extras.need("transformers", "gpu")
        kind = getattr(extras.need("diffusers", "gpu"), self._model.pipeline)
        pipe = residency.load(kind, folder, home.dtype, name=name)
        if not pipe.config.is_distilled:
            raise MissingModelError(
                f"{folder} holds an undistilled model; four steps without guidance need {name}.",
                mend=weights.mend(name),
            )
        residency.place(pipe, home)
        return pipe

    def _read(self, pipe: Any, home: Home, text: str) -> torch.Tensor:
        """What the text encoder makes of the prompt, ``(1, tokens, features)``."""
        key = EmbeddingKey(self._model.name, text, TOKENS, str(home.dtype))
        (embeds,) = self._embeddings.remember(key, lambda: (_encoded(pipe, text, home.device),))
        assert embeds is not None  # what _encoded gives
        return embeds.to(home.device)

    def _paint(self, pipe: Any, home: Home, order: painting.Order, watch: Observer) -> Image:
        views = [
            painting.shrunk(one, MULTIPLE, REFERENCE_PIXELS, REFERENCE_SIDE) for one in order.shown
        ]
        (painted,) = pipe(
            image=views,
            prompt_embeds=self._read(pipe, home, order.text),
            height=order.canvas.height,
            width=order.canvas.width,
            num_inference_steps=self._settings.steps,
            guidance_scale=1.0,
            generator=residency.generator(order.seed),
            output_type="np",
            return_dict=False,
            callback_on_step_end=painting.steps_to(watch),
            callback_on_step_end_tensor_inputs=[],
        )
        return painting.pixels(painted[0])

    def _used(self, pipe: Any, home: Home, order: painting.Order) -> dict[str, Any]:
        return {
            "model": self._settings.model,
            "scheduler": type(pipe.scheduler).__name__,
            "steps": self._settings.steps,
            "timesteps": [round(float(t), 4) for t in pipe.scheduler.timesteps],
            "guidance": None,
            "prompt": order.text,
            "references": [one.record for one in order.cuts],
            "canvas": [order.canvas.width, order.canvas.height],
            "home": home.record,
        }


def painter(given: Mapping[str, Scalar]) -> FluxPainter:
    """The engine of the table. Raises RecipeError for a setting out of its range."""
    chosen, placement = settings.read_both(Settings, Placement, given, NAME)
    painting.check_settings(chosen, tuple(MODELS), _RANGES, NAME)
    return FluxPainter(chosen, placement)


def sentence(spatial: str, people: int = 1, views: int = 1) -> str:
    """The spatial prompt as a request that binds each face to its photo.

    Raises PromptError where it holds control tokens.
    """
    if people > 1:
        return (
            f"A new picture of {painting.COUNTS[people]} people together:"
            f" {painting.cast_list(people, views, NOUN)}. Each has exactly the face of their own"
            " image, its shape, eyes, nose, mouth, skin and age, and nothing of anybody else's; and"
            " that hair, unless these words change it. These words name the people in that order."
            f" The new picture shows: {painting.sentence(spatial)} Where these words describe a"
            " face in another way, the images are right."
        )
    return (
        "A new picture of the same person as in image 1, with exactly that face: its shape, eyes,"
        " nose, mouth, skin and age; and that hair, unless these words change it. The new picture"
        f" shows: {painting.sentence(spatial)} Where these words describe the face in another way,"
        " image 1 is right."
    )


def _encoded(pipe: Any, text: str, device: str) -> torch.Tensor:
    import torch

    turns = pipe.tokenizer.apply_chat_template(
        [{"role": "user", "content": text}],
        tokenize=False, add_generation_prompt=True, enable_thinking=False,
    )  # fmt: skip
    if (tokens := len(pipe.tokenizer(turns).input_ids)) > TOKENS:
        raise PromptError(
            f"The prompt has {tokens} tokens; this painter reads at most {TOKENS}.",
            mend="Shorten the spatial prompt.",
        )
    with torch.no_grad():
        embeds: torch.Tensor = pipe.encode_prompt(text, device=device, max_sequence_length=TOKENS)[
            0
        ]
    return embeds
