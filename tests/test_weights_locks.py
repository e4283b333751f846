"""A lock carries one machine's commits and hashes to another, which pulls these bytes or none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import fake_hub
from tests.fake_hub import Hub, serving
from vivant.engines import weights
from vivant.engines.weights import table
from vivant.errors import InputError, PullError

if TYPE_CHECKING:
    from collections.abc import Iterator

SPEC = weights.HubSpec(
    "tiny", "someone/tiny", ("*/*.json", "*/*.safetensors"), "MIT", 1, "a model for tests"
)


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A running hub; the first machine has pulled the model from it and written its lock."""
    hub = Hub(SPEC.repo, fake_hub.model())
    monkeypatch.setattr(table, "HUB", {SPEC.name: SPEC})
    monkeypatch.delenv("HF_TOKEN", raising=False)
    with serving(hub) as address:
        monkeypatch.setenv("HF_ENDPOINT", address)
        monkeypatch.setenv("VIVANT_HOME", str(tmp_path / "first"))
        weights.pull(["tiny"])
        (tmp_path / "lock.json").write_text(json.dumps(weights.lock()))
        monkeypatch.setenv("VIVANT_HOME", str(tmp_path / "second"))
        yield hub


def test_a_second_machine_pulls_the_same_bytes(hub: Hub, tmp_path: Path) -> None:
    del hub
    locked = weights.read_lock(tmp_path / "lock.json")
    weights.pull(["tiny"], locked=locked)
    assert weights.record("tiny").sha256 == locked["tiny"].sha256
    assert weights.lock() == json.loads((tmp_path / "lock.json").read_text())


def test_it_asks_for_the_locked_commit(hub: Hub, tmp_path: Path) -> None:
    locked = weights.read_lock(tmp_path / "lock.json")
    hub.commit = "d" * 40
    with pytest.raises(PullError, match=f"no revision {'c' * 40}"):
        weights.pull(["tiny"], locked=locked)


def edit(path: Path, name: str, entry: list[Any]) -> dict[str, weights.Record]:
    said = json.loads(path.read_text())
    said["tiny"]["files"][name] = entry
    path.write_text(json.dumps(said))
    return weights.read_lock(path)


def test_other_bytes_than_the_locked_are_refused(hub: Hub, tmp_path: Path) -> None:
    name = "unet/model.safetensors"
    locked = edit(tmp_path / "lock.json", name, [len(hub.files[name]), "0" * 64])
    hub.asked.clear()
    with pytest.raises(PullError, match=f"{name}.*are locked"):
        weights.pull(["tiny"], locked=locked)
    assert hub.downloads() == []


def test_a_small_file_is_proven_by_the_lock_too(hub: Hub, tmp_path: Path) -> None:
    name = "unet/config.json"
    locked = edit(tmp_path / "lock.json", name, [len(hub.files[name]), "0" * 64])
    with pytest.raises(PullError, match=f"{name}.*announced 0000"):
        weights.pull(["tiny"], locked=locked)
    assert weights.status("tiny").condition == "partial"


def test_a_locked_file_that_the_hub_lacks_is_named(hub: Hub, tmp_path: Path) -> None:
    del hub
    locked = edit(tmp_path / "lock.json", "vae/gone.json", [1, "0" * 64])
    with pytest.raises(PullError, match=r"has no vae/gone\.json"):
        weights.pull(["tiny"], locked=locked)


def test_other_files_that_are_here_are_not_taken_for_the_locked(hub: Hub, tmp_path: Path) -> None:
    locked = weights.read_lock(tmp_path / "lock.json")
    hub.files = fake_hub.model("b")
    weights.pull(["tiny"])
    with pytest.raises(PullError, match="other files of tiny than the lock") as refused:
        weights.pull(["tiny"], locked=locked)
    assert refused.value.mend == "Run: vivant models rm tiny"


def test_a_model_that_the_lock_omits_is_refused(hub: Hub) -> None:
    del hub
    with pytest.raises(PullError, match="says nothing about tiny"):
        weights.pull(["tiny"], locked={})


@pytest.mark.parametrize("text", ["", "[]", '{"tiny": 1}', '{"tiny": {"repo": "a"}}'])
def test_what_is_no_lock_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "lock.json").write_text(text)
    with pytest.raises(InputError, match="vivant models lock"):
        weights.read_lock(tmp_path / "lock.json")
    with pytest.raises(InputError, match="can't be read"):
        weights.read_lock(tmp_path / "none.json")
