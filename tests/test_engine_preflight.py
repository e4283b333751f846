"""What a film needs is named before any work, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.demo_portrait import portrait
from vivant import Request, generate
from vivant.engines import extras, preflight, weights
from vivant.errors import MissingExtraError, MissingModelError
from vivant.types import EngineInfo


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path))


def info(*models: str, packages: tuple[str, ...] = ("numpy",)) -> EngineInfo:
    return EngineInfo("e", "1", "MIT", tuple(map(weights.model_file, models)), packages)


def test_nothing_missing_is_nothing_said() -> None:
    preflight.check([info(), info("dlib_landmarks_5")])


def test_packages_and_models_of_all_engines_are_named_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(extras.EXTRA_OF, "no-such-a", "gpu")
    monkeypatch.setitem(extras.EXTRA_OF, "no-such-b", "llm")
    with pytest.raises(MissingExtraError) as caught:
        preflight.check([info("sface", packages=("no-such-b",)), info(packages=("no-such-a",))])
    assert "no-such-a, no-such-b and 1 model (sface)" in caught.value.message
    assert "pip install 'vivant[gpu,llm]', and then: vivant models pull sface" in caught.value.mend


def test_one_absent_model_says_why_and_several_say_which() -> None:
    with pytest.raises(MissingModelError, match="vivant models pull sface"):
        preflight.check([info("sface")])
    with pytest.raises(MissingModelError, match=r"2 models \(sface, yunet\).*pull sface yunet"):
        preflight.check([info("sface"), info("sface", "yunet")])


def test_a_broken_core_is_put_right_as_a_whole() -> None:
    assert preflight.install_command(["no-such-core"]) == "pip install --force-reinstall vivant"


def test_a_film_begins_with_it() -> None:
    with pytest.raises(MissingModelError, match=r"models .*wan2\.2-ti2v-5b"):
        generate(Request(str(portrait()), "A woman smiles", recipe="open"))
