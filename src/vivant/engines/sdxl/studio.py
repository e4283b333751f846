"""What SDXL painters do alike: load, place, encode, paint, refine the face, fit, record."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vivant.engines import painting, residency, weights
from vivant.engines.extras import need
from vivant.engines.facemesh import FaceMesh
from vivant.engines.sdxl import prompts, refine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from vivant.engines.residency import Home, Placement
    from vivant.engines.sdxl.sampling import Sampling
    from vivant.types import Footprint, Image, Observer, Size

FP16 = "unet/diffusion_pytorch_model.fp16.safetensors"


@dataclass(frozen=True, eq=False)
class Work:
    """One picture that is asked for, of the film's size.

    ``dress`` readies a pipeline that lives at a home, and gives further arguments of its call.
    """

    prompt: str
    size: Size
    seed: int
    watch: Observer
    dress: Callable[[Any, Home], Mapping[str, Any]]


@contextmanager
def hushed() -> Iterator[None]:
    """Without what diffusers says of its own doings: of NumPy 2 at every schedule, of a deprecated
    method where it upcasts the VAE, of number types that stay as they are."""
    with residency.quiet(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "__array__ implementation", DeprecationWarning)
        warnings.filterwarnings("ignore", "`upcast_vae` is deprecated", FutureWarning)
        yield


class Studio:
    """An SDXL pipeline from its first picture until ``release``.

    ``make`` loads it, in the number type of a home, on the CPU.
    """

    def __init__(
        self,
        sampling: Sampling,
        placement: Placement,
        footprints: tuple[Footprint, ...],
        make: Callable[[Home], Any],
    ) -> None:
        self._sampling, self._placement, self._footprints = sampling, placement, footprints
        self._make = make
        self._pipes = painting.Resident(self._placed)
        self._home: Home | None = None

    @property
    def steps(self) -> int:
        """Ticks of one picture."""
        return self._sampling.steps + (refine.TICKS if self._sampling.refine else 0)

    def paint(self, work: Work) -> tuple[Image, dict[str, Any]]:
        """The picture at the film's size, and what was used."""
        # Before anything large: without its detector a face can't be refined.
        faces = FaceMesh() if self._sampling.refine else None
        canvas = self._sampling.canvas(work.size)

        def made(home: Home) -> tuple[Image, dict[str, Any]]:
            return self._work(work, canvas.size, faces, home)

        picture, used = self._climb(made, work, canvas.shrink)
        return painting.fitted(picture, work.size), used

    def repaint(self, work: Work, picture: Image) -> tuple[Image, dict[str, Any]] | None:
        """``picture`` with its largest face painted anew, as ``paint`` refines one.

        The rest of it stays as it is, pixel for pixel. It takes ``refine.TICKS`` steps. None where
        no face is found.
        """
        faces = FaceMesh()
        if not faces.find(picture):
            return None
        return self._climb(lambda home: self._again(work, picture, faces, home), work)

    def _climb(
        self,
        made: Callable[[Home], tuple[Image, dict[str, Any]]],
        work: Work,
        shrink: Callable[[], str | None] | None = None,
    ) -> tuple[Image, dict[str, Any]]:
        """What ``made`` gives where it fits, with the rungs to that place."""

        def tried(home: Home) -> tuple[Image, dict[str, Any]]:
            got = made(home)
            self._home = home
            return got

        try:
            need("torch", "gpu")
            (picture, used), rungs = residency.climb(
                self._home or residency.settle(self._placement, self._footprints),
                tried,
                work.watch.note,
                may_shrink=self._placement.may_shrink,
                shrink=shrink,
                release=self._pipes.end,
            )
        except BaseException:
            # Stopped or failed half-way: what is on the device may be anything.
            self.release()
            raise
        return picture, {**used, "rungs": list(rungs)}

    def release(self) -> None:
        """Give the memory back."""
        self._pipes.end()
        self._home = None

    def _placed(self, home: Home) -> Any:
        pipe = self._make(home)
        pipe.scheduler = self._sampling.scheduler(pipe)
        residency.place(pipe, home)
        return pipe

    @hushed()
    def _work(
        self, work: Work, canvas: Size, faces: FaceMesh | None, home: Home
    ) -> tuple[Image, dict[str, Any]]:
        pipe, brush, used = self._readied(work, home)
        picture = self._first(pipe, canvas, brush)
        used |= {"canvas": [canvas.width, canvas.height], **_schedule(pipe)}
        if faces:
            picture, used["refined"] = refine.largest(pipe, picture, faces, brush, work.watch)
        return picture, used

    @hushed()
    def _again(
        self, work: Work, picture: Image, faces: FaceMesh, home: Home
    ) -> tuple[Image, dict[str, Any]]:
        pipe, brush, used = self._readied(work, home)
        picture, used["refined"] = refine.largest(pipe, picture, faces, brush, work.watch)
        del used["steps"]  # those of a whole picture
        return picture, used | _schedule(pipe)

    def _readied(self, work: Work, home: Home) -> tuple[Any, refine.Brush, dict[str, Any]]:
        """The pipeline at ``home``, dressed, how it is to paint, and what that is made of."""
        pipe = self._pipes.take(home)
        dressed = work.dress(pipe, home)
        encoded = prompts.encode(pipe, work.prompt, self._sampling.negative)
        told = {"callback_on_step_end": painting.steps_to(work.watch)}
        brush = refine.Brush(
            self._sampling.guidance,
            self._sampling.refine_side,
            residency.generator(work.seed),
            {**encoded.arguments, **dressed, **told},
        )
        used = {
            **self._sampling.record,
            "prompt": work.prompt,
            "chunks": encoded.chunks,
            "home": home.record,
        }
        return pipe, brush, used

    def _first(self, pipe: Any, canvas: Size, brush: refine.Brush) -> Image:
        """The whole picture, before its face is refined."""
        painted = pipe(
            width=canvas.width,
            height=canvas.height,
            num_inference_steps=self._sampling.steps,
            guidance_scale=brush.guidance,
            generator=brush.generator,
            output_type="np",
            **brush.arguments,
        )
        return painting.pixels(painted.images[0])


def _schedule(pipe: Any) -> dict[str, Any]:
    """What the last call of ``pipe`` stepped through, for the record."""
    scheduler = pipe.scheduler
    times = [round(float(step), 4) for step in scheduler.timesteps]
    return {"scheduler": type(scheduler).__name__, "timesteps": times}


def load(model: str, home: Home, **parts: Any) -> Any:
    """The text-to-image pipeline of a checkpoint, in the number type of ``home``, on the CPU.

    ``parts`` replace or add components. Raises MissingModelError.
    """
    folder = weights.folder(model)
    return residency.load(
        need("diffusers", "gpu").StableDiffusionXLPipeline,
        folder,
        home.dtype,
        name=model,
        variant="fp16" if (folder / FP16).exists() else None,
        add_watermarker=False,
        **parts,
    )
