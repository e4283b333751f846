"""What the animator wan is asked for, before any weight is read: settings, sizes, memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests import tiny, tiny_wan
from vivant.engines import engine
from vivant.engines.residency import Placement
from vivant.engines.wan import models
from vivant.errors import GeometryError, RecipeError
from vivant.recipe import Scalar
from vivant.types import Length, Size

FIVE, FOURTEEN, FOUR_STEPS = models.MODELS


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A weights store with nothing in it."""
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path / "home"))


def wan(model: str, steps: int = 0) -> Any:
    return engine("animator", "wan", {"model": model, "steps": steps})


def test_importing_and_describing_the_engine_loads_no_model_library() -> None:
    code = (
        "import sys; from vivant.engines import engine; wan = engine('animator', 'wan');"
        "from vivant.types import Length, Size; wan.info;"
        "wan.check(Size(1280, 704), Length(121, 24));"
        "sys.exit(','.join({'torch', 'diffusers', 'transformers'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("model", "size", "length"),
    [
        (FIVE, Size(1280, 704), Length(121, 24)),
        (FIVE, Size(704, 1280), Length(5, 24)),
        (FOURTEEN, Size(1280, 720), Length(81, 16)),
        (FOURTEEN, Size(480, 832), Length(33, 16)),
    ],
)
def test_native_sizes_and_lengths_are_taken(model: str, size: Size, length: Length) -> None:
    wan(model).check(size, length)


@pytest.mark.parametrize(
    ("model", "size", "length", "said"),
    [
        (FIVE, Size(1280, 720), Length(121, 24), "720 does not divide by 32.*Legal and near: 704"),
        (FIVE, Size(1280, 736), Length(121, 24), "more than 901,120"),
        (FIVE, Size(96, 480), Length(121, 24), "outside 128 to 1280"),
        (FIVE, Size(832, 480), Length(120, 24), "4k\\+1.*117 and 121"),
        (FIVE, Size(832, 480), Length(125, 24), "125 frames are outside 5 to 121"),
        (FIVE, Size(832, 480), Length(121, 16), "16 frames a second are not 24.*0.667 times"),
        (FIVE, Size(832, 480), Length(125, 25), "25 frames a second are not 24.*1.04 times"),
        (FOURTEEN, Size(840, 480), Length(81, 16), "840 does not divide by 16"),
        (FOURTEEN, Size(832, 480), Length(85, 16), "85 frames are outside 5 to 81"),
        (FOURTEEN, Size(832, 480), Length(81, 24), "24 frames a second are not 16.*1.5 times"),
    ],
)
@pytest.mark.usefixtures("bare")
def test_what_it_can_t_make_is_refused_with_the_reason_before_weights_are_looked_for(
    model: str, size: Size, length: Length, said: str
) -> None:
    animator = wan(model)
    with pytest.raises(GeometryError, match=said):
        animator.check(size, length)
    keyframe = tiny_wan.keyframe(np.zeros((size.height, size.width, 3), np.uint8))
    with pytest.raises(GeometryError, match=said):
        animator.animate(tiny.shot(keyframe, "walks", length, 1), tiny.Watcher())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"model": "wan2.1"}, "'wan2.1'; there are: wan2.2-ti2v-5b"),
        ({"steps": 201}, "steps of wan is 201"),
        ({"guidance": 0.5}, "guidance of wan is 0.5"),
        ({"flow_shift": 21.0}, "flow_shift of wan is 21"),
        ({"negative": "x" * 2001}, "2001 characters"),
        ({"guidance_low": 3.0}, "one transformer"),
        ({"model": FOURTEEN, "guidance": 1.0, "guidance_low": 3.5}, "would be without effect"),
        ({"model": FOUR_STEPS, "steps": 8}, "distilled for 4"),
        ({"model": FOUR_STEPS, "guidance": 3.5}, "distilled for 1"),
        ({"cache": "fast"}, "no step cache 'fast'"),
        ({"cache": "mag"}, "ratios"),
        ({"cache": "first_block", "compile": True}, "exclude each other"),
        ({"negativ": ""}, "no setting 'negativ'"),
        ({"offload": "disk"}, "offload is 'disk'"),
    ],
)
def test_settings_it_can_t_have_are_refused(given: dict[str, Scalar], said: str) -> None:
    with pytest.raises(RecipeError, match=said):
        engine("animator", "wan", given)


@pytest.mark.parametrize(
    ("model", "steps", "guidance", "low"),
    [(FIVE, 50, 5.0, None), (FOURTEEN, 40, 3.5, 3.5), (FOUR_STEPS, 4, 1.0, 1.0)],
)
def test_defaults_are_the_published_ones(
    model: str, steps: int, guidance: float, low: float | None
) -> None:
    plan = models.Settings(model=model).planned()
    assert (plan.steps, plan.guidance, plan.guidance_low) == (steps, guidance, low)
    assert plan.flow_shift == 5.0
    assert wan(model, 0).steps(Length(5, 24)) == steps


def _gb(size: Size | None = None, length: Length | None = None, **placed: Any) -> dict[str, float]:
    placement = Placement(**placed)
    return {w.mode: w.gpu for w in models.MODELS[FIVE].ways(placement, size, length)}


def test_a_smaller_film_a_thriftier_way_and_smaller_weights_need_less_memory() -> None:
    most = _gb()
    assert most == _gb(Size(1280, 704), Length(121, 24))
    assert most["none"] > most["model"] >= most["group"]
    less = {
        "size": _gb(Size(832, 480), Length(121, 24)),
        "length": _gb(Size(1280, 704), Length(61, 24), vae="tiled"),
        "tiles": _gb(vae="tiled"),
        "fp8": _gb(fp8=True),
    }
    assert all(each["none"] < most["none"] for each in less.values()), less
