"""Wan2.2 (arXiv 2503.20314): a keyframe and a sentence become a film, through diffusers.

``models`` has the published models and the settings, ``engine`` the animator, ``decode`` the way
from latents to frames, ``adapters`` the four-step variant, ``timestep`` and ``lean`` two shortcuts
that change no bit.
"""

from __future__ import annotations

from vivant.engines.extras import need

TESTED = ("0.42.1",)
"""Versions of diffusers whose inside the shortcuts know: the tests have shown every bit equal."""


def untested() -> str:
    """Why the shortcuts can't be taken with the diffusers that is installed; empty: they can."""
    version = need("diffusers", "gpu").__version__
    if version in TESTED:
        return ""
    return f"not applied: diffusers {version} is not among the tested {', '.join(TESTED)}"
