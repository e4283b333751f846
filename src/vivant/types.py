"""The values that flow from a photo and a sentence to a film, in order of birth.

All are frozen. Images are ``uint8`` RGB arrays of shape ``(height, width, 3)``, C-contiguous; pixel
coordinates have their origin at the top left, x to the right, y down. Angles are degrees. Times are
seconds. NumPy is named here for type checkers only: importing this module loads nothing heavy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from vivant.engine_info import EngineInfo as EngineInfo
from vivant.engine_info import Footprint as Footprint
from vivant.engine_info import ModelFile as ModelFile
from vivant.geometry import Length as Length
from vivant.geometry import Size as Size

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from vivant.recipe import Recipe

Image: TypeAlias = "NDArray[np.uint8]"
Floats: TypeAlias = "NDArray[np.float32]"

Used: TypeAlias = "Mapping[str, Any]"
"""What an engine used beyond its settings, as plain JSON data, for the manifest: the scheduler and
its timesteps, where the model lived, what a step cache saved, why another writer stepped in."""

Gender = Literal["man", "woman", "person"]
PartKind = Literal[
    "subject", "appearance", "setting", "style", "framing", "pose", "prop",
    "action", "expression", "camera", "ambient",
    "sound", "glue",
]  # fmt: skip
SPATIAL_KINDS = ("subject", "appearance", "setting", "style", "framing", "pose", "prop")
TEMPORAL_KINDS = ("action", "expression", "camera", "ambient")


# -- the photo ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, ``x0 <= x1`` and ``y0 <= y1``; it may reach past the image."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """In pixels."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """In pixels."""
        return self.y1 - self.y0

    @property
    def centre(self) -> tuple[float, float]:
        """The middle, (x, y)."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    @property
    def area(self) -> float:
        """In square pixels."""
        return self.width * self.height


@dataclass(frozen=True)
class Pose:
    """Where a head points, in degrees, seen from the camera.

    ``yaw`` > 0: the nose points to the image's right. ``pitch`` > 0: the nose points down.
    ``roll`` > 0: the head is tilted clockwise in the image.
    """

    yaw: float
    pitch: float
    roll: float


@dataclass(frozen=True, eq=False)
class Face:
    """One face in one image.

    ``landmarks`` is ``(n, 2)`` float32 in pixels, in the eye's own order; ``embedding`` is a
    float32 vector in the eye's own space, or None where only the place of the face was asked for.
    ``confidence`` is the detector's own score; higher is surer, scales differ between eyes.
    ``gender`` is what the eye's model believes, None where it has none.
    """

    box: Box
    landmarks: Floats
    pose: Pose | None
    confidence: float
    embedding: Floats | None = None
    gender: Gender | None = None


@dataclass(frozen=True)
class Notice:
    """Something measured on the input that will cost quality: what, its value and the limit."""

    what: str
    value: float
    limit: float
    message: str


@dataclass(frozen=True, eq=False)
class Reference:
    """The reference image of one person: upright pixels, the chosen face, what was noticed."""

    image: Image
    face: Face
    digest: str
    """SHA-256 of the upright pixels and their shape, hexadecimal."""
    notices: tuple[Notice, ...] = ()


# -- the sentence ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    """A typed piece of the user's prompt; ``prompt[start:end] == text``."""

    kind: PartKind
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Segment:
    """One stretch of a timeline prompt; ``end`` is None where the prompt leaves it open."""

    start: float
    end: float | None
    text: str


@dataclass(frozen=True)
class SpatialPrompt:
    """What the first frame shows."""

    text: str
    parts: tuple[Part, ...] = ()

    def of(self, *kinds: PartKind) -> str:
        """The words of these kinds, joined by commas; empty where there are none."""
        return ", ".join(p.text for p in self.parts if p.kind in kinds)


@dataclass(frozen=True)
class TemporalPrompt:
    """What moves. ``timeline`` is empty unless the prompt gave times."""

    text: str
    parts: tuple[Part, ...] = ()
    timeline: tuple[Segment, ...] = ()

    def of(self, *kinds: PartKind) -> str:
        """The words of these kinds, joined by commas; empty where there are none."""
        return ", ".join(p.text for p in self.parts if p.kind in kinds)


@dataclass(frozen=True)
class LeftOut:
    """Words of the prompt that go to no image model, and why."""

    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class DecoupledPrompt:
    """The prompt split into space and time (the paper's section 3.1).

    Every word of ``prompt`` lies in a part of ``spatial``, a part of ``temporal`` or in
    ``left_out``; ``vivant.stages.decouple.check_coverage`` proves it. ``by_hand`` names the halves
    the user wrote.
    """

    prompt: str
    spatial: SpatialPrompt
    temporal: TemporalPrompt
    left_out: tuple[LeftOut, ...]
    gender: Gender
    writer: str
    by_hand: tuple[Literal["spatial", "temporal"], ...] = ()
    used: Used = field(default_factory=dict)


@dataclass(frozen=True)
class Unshown:
    """Words of a prompt that an engine could not show, and why."""

    text: str
    why: str


# -- the picture and the film ------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Painting:
    """What a painter gives back: the picture, and the words it could not show."""

    image: Image
    unshown: tuple[Unshown, ...] = ()
    used: Used = field(default_factory=dict)


@dataclass(frozen=True)
class Attempt:
    """One try at the keyframe. ``distance`` is None where no face was found; ``why`` says so."""

    seed: int
    distance: float | None
    why: str


@dataclass(frozen=True, eq=False)
class Keyframe:
    """The first frame of the film, with everything needed to paint it again."""

    image: Image
    spatial: SpatialPrompt
    reference: Reference
    seed: int
    painter: str
    distance: float
    attempts: tuple[Attempt, ...]
    unshown: tuple[Unshown, ...] = ()
    used: Used = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Film:
    """Frames ``(t, height, width, 3)`` uint8 RGB at ``fps`` a second."""

    frames: Image
    fps: int
    seed: int
    unshown: tuple[Unshown, ...] = ()
    used: Used = field(default_factory=dict)


# -- the judgement -----------------------------------------------------------------------------


@dataclass(frozen=True)
class FrameScore:
    """Identity of one frame. ``distance`` is None where it was not measured; ``why`` says why."""

    frame: int
    distance: float | None
    why: str = ""


@dataclass(frozen=True)
class Verdict:
    """Does the film show the person of the photo?

    Distances are in the eye's own space, lower is closer, ``same_person`` is that space's published
    threshold. ``mean`` and ``worst`` are None where no frame could be measured: not measured is not
    zero. ``face_share`` is the share of looked-at frames with a face, 0 to 1.
    """

    eye: str
    curve: tuple[FrameScore, ...]
    mean: float | None
    worst: float | None
    face_share: float
    same_person: float
    passed: bool
    sentence: str


@dataclass(frozen=True, eq=False)
class Request:
    """All that decides a film. Same request, same machine, same bytes."""

    portrait: str | Image
    """A path, or an RGB array ``(height, width, 3)`` uint8."""
    prompt: str
    recipe: Recipe | str = "previz"
    seed: int = 0
    size: Size | None = None
    seconds: float | None = None
    """Length; or give ``frames``. Neither: the recipe's duration."""
    fps: int | None = None
    face: int | None = None
    """Which face of the photo, counted from 1 at the left; None: the only one."""
    spatial: str | None = None
    temporal: str | None = None
    frames: int | None = None


@dataclass(frozen=True, eq=False)
class Take:
    """A finished film with all that led to it."""

    request: Request
    recipe: Recipe
    reference: Reference
    prompt: DecoupledPrompt
    keyframe: Keyframe
    film: Film
    verdict: Verdict
    timings: Mapping[str, float]
    """Seconds of wall clock per stage."""
    engines: Mapping[str, EngineInfo]
    """What did the work, per role."""


class Observer(Protocol):
    """Follows a film as it is made; one shape for command line, batch, page and notebook.

    ``step`` may raise ``CancelledError`` to stop the work.
    """

    def begin(self, stage: str, steps: int) -> None:
        """A stage starts; ``steps`` is its length, 0 where unknown."""

    def step(self) -> None:
        """One step of the stage is done."""

    def note(self, message: str) -> None:
        """Something worth telling happened."""


class Silent:
    """The observer that does nothing."""

    def begin(self, stage: str, steps: int) -> None:
        """Nothing."""

    def step(self) -> None:
        """Nothing."""

    def note(self, message: str) -> None:
        """Nothing."""
