"""The one exception tree.

Every refusal names the value, the rule it broke and why the rule is there. The class decides the
exit code, so a caller never has to read the message to know what kind of trouble it is.

    0 done · 1 our bug · 2 bad input or usage · 3 something must be installed or pulled
    4 film made, but identity below the gate (a verdict, not an exception)
    5 an engine could not do its work · 130 interrupted
"""

from __future__ import annotations

from typing import ClassVar

EXIT_DONE = 0
EXIT_BUG = 1
EXIT_INPUT = 2
EXIT_MISSING = 3
EXIT_GATE = 4
EXIT_ENGINE = 5
EXIT_INTERRUPTED = 130


class VivantError(Exception):
    """Anything vivant refuses on purpose.

    ``message`` says what was given, which rule it broke and why; ``mend`` is one command or one
    change that helps, or empty.
    """

    exit_code: ClassVar[int] = EXIT_BUG

    def __init__(self, message: str, *, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.message} {self.mend}".strip()


class InputError(VivantError):
    """The user's input can't be used as it is."""

    exit_code = EXIT_INPUT


class PromptError(InputError):
    """A prompt that is empty, too long or not text."""


class ImageError(InputError):
    """A file that is not an image we open: wrong format, broken, too large."""


class PortraitError(InputError):
    """An image that opens but can't serve as the reference photo."""


class NoFaceError(PortraitError):
    """No face was found in the reference photo."""


class SeveralFacesError(PortraitError):
    """More than one face was found and none was chosen."""


class FaceChoiceError(PortraitError):
    """The chosen face number does not exist."""


class FaceTooSmallError(PortraitError):
    """The face has too few pixels to keep an identity."""


class FaceBlurredError(PortraitError):
    """The face is too blurred to keep an identity."""


class FaceTurnedError(PortraitError):
    """The face is turned so far that it can't be recognised."""


class FaceCutError(PortraitError):
    """The picture's edge cuts through the face itself."""


class CastError(InputError):
    """Photos that can't be cast: too many for the painter, or two of one person."""


class GeometryError(InputError):
    """A size, length or frame rate that an engine can't make."""


class RecipeError(InputError):
    """An unknown recipe, or one with a wrong field or value."""


class VideoError(InputError):
    """A video file that can't be read, or frames that can't be encoded."""


class OutputError(InputError):
    """The place the film should go to can't be written."""


class MissingError(VivantError):
    """Something must be installed or pulled first; ``mend`` is the command."""

    exit_code = EXIT_MISSING


class MissingExtraError(MissingError):
    """An optional Python package is not installed."""


class MissingModelError(MissingError):
    """A model file is not on this machine, or is not the one that was pinned."""


class PullError(MissingError):
    """A model could not be pulled: no network, or not the bytes that were pinned."""


class RoomError(MissingError):
    """The machine has too little free memory to hold an engine's models in any way."""


class EngineError(VivantError):
    """An engine could not do its work on input that passed every check."""

    exit_code = EXIT_ENGINE


class NoKeyframeError(EngineError):
    """No attempt at the keyframe shows a face."""


class CancelledError(VivantError):
    """The observer asked to stop; nothing half-written is left."""

    exit_code = EXIT_INTERRUPTED
