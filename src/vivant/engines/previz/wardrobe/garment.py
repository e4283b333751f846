"""What a garment is: one row of the wardrobe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vivant.engines.previz.wardrobe.sheet import Fabric
from vivant.engines.previz.wardrobe.torso import Fit

if TYPE_CHECKING:
    from vivant.engines.previz.wardrobe.sheet import Sheet
    from vivant.types import Floats


@dataclass(frozen=True, eq=False)
class Look:
    """The dyes of one dressing, linear RGB ``(3,)``: the cloth, what is under it, a tie if any."""

    main: Floats
    under: Floats
    accent: Floats | None = None


@dataclass(frozen=True, eq=False)
class Garment:
    """``sew`` works on a sheet that is already traced in ``fit`` and dyed in ``look.main``.

    ``main`` and ``under`` are the colours where the prompt names none.
    """

    name: str
    fit: Fit
    fabric: Fabric
    main: str
    under: str
    sew: Callable[[Sheet, Look], None]
