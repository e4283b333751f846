"""The values that flow from a photo and a sentence to a film, in order of birth.

All are frozen. Images are ``uint8`` RGB arrays of shape ``(height, width, 3)``, C-contiguous; pixel
coordinates have their origin at the top left, x to the right, y down. Angles are degrees. Times are
seconds. NumPy is named here for type checkers only: importing this module loads nothing heavy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from vivant.engine_info import EngineInfo as EngineInfo
from vivant.engine_info import Footprint as Footprint
from vivant.engine_info import ModelFile as ModelFile
from vivant.geometry import FrameRule as FrameRule
from vivant.geometry import Length as Length
from vivant.geometry import Size as Size
from vivant.observer import Observer as Observer
from vivant.observer import Silent as Silent
from vivant.prompts import SPATIAL_KINDS as SPATIAL_KINDS
from vivant.prompts import TEMPORAL_KINDS as TEMPORAL_KINDS
from vivant.prompts import DecoupledPrompt as DecoupledPrompt
from vivant.prompts import Gender as Gender
from vivant.prompts import LeftOut as LeftOut
from vivant.prompts import Part as Part
from vivant.prompts import PartKind as PartKind
from vivant.prompts import Segment as Segment
from vivant.prompts import SpatialPrompt as SpatialPrompt
from vivant.prompts import TemporalPrompt as TemporalPrompt
from vivant.prompts import Unshown as Unshown
from vivant.prompts import Used as Used
from vivant.verdict import FrameScore as FrameScore
from vivant.verdict import Likeness as Likeness
from vivant.verdict import SegmentScore as SegmentScore
from vivant.verdict import Span as Span
from vivant.verdict import Verdict as Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from vivant.recipe import Recipe

Image: TypeAlias = "NDArray[np.uint8]"
Floats: TypeAlias = "NDArray[np.float32]"

Portrait: TypeAlias = "str | NDArray[np.uint8]"


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


# -- the picture and the film ------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Painting:
    """What a painter gives back: the picture, and the words it could not show."""

    image: Image
    unshown: tuple[Unshown, ...] = ()
    used: Used = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """One person in one picture, beside the reference image (``vivant.stages.looks``).

    ``margin`` is how much farther the nearest other reference is, None for one person alone.
    ``visible`` is the share of the face inside the picture, ``height`` the face's share of the
    picture's height, ``blur`` the blur effect; all 0 to 1. ``pose`` is the angle in degrees between
    the two heads' directions, ``expression`` the difference of the faces' landmarks with the pose
    taken out; None where the eye can't tell. ``copied`` is the correlation of the face's pixels
    with the photo's, -1 to 1.
    """

    distance: float
    margin: float | None
    visible: float
    height: float
    blur: float
    pose: float | None
    expression: float | None
    copied: float


@dataclass(frozen=True)
class Attempt:
    """One try at the keyframe.

    ``distance`` is that of the person who is farthest from the photo, None where somebody's face
    is missing. ``rank`` orders the attempts, lower is better; ``why`` says what it is made of.
    """

    seed: int
    distance: float | None
    why: str
    rank: float | None = None
    looks: tuple[Look, ...] = ()


@dataclass(frozen=True, eq=False)
class Keyframe:
    """The first frame of the film, with everything needed to paint it again."""

    image: Image
    spatial: SpatialPrompt
    references: tuple[Reference, ...]
    seed: int
    painter: str
    distance: float
    attempts: tuple[Attempt, ...]
    unshown: tuple[Unshown, ...] = ()
    used: Used = field(default_factory=dict)


@dataclass(frozen=True)
class Reach:
    """What one call of an animator can do about time.

    ``frames`` is the rule of its frame counts. ``timeline``: it reads a timeline and shows all its
    segments. ``repeats`` is how many frames of the film a shot that continues it has to repeat: 0
    where the animator knows the scene itself, 1 where it starts from a picture, more where it sees
    motion. ``arrives``: it can be told the picture to end with.
    """

    frames: FrameRule
    timeline: bool = False
    repeats: int = 1
    arrives: bool = False


@dataclass(frozen=True, eq=False)
class Shot:
    """What one call of an animator makes: ``length.frames`` frames of a film, from ``first`` on.

    ``temporal`` is what moves in it: for an animator that reads timelines the whole film's, in the
    film's own times; for others what holds in this shot. ``start`` ``(n, h, w, 3)`` are the film's
    frames from ``first`` on that it repeats and continues, None where it begins with the keyframe
    or knows the scene itself. ``end`` ``(h, w, 3)`` is what its last frame shows, None: whatever
    comes. ``around`` is the seed of the frames beside it, which its own have to meet.
    """

    keyframe: Keyframe
    temporal: TemporalPrompt
    length: Length
    seed: int
    whole: Length
    first: int = 0
    start: Image | None = None
    end: Image | None = None
    around: int | None = None


@dataclass(frozen=True)
class ShotRecord:
    """Frames ``first`` to ``last`` of the film came of one call, which made ``made`` frames.

    ``why`` is empty for the film's first shooting; else the fault that was to be mended, and what
    came of it. ``kept`` is False for a take that was no better. ``reanchored``: its first picture
    got the reference's face anew. ``lost`` is what was measured on the frames that went: those that
    the take replaced, or its own. ``used`` is what the engine used for a retake; for the first
    shooting ``Film.used`` says it.
    """

    first: int
    last: int
    made: int
    seed: int
    text: str
    why: str = ""
    kept: bool = True
    reanchored: bool = False
    lost: tuple[FrameScore, ...] = ()
    used: Used = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Film:
    """Frames ``(t, height, width, 3)`` uint8 RGB at ``fps`` a second."""

    frames: Image
    fps: int
    seed: int
    unshown: tuple[Unshown, ...] = ()
    used: Used = field(default_factory=dict)
    shots: tuple[ShotRecord, ...] = ()


# -- the request and the take ------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Request:
    """All that decides a film. Same request, same machine, same bytes."""

    portrait: Portrait
    """A path, or an RGB array ``(height, width, 3)`` uint8."""
    prompt: str
    recipe: Recipe | str = "previz"
    seed: int = 0
    size: Size | None = None
    seconds: float | None = None
    """Length; or give ``frames``. Neither: as long as the prompt's timeline, else the recipe's."""
    fps: int | None = None
    face: int | None = None
    """Which face of the photo, counted from 1 at the left; None: the only one."""
    spatial: str | None = None
    temporal: str | None = None
    frames: int | None = None
    others: tuple[Portrait, ...] = ()
    """Photos of the other people, in the order in which the prompt names them."""
    other_faces: tuple[int | None, ...] = ()
    """Which face of each of ``others``; empty: the only one of each."""


@dataclass(frozen=True, eq=False)
class Take:
    """A finished film with all that led to it."""

    request: Request
    recipe: Recipe
    references: tuple[Reference, ...]
    prompt: DecoupledPrompt
    keyframe: Keyframe
    film: Film
    verdict: Verdict
    timings: Mapping[str, float]
    """Seconds of wall clock per stage."""
    engines: Mapping[str, EngineInfo]
    """What did the work, per role."""
