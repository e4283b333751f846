"""Wan2.2 (arXiv 2503.20314): a keyframe and a sentence become a film, through diffusers.

``models`` has the published models and the settings, ``engine`` the animator, ``decode`` the way
from latents to frames, ``timestep`` and ``lean`` two shortcuts that change no bit.
"""
