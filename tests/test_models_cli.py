"""The commands about models: what they print and which code they exit with."""

from __future__ import annotations

import json
import os
import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

from tests import fake_hub
from tests.fake_hub import Hub, serving
from vivant.engines import weights
from vivant.engines.weights import fetch, table
from vivant.errors import EXIT_DONE, EXIT_MISSING, CancelledError, PullError
from vivant.models_cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator

SPEC = weights.HubSpec(
    "tiny", "someone/tiny", ("*/*.json", "*/*.safetensors"), "CC-BY-NC-4.0", 2_000_000_000,
    "a model for tests", commercial=False,
)  # fmt: skip


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A running hub with one model, an empty model folder; the default recipe needs no file."""
    hub = Hub(SPEC.repo, fake_hub.model())
    monkeypatch.setattr(table, "HUB", {SPEC.name: SPEC})
    monkeypatch.setattr(weights, "HUB", {SPEC.name: SPEC})
    monkeypatch.setattr(table, "MODELS", {})
    monkeypatch.setattr(weights, "MODELS", {})
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("HF_TOKEN", raising=False)
    with serving(hub) as address:
        monkeypatch.setenv("HF_ENDPOINT", address)
        yield hub


def run(*arguments: str) -> Result:
    """The command, in this process; errors pass through as they do to ``vivant.cli.main``."""
    return CliRunner().invoke(app, arguments, catch_exceptions=False, standalone_mode=False)


def test_a_published_model_that_nobody_pulled_is_no_fault(hub: Hub) -> None:
    del hub
    done = run("list")
    assert done.return_value == EXIT_DONE
    for said in ("absent", "tiny", "~2.0 GB", "someone/tiny@main", "(NO COMMERCIAL USE)"):
        assert said in done.stdout
    assert run("verify").return_value == EXIT_DONE
    assert run("verify", "tiny").return_value == EXIT_MISSING


def test_list_shows_the_commit_and_the_size_that_were_recorded(hub: Hub) -> None:
    assert run("pull", "tiny").return_value == EXIT_DONE
    done = run("list")
    assert done.return_value == EXIT_DONE
    assert f"someone/tiny@main = {hub.commit}" in done.stdout
    assert "~" not in done.stdout
    (row,) = json.loads(run("list", "--json").stdout)
    assert row["condition"] == "ready"
    assert row["bytes"] == weights.record("tiny").size
    assert row["sha256"] == weights.record("tiny").sha256
    assert (row["commercial"], row["approximate"]) == (False, False)


def test_a_damaged_model_is_exit_3_with_the_file(hub: Hub) -> None:
    del hub
    run("pull", "tiny")
    place = weights.folder("tiny") / "vae/config.json"
    place.write_bytes(b"?")
    for command in ("list", "verify"):
        done = run(command)
        assert done.return_value == EXIT_MISSING
        assert done.stdout.startswith("damaged")
        assert str(place) in done.stdout


def test_an_incomplete_model_is_exit_3(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "PAUSE", 0.0)
    hub.cuts = [0] * fetch.ATTEMPTS
    with pytest.raises(PullError):
        run("pull", "tiny")
    done = run("list")
    assert done.return_value == EXIT_MISSING
    assert done.stdout.startswith("partial")
    assert "Run: vivant models pull tiny" in done.stdout


def test_a_dry_run_prints_files_bytes_licence_and_commit_and_stops(
    hub: Hub, tmp_path: Path
) -> None:
    done = run("pull", "tiny", "--dry-run")
    assert done.return_value == EXIT_DONE
    for said in ("unet/model.safetensors", "280,000", hub.commit, "CC-BY-NC-4.0", "free:"):
        assert said in done.stdout
    assert "a model for tests" in done.stdout
    assert ".bin" not in done.stdout
    assert hub.downloads() == []
    assert not (tmp_path / "home").exists()


def test_pulling_says_aloud_that_commerce_is_forbidden(hub: Hub) -> None:
    del hub
    assert "FORBIDS COMMERCIAL USE" in run("pull", "tiny").stderr


def test_an_interrupt_says_that_what_arrived_is_kept(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(self: fake_hub._Handler) -> list[str]:
        del self
        os.kill(os.getpid(), signal.SIGINT)
        return []

    monkeypatch.setattr(fake_hub._Handler, "_info", interrupt)
    del hub
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(CancelledError, match="what has arrived is kept"):
            run("pull", "tiny")
    finally:
        signal.signal(signal.SIGINT, before)


def test_adopt_and_rm(hub: Hub, tmp_path: Path) -> None:
    folder = tmp_path / "copy" / "unet"
    folder.mkdir(parents=True)
    (folder / "model.safetensors").write_bytes(b"numbers")
    done = run("adopt", "tiny", str(tmp_path / "copy"))
    assert done.return_value == EXIT_DONE
    assert done.stdout.startswith("tiny: 1 files")
    assert "= adopted" in run("list").stdout
    assert "tiny.json" in run("rm", "tiny").stdout
    assert run("rm", "tiny").stdout.startswith("Nothing to delete")
    assert (folder / "model.safetensors").exists()
    assert hub.asked == []


def test_what_lock_prints_pull_takes(hub: Hub, tmp_path: Path) -> None:
    run("pull", "tiny")
    lock = tmp_path / "lock.json"
    lock.write_text(run("lock").stdout)
    recorded = weights.record("tiny")
    shutil.rmtree(weights.home())
    assert run("pull", "--lock", str(lock)).return_value == EXIT_DONE
    assert weights.record("tiny") == recorded
    hub.asked.clear()
    assert run("pull", "tiny", "--lock", str(lock)).stdout.startswith("Nothing to fetch")
    assert hub.asked == []
