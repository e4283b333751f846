"""A painter that edits the photo itself: Qwen-Image-Edit, which reads words and pictures together.

Wu et al., "Qwen-Image Technical Report", 2025 (arXiv 2508.02324). The photo goes in twice: through
the language model, which reads it beside the instruction, and through the autoencoder, whose
latents the transformer sees at every step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vivant.engines import extras, painting, residency, settings, weights
from vivant.engines.painting import HEAD, HEAD_AND_SHOULDERS
from vivant.engines.residency import EmbeddingKey, Embeddings, Placement
from vivant.errors import PromptError, RecipeError
from vivant.geometry import Size
from vivant.image import digest
from vivant.types import EngineInfo, Footprint, Painting

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import PIL.Image
    import torch

    from vivant.engines.residency import Home
    from vivant.recipe import Scalar
    from vivant.types import Image, Observer, Reference, SpatialPrompt

NAME, NOUN = "qwen_image", "Picture"
"""The engine's name; what the pipeline calls a reference before its number."""
MULTIPLE = 32
"""Sides of canvas and references; the pipeline computes its own sizes in the same steps."""
TOKENS = 1024
"""The longest instruction the pipeline's models were made for."""
PICTURES = 3
"""The most pictures both models were trained to read, by their cards."""
FRAMINGS = (HEAD_AND_SHOULDERS, HEAD)
"""What the reference pictures show, in the order of the setting ``views``."""


@dataclass(frozen=True)
class Model:
    """One published model: its name in the weights store and its pipeline's class."""

    name: str
    pipeline: str = "QwenImageEditPlusPipeline"


EDIT_2509 = Model("qwen-image-edit-2509")
EDIT_2511 = Model("qwen-image-edit-2511")
MODELS = {model.name: model for model in (EDIT_2509, EDIT_2511)}


@dataclass(frozen=True)
class Settings:
    """What a recipe may tell this painter. Defaults are those on both models' cards."""

    model: str = EDIT_2511.name
    """``qwen-image-edit-2511``, or the older ``qwen-image-edit-2509``."""
    steps: int = 40
    """2 to 200; the published schedule has no single step."""
    guidance: float = 4.0
    """Away from the negative prompt, 1 (off, and twice as fast) to 20."""
    negative: str = " "
    """What the picture should not show; up to 2000 characters. The cards give a space."""
    views: int = 1
    """How often each photo is shown: 1 head and shoulders, 2 the head again by itself. There is
    room for three pictures, so for three people or one."""
    pixels: int = 1024 * 1024
    """About how large a canvas is painted, 4,096 to 4,194,304; trained at about a million."""


_RANGES: tuple[tuple[str, float, float], ...] = (
    ("steps", 2, 200),
    ("guidance", 1, 20),
    ("views", 1, len(FRAMINGS)),
    ("pixels", 64 * 64, 2048 * 2048),
)

# Weights of the classes built with the published configurations, in units of 1e9, two bytes each:
# transformer 20.43 (60 blocks of 0.34), text encoder 8.29, autoencoder 0.13.
_BASIS = (
    "parameter counts in bfloat16: transformer 40.9, text encoder 16.6, autoencoder 0.3; estimated,"
    " not measured: 4 for the activations of a canvas and a reference of a million pixels each; not"
    " in the sums: 0.5 for each further reference"
)
FOOTPRINTS = (
    Footprint("none", gpu=61.8, ram=5.0, basis=f"{_BASIS}; all on the GPU"),
    Footprint("model", gpu=45.2, ram=63.0, basis=f"{_BASIS}; the transformer is the largest part"),
    Footprint("group", gpu=6.0, ram=63.0, basis=f"{_BASIS}; two 0.7 blocks of 60 at a time"),
)


@dataclass(frozen=True, eq=False)
class _Loaded:
    """The pipeline, without its processor, and what makes patches of pictures for its reader."""

    pipe: Any
    patches: Any


class QwenImagePainter:
    """Paints the people of the photos as an instruction says, with Qwen-Image-Edit-2509 or -2511.

    The instruction is composed of the spatial prompt and of our own words, which bind each face to
    its photo. Two things differ from a plain call of the library's pipeline (diffusers 0.42.1):

    - The text encoder is told which tokens are picture (``mm_token_type_ids``), without which
      transformers 5 places the patches of a picture in a row, not in a grid, and nobody warns
      (diffusers issue 14194).
    - Patches are made by Pillow, with or without torchvision, which rounds differently: a film does
      not depend on whether that package happens to be installed.

    Methods raise MissingExtraError, MissingModelError, GeometryError, and PromptError for an
    instruction of more than 1024 tokens. Not to be shared between threads.
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
            verified="wiring: bit-equal to diffusers' own call, its text encoder told which tokens"
            " are picture, with small random weights on a CPU, of one person, of several, and of a"
            " face made anew in its picture",
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
        """Three, one where each is shown twice."""
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
        text = instruction(spatial.text, views, len(references))
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

        None for three people, who with the picture are more than the model reads.
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
            # As large as a reference of as many pixels: then both lie on one grid.
            legal = painting.kept_size(size, MULTIPLE, canvas.pixels)
            return painting.Order(text, cuts, legal, seed, painting.unfitted(picture, legal))

        return self._make(order, canvas, size, watch)

    def release(self) -> None:
        """Let go of the models; encoded instructions, a few megabytes each, are kept."""
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
            loaded = self._resident.take(home)
            painted = self._paint(loaded, home, asked, watch)
            return painted, self._used(loaded.pipe, home, asked)

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

    # -- reading -------------------------------------------------------------------------------

    def _load(self, home: Home) -> _Loaded:
        name = self._model.name
        folder = weights.folder(name)
        transformers = extras.need("transformers", "gpu")
        kind = getattr(extras.need("diffusers", "gpu"), self._model.pipeline)
        patches = residency.load(
            transformers.Qwen2VLImageProcessorPil, folder / "processor", home.dtype, name=name
        )
        pipe = residency.load(kind, folder, home.dtype, name=name, processor=None)
        residency.place(pipe, home)
        return _Loaded(pipe, patches)

    def _read(
        self, loaded: _Loaded, home: Home, text: str, shown: Sequence[PIL.Image.Image]
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """What the text encoder makes of words and pictures: embeddings and their mask."""
        import numpy as np
        import torch

        key = EmbeddingKey(
            self._model.name,
            text,
            TOKENS,
            str(home.dtype),
            also=" ".join(digest(np.asarray(picture)) for picture in shown),
        )
        (embeds,) = self._embeddings.remember(
            key, lambda: (_encoded(loaded, text, shown, home.device),)
        )
        assert embeds is not None  # what _encoded gives
        mask = torch.ones(embeds.shape[:2], dtype=torch.int64)
        return embeds.to(home.device), mask.to(home.device)

    # -- painting ------------------------------------------------------------------------------

    def _paint(self, loaded: _Loaded, home: Home, order: painting.Order, watch: Observer) -> Image:
        from diffusers.pipelines.qwenimage import pipeline_qwenimage_edit_plus as library

        chosen, pipe = self._settings, loaded.pipe
        views = [painting.filled(one, MULTIPLE, library.VAE_IMAGE_SIZE) for one in order.shown]
        shown = [_shown(pipe, view, library) for view in views]
        embeds, mask = self._read(loaded, home, order.text, shown)
        words = {"prompt_embeds": embeds, "prompt_embeds_mask": mask}
        if chosen.guidance > 1:
            embeds, mask = self._read(loaded, home, chosen.negative, shown)
            words |= {"negative_prompt_embeds": embeds, "negative_prompt_embeds_mask": mask}
        (painted,) = pipe(
            image=views,
            height=order.canvas.height,
            width=order.canvas.width,
            num_inference_steps=chosen.steps,
            true_cfg_scale=chosen.guidance,
            generator=residency.generator(order.seed),
            output_type="np",
            return_dict=False,
            callback_on_step_end=painting.steps_to(watch),
            callback_on_step_end_tensor_inputs=[],
            **words,
        )
        return painting.pixels(painted[0])

    def _used(self, pipe: Any, home: Home, order: painting.Order) -> dict[str, Any]:
        chosen = self._settings
        return {
            "model": chosen.model,
            "scheduler": type(pipe.scheduler).__name__,
            "steps": chosen.steps,
            "timesteps": [round(float(t), 4) for t in pipe.scheduler.timesteps],
            "guidance": chosen.guidance,
            "negative": chosen.negative if chosen.guidance > 1 else None,
            "prompt": order.text,
            "references": [one.record for one in order.cuts],
            "canvas": [order.canvas.width, order.canvas.height],
            "home": home.record,
        }


def painter(given: Mapping[str, Scalar]) -> QwenImagePainter:
    """The engine of the table. Raises RecipeError for a setting out of its range."""
    chosen, placement = settings.read_both(Settings, Placement, given, NAME)
    painting.check_settings(chosen, tuple(MODELS), _RANGES, NAME)
    if painting.CONTROL in chosen.negative or len(chosen.negative) > 2000:
        raise RecipeError(
            f"The setting negative of the engine {NAME} has {len(chosen.negative)} characters; at"
            f" most 2000, without {painting.CONTROL!r}, which begins a control token."
        )
    return QwenImagePainter(chosen, placement)


def instruction(spatial: str, views: int, people: int = 1) -> str:
    """The spatial prompt as an edit that binds each face to its photo.

    Raises PromptError where it holds control tokens.
    """
    if people > 1:
        return (
            f"Make a new image of {painting.COUNTS[people]} people together:"
            f" {painting.cast_list(people, views, NOUN)}. They are the very same people: the shape"
            " of each face, the eyes, the nose, the mouth, the skin and the age stay exactly as"
            " they are in their own picture, with nothing of anybody else's. The hair stays too,"
            " unless these words change it; everything else is new. These words name the people in"
            f" that order. The new image shows: {painting.sentence(spatial)} Where these words"
            " describe a face in another way, the pictures are right."
        )
    nearer = " Picture 2 shows the same face from nearer." if views == 2 else ""
    return (
        "Make a new image of the person in Picture 1. It is the very same person: the shape of the"
        " face, the eyes, the nose, the mouth, the skin and the age stay exactly as they are."
        f"{nearer} The hair stays too, unless these words change it; everything else is new. The"
        f" new image shows: {painting.sentence(spatial)} Where these words describe the face in"
        " another way, Picture 1 is right."
    )


def _shown(pipe: Any, view: PIL.Image.Image, library: Any) -> PIL.Image.Image:
    """A reference as the language model sees it: small, at the size the pipeline computes."""
    width, height = library.calculate_dimensions(
        library.CONDITION_IMAGE_SIZE, view.width / view.height
    )
    small: PIL.Image.Image = pipe.image_processor.resize(view, height, width)
    return small


def _encoded(
    loaded: _Loaded, text: str, shown: Sequence[PIL.Image.Image], device: str
) -> torch.Tensor:
    """Embeddings ``(1, tokens, features)`` of the pictures and the words after them."""
    import torch

    pipe = loaded.pipe
    if (tokens := len(pipe.tokenizer(text).input_ids)) > TOKENS:
        raise PromptError(
            f"The instruction has {tokens} tokens; this painter reads at most {TOKENS}.",
            mend="Shorten the spatial prompt.",
        )
    patches = loaded.patches(images=list(shown), return_tensors="pt").to(device)
    grid = patches["image_grid_thw"]
    counts = (grid.prod(-1) // loaded.patches.merge_size**2).tolist()
    pictures = "".join(
        f"Picture {number}: <|vision_start|>{'<|image_pad|>' * count}<|vision_end|>"
        for number, count in enumerate(counts, 1)
    )
    template: str = pipe.prompt_template_encode
    tokens = pipe.tokenizer(template.format(pictures + text), return_tensors="pt").to(device)
    with torch.no_grad():
        said = pipe.text_encoder(
            input_ids=tokens.input_ids,
            attention_mask=tokens.attention_mask,
            pixel_values=patches["pixel_values"],
            image_grid_thw=grid,
            mm_token_type_ids=(tokens.input_ids == pipe.text_encoder.config.image_token_id).int(),
            output_hidden_states=True,
        )
    read: torch.Tensor = said.hidden_states[-1][:, pipe.prompt_template_encode_start_idx :]
    return read
