"""The doctor: what is here, what is missing, and one command for each missing thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivant import doctor
from vivant.engines import weights
from vivant.needs import needs
from vivant.recipe import RECIPES


def test_it_looks_at_every_package_model_and_recipe() -> None:
    names = {check.name for check in doctor.examine()}
    assert names >= {f"package {module}" for module in doctor.CORE}
    assert names >= {f"model {model.name}" for model in needs(RECIPES["previz"]).models}
    assert names >= {f"recipe {name}" for name in RECIPES}


def test_absent_models_are_named_with_their_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path))
    checks = {check.name: check for check in doctor.examine()}
    assert not checks["model face_landmark"].ok
    assert checks["model face_landmark"].mend == weights.PULL_COMMAND
    assert not checks["recipe previz"].ok
    assert checks["recipe previz"].mend.startswith("Run: vivant models pull face_")


def test_an_absent_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "CORE", {"no_such_module": "testing"})
    check = {check.name: check for check in doctor.examine()}["package no_such_module"]
    assert (check.ok, check.mend) == (False, "pip install vivant")
    assert "testing" in check.detail


def test_only_what_the_asked_recipe_needs_is_vital() -> None:
    checks = {check.name: check for check in doctor.examine("open")}
    assert checks["recipe open"].vital and not checks["recipe previz"].vital
    assert "model wan2.2-ti2v-5b" in checks
