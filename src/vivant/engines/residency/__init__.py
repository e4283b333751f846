"""Where a model lives while it works: load, place, lend, release.

Nothing here imports torch until a model is asked for. The order of an engine's work:

1. ``settle(placement, footprints)`` chooses device, number type and offloading for this machine.
2. ``climb(home, work, note)`` runs ``work(home)``; where memory runs out, again with a thriftier
   home. ``work`` does the rest, so that each rung begins with nothing held.
3. ``load(kind, folder, dtype)`` reads one model or pipeline from disk alone, whole or not at all.
4. LoRA adapters, if any; then ``place(pipe, home)`` or ``place_model(model, home)``.
5. A model lives inside ``with lend(...)``, or in a ``Lease`` from its first use until the stage
   releases its engine; either way its memory is given back whatever happened.

A text encoder is lent for one ``Embeddings.remember`` and leaves before the denoiser comes.
``docs/residency.md`` says what each way costs.
"""

from __future__ import annotations

from vivant.engines.residency.embeddings import EmbeddingKey, Embeddings
from vivant.engines.residency.ladder import climb
from vivant.engines.residency.leases import Lease, generator, lend
from vivant.engines.residency.loading import load, quiet
from vivant.engines.residency.placement import Home, Offload, Placement, choose, settle
from vivant.engines.residency.placing import place, place_model
from vivant.engines.residency.room import Peak, Room, peak

__all__ = [
    "EmbeddingKey",
    "Embeddings",
    "Home",
    "Lease",
    "Offload",
    "Peak",
    "Placement",
    "Room",
    "choose",
    "climb",
    "generator",
    "lend",
    "load",
    "peak",
    "place",
    "place_model",
    "quiet",
    "settle",
]
