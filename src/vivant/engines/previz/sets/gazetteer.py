"""The table of places: to add one, write its row in ``rooms`` or ``grounds``, and bake its set."""

from __future__ import annotations

from vivant.engines.previz.sets.grounds import GROUNDS
from vivant.engines.previz.sets.place import Place
from vivant.engines.previz.sets.rooms import ROOMS

__all__ = ["BY_NAME", "PLACES", "Place"]

PLACES = (*ROOMS, *GROUNDS)
"""Every place that has plates, in no order that matters."""

BY_NAME = {place.name: place for place in PLACES}
