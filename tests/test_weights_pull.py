"""Hub models are pulled once, continued where they stopped, proven, and need no network after."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections import namedtuple
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import fake_hub
from tests.fake_hub import Hub, serving
from vivant.engines import weights
from vivant.engines.weights import fetch, table
from vivant.errors import (
    CancelledError,
    MissingExtraError,
    MissingModelError,
    OutputError,
    PullError,
)
from vivant.types import Silent

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = fake_hub.model()
FETCHED = {
    name: content
    for name, content in FILES.items()
    if name in ("model_index.json", "unet/config.json", "vae/config.json")
    or name.endswith("/model.safetensors")
}
SPEC = weights.HubSpec(
    "tiny", "someone/tiny",
    ("model_index.json", "*/*.json", "*/*.safetensors", "*/*.bin", "*/*.py"),
    "Apache-2.0", 1, "a model for tests",
)  # fmt: skip
BIG = "unet/model.safetensors"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A running hub with one repository, an empty model folder, and that one model known."""
    hub = Hub(SPEC.repo, dict(FILES))
    monkeypatch.setattr(table, "HUB", {SPEC.name: SPEC})
    monkeypatch.setattr(fetch, "PAUSE", 0.0)
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("HF_TOKEN", raising=False)
    with serving(hub) as address:
        monkeypatch.setenv("HF_ENDPOINT", address)
        yield hub


class Heard(Silent):
    """Keeps notes and counts steps; stops at one of them, where asked to."""

    def __init__(self, stop: int = 0) -> None:
        self.notes: list[str] = []
        self.steps = 0
        self._stop = stop

    def step(self) -> None:
        self.steps += 1
        if self.steps == self._stop:
            raise CancelledError("stopped")

    def note(self, message: str) -> None:
        self.notes.append(message)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.relative_to(folder).as_posix().startswith(".")
    }


def pulled() -> Path:
    return weights.home() / "hub" / "tiny"


# -- a pull --------------------------------------------------------------------------------------


def test_the_fake_hub_is_one_to_huggingface_hub_itself(hub: Hub, tmp_path: Path) -> None:
    from huggingface_hub import snapshot_download

    folder = snapshot_download(
        hub.repo, local_dir=tmp_path / "theirs", endpoint=os.environ["HF_ENDPOINT"],
        allow_patterns=["*.safetensors", "*.json"],
    )  # fmt: skip
    assert tree(Path(folder)) == {**FETCHED, "single.safetensors": FILES["single.safetensors"]}


def test_a_pull_brings_the_chosen_files_and_records_commit_and_hashes(hub: Hub) -> None:
    with pytest.raises(MissingModelError, match="not on this machine") as refused:
        weights.folder("tiny")
    assert refused.value.mend == "Run: vivant models pull tiny"
    assert weights.status("tiny").condition == "absent"
    weights.pull(["tiny"])
    assert weights.folder("tiny") == pulled()
    assert tree(pulled()) == FETCHED
    found = weights.record("tiny")
    assert (found.repo, found.revision, found.commit) == ("someone/tiny", "main", hub.commit)
    assert {name: entry.sha256 for name, entry in found.files.items()} == {
        name: hashlib.sha256(content).hexdigest() for name, content in FETCHED.items()
    }


def test_neither_pickles_nor_programs_are_fetched(hub: Hub) -> None:
    weights.pull(["tiny"])
    assert {Path(a.path).suffix for a in hub.downloads()} <= {".safetensors", ".json", ""}
    assert not [a for a in hub.asked if a.path.endswith((".bin", ".py", ".md"))]


def test_afterwards_the_network_may_be_off(hub: Hub) -> None:
    weights.pull(["tiny"])
    hub.asked.clear()
    weights.pull(["tiny"])
    weights.verify(["tiny"])
    assert weights.folder("tiny") == pulled()
    assert hub.asked == []


def test_without_names_no_hub_model_is_pulled(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MODELS", {})
    weights.pull()
    assert hub.asked == []


def test_size_commit_and_licence_are_said_before(hub: Hub) -> None:
    heard = Heard()
    weights.pull(["tiny"], heard)
    size = sum(map(len, FETCHED.values()))
    assert hub.commit in heard.notes[0]
    assert f"{size / 1e6:.1f} MB of {size / 1e6:.1f} MB" in heard.notes[0]
    assert "Apache-2.0" in heard.notes[0]
    assert "COMMERCIAL" not in heard.notes[0]
    assert heard.steps == -(-size // 1_000_000)


def test_a_licence_against_commercial_use_is_said_aloud(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    del hub
    spec = weights.HubSpec(
        "tiny", SPEC.repo, SPEC.patterns, "CC-BY-NC-4.0", 1, "", commercial=False
    )
    monkeypatch.setattr(table, "HUB", {"tiny": spec})
    heard = Heard()
    weights.pull(["tiny"], heard)
    assert "CC-BY-NC-4.0, which FORBIDS COMMERCIAL USE" in heard.notes[0]
    assert not weights.model_file("tiny").commercial


def test_the_listing_is_what_a_pull_fetches(hub: Hub) -> None:
    listing = weights.listing("tiny")
    assert listing.commit == hub.commit
    assert {file.path: file.size for file in listing.files} == {
        name: len(content) for name, content in FETCHED.items()
    }
    assert weights.outstanding(listing) == listing.size
    assert not weights.home().exists()
    assert hub.downloads() == []
    weights.pull(["tiny"])
    assert weights.outstanding(listing) == 0


# -- broken connections --------------------------------------------------------------------------


def test_a_broken_connection_is_opened_again_where_it_broke(hub: Hub) -> None:
    hub.files = {BIG: FILES[BIG], "model_index.json": b"{}"}
    hub.cuts = [None, 100_000, 50_000]
    weights.pull(["tiny"])
    assert [a.span for a in hub.downloads() if "cdn" in a.path] == [
        "", "bytes=100000-", "bytes=150000-",
    ]  # fmt: skip
    assert tree(pulled()) == hub.files


def test_a_pull_that_gave_up_is_continued_by_the_next(hub: Hub) -> None:
    hub.files = {BIG: FILES[BIG], "model_index.json": b"{}"}
    hub.cuts = [None, 100_000, *[0] * fetch.ATTEMPTS]
    with pytest.raises(PullError, match=f"stopped at 100000 of {len(FILES[BIG])} bytes") as broken:
        weights.pull(["tiny"])
    assert "vivant models pull tiny" in broken.value.mend
    assert weights.status("tiny").condition == "partial"
    with pytest.raises(MissingModelError, match="did not end"):
        weights.folder("tiny")
    hub.asked.clear()
    assert weights.outstanding(weights.listing("tiny")) == len(FILES[BIG]) - 100_000
    weights.pull(["tiny"])
    assert [a.span for a in hub.downloads()] == ["bytes=100000-"] * 2  # the hub, then its store
    assert tree(pulled()) == hub.files
    assert not list(pulled().rglob("*.part"))


def test_a_hub_that_starts_at_the_first_byte_again_is_understood(hub: Hub) -> None:
    hub.ranges = False
    hub.cuts = [100_000]
    weights.pull(["tiny"])
    assert tree(pulled()) == FETCHED


def test_a_hub_that_is_busy_for_a_moment_is_asked_again(hub: Hub) -> None:
    hub.failures = [503, 429]
    weights.pull(["tiny"])
    assert tree(pulled()) == FETCHED


def test_a_hub_that_stays_broken_is_named(hub: Hub) -> None:
    hub.failures = [500] * fetch.ATTEMPTS
    with pytest.raises(PullError, match=r"127\.0\.0\.1.*answered 500"):
        weights.pull(["tiny"])


def test_what_the_observer_stops_is_continued_later(hub: Hub) -> None:
    hub.files = {BIG: bytes(3_500_000), "model_index.json": b"{}"}
    with pytest.raises(CancelledError):
        weights.pull(["tiny"], Heard(stop=2))
    assert weights.status("tiny").condition == "partial"
    hub.asked.clear()
    heard = Heard()
    weights.pull(["tiny"], heard)
    assert hub.downloads()[0].span.startswith("bytes=")
    assert heard.steps < 4
    assert tree(pulled()) == hub.files


def test_a_kill_leaves_no_record_and_the_next_pull_continues(hub: Hub) -> None:
    hub.files = {BIG: bytes(9_000_000), "model_index.json": b"{}"}
    code = (
        "import os, signal\n"
        "from vivant.engines import weights\n"
        "from vivant.engines.weights import table\n"
        "from vivant.types import Silent\n"
        f"table.HUB = {{'tiny': weights.HubSpec('tiny', 'someone/tiny', {SPEC.patterns!r},"
        " 'MIT', 1, '')}\n"
        "class Kill(Silent):\n"
        "    seen = 0\n"
        "    def step(self):\n"
        "        self.seen += 1\n"
        "        if self.seen == 3: os.kill(os.getpid(), signal.SIGKILL)\n"
        "weights.pull(['tiny'], Kill())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not (weights.home() / "hub" / "tiny.json").exists()
    assert weights.status("tiny").condition == "partial"
    hub.asked.clear()
    weights.pull(["tiny"])
    assert hub.downloads()[0].span.startswith("bytes=")
    assert tree(weights.folder("tiny")) == hub.files


def test_two_pulls_of_one_model_at_once_are_refused(hub: Hub) -> None:
    import filelock

    del hub
    pulled().mkdir(parents=True)
    with (
        filelock.FileLock(pulled() / ".lock"),
        pytest.raises(PullError, match="Another process is pulling tiny"),
    ):
        weights.pull(["tiny"])


# -- wrong bytes ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [BIG, "unet/config.json"])
def test_a_flipped_bit_on_the_way_is_refused(hub: Hub, name: str) -> None:
    hub.flipped = name
    with pytest.raises(PullError, match=f"{name}.*came with the hash"):
        weights.pull(["tiny"])
    assert not (pulled() / name).exists()
    assert weights.status("tiny").condition == "partial"
    hub.flipped = ""
    weights.pull(["tiny"])
    assert tree(weights.folder("tiny")) == FETCHED


def test_only_what_was_altered_is_fetched_again(hub: Hub) -> None:
    weights.pull(["tiny"])
    place = pulled() / BIG
    place.write_bytes(place.read_bytes()[:-1] + b"?")
    with pytest.raises(MissingModelError, match=BIG):
        weights.folder("tiny")
    hub.asked.clear()
    weights.pull(["tiny"])
    assert [Path(a.path).name for a in hub.downloads()][:1] == ["model.safetensors"]
    assert len(hub.downloads()) == 2  # the hub, then its store
    assert tree(weights.folder("tiny")) == FETCHED


def test_a_pull_in_place_of_a_damaged_adopted_folder_leaves_that_alone(
    hub: Hub, tmp_path: Path
) -> None:
    del hub
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "a.safetensors").write_bytes(b"numbers")
    weights.adopt("tiny", copy)
    (copy / "a.safetensors").write_bytes(b"numberz!")
    weights.pull(["tiny"])
    assert weights.folder("tiny") == pulled()
    assert tree(copy) == {"a.safetensors": b"numberz!"}


def test_a_branch_that_moved_is_followed_whole(hub: Hub) -> None:
    hub.cuts = [None, *[0] * fetch.ATTEMPTS]
    with pytest.raises(PullError):
        weights.pull(["tiny"])
    hub.cuts = []
    hub.files, hub.commit = fake_hub.model("b"), "d" * 40
    del hub.files["vae/config.json"]
    weights.pull(["tiny"])
    assert weights.record("tiny").commit == "d" * 40
    assert tree(pulled()) == {n: hub.files[n] for n in FETCHED if n in hub.files}


# -- refusals ------------------------------------------------------------------------------------


def test_a_gated_model_needs_a_login_that_only_the_hub_sees(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.token = "hf_secret"
    with pytest.raises(PullError, match="accepted its licence") as refused:
        weights.pull(["tiny"])
    assert "hf auth login" in refused.value.mend
    assert "HF_TOKEN" in refused.value.mend
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    weights.pull(["tiny"])
    assert tree(pulled()) == FETCHED
    stores = [a for a in hub.downloads() if a.path.startswith("/cdn/")]
    assert stores
    assert {a.authorization for a in stores} == {""}


def test_an_unknown_repository_is_named(hub: Hub) -> None:
    hub.repo = "someone/else"
    with pytest.raises(PullError, match="knows no someone/tiny"):
        weights.pull(["tiny"])
    assert weights.status("tiny").condition == "absent"


def declare(monkeypatch: pytest.MonkeyPatch, patterns: tuple[str, ...], revision: str) -> None:
    spec = weights.HubSpec("tiny", SPEC.repo, patterns, "MIT", 1, "", revision)
    monkeypatch.setattr(table, "HUB", {"tiny": spec})


def test_an_unknown_revision_is_named(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    del hub
    declare(monkeypatch, SPEC.patterns, "v9")
    with pytest.raises(PullError, match="no revision v9"):
        weights.pull(["tiny"])


def test_a_pinned_commit_is_enforced(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    declare(monkeypatch, SPEC.patterns, hub.commit)
    weights.pull(["tiny"])
    assert weights.record("tiny").commit == hub.commit
    weights.remove(["tiny"])
    declare(monkeypatch, SPEC.patterns, "e" * 40)
    with pytest.raises(PullError, match="no revision"):
        weights.pull(["tiny"])


def test_of_a_variant_only_its_weights_are_taken_where_it_exists(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.files["unet/model.fp16.safetensors"] = b"half"
    spec = weights.HubSpec("tiny", SPEC.repo, SPEC.patterns, "MIT", 1, "", variant="fp16")
    monkeypatch.setattr(table, "HUB", {"tiny": spec})
    weights.pull(["tiny"])
    taken = {name for name in FETCHED if name != BIG} | {"unet/model.fp16.safetensors"}
    assert set(tree(pulled())) == taken


def test_a_pinned_hash_is_what_a_pull_must_bring(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    def pin(name: str, content: bytes) -> None:
        pins = {name: hashlib.sha256(content).hexdigest()}
        spec = weights.HubSpec("tiny", SPEC.repo, SPEC.patterns, "MIT", 1, "", pins=pins)
        monkeypatch.setattr(table, "HUB", {"tiny": spec})

    pin("model.safetensors", b"other")  # a large file: the hub says its SHA-256
    with pytest.raises(PullError, match=r"model\.safetensors .* is pinned"):
        weights.pull(["tiny"])
    assert hub.downloads() == []
    pin("model_index.json", b"other")  # a small one: known when it has arrived
    with pytest.raises(PullError, match=r"model_index\.json .* came with the hash"):
        weights.pull(["tiny"])
    pin("model_index.json", FILES["model_index.json"])
    weights.pull(["tiny"])
    assert tree(weights.folder("tiny")) == FETCHED


def test_a_repository_without_the_files_is_refused(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    del hub
    declare(monkeypatch, ("unet/other.safetensors", "*.json"), "main")
    with pytest.raises(PullError, match=r"has no unet/other\.safetensors"):
        weights.pull(["tiny"])
    declare(monkeypatch, ("*.json",), "main")
    with pytest.raises(PullError, match=r"has no \.safetensors or \.onnx"):
        weights.pull(["tiny"])


@pytest.mark.parametrize("name", ["../out.json", "/etc/out.json", "a\\..\\out.json", "C:/out.json"])
def test_a_file_name_that_leaves_the_folder_is_refused(
    hub: Hub, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    declare(monkeypatch, ("*",), "main")
    hub.files[name] = b"{}"
    with pytest.raises(PullError, match="would leave the folder"):
        weights.pull(["tiny"])


def test_a_hub_that_is_down_is_named_with_the_way_around_it(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    del hub
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(PullError, match=r"127\.0\.0\.1:9 can't be reached") as refused:
        weights.pull(["tiny"])
    assert "vivant models adopt tiny FOLDER" in refused.value.mend
    assert weights.status("tiny").condition == "absent"


def test_without_the_package_the_command_that_installs_it_is_named(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    del hub
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    with pytest.raises(MissingExtraError, match="pip install"):
        weights.pull(["tiny"])


def test_a_server_that_is_no_hub_is_named(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fake_hub._Handler, "_info", lambda self: ["not", self.of.repo])
    del hub
    with pytest.raises(PullError, match="does not answer like a model hub"):
        weights.pull(["tiny"])


def test_a_disk_that_is_too_small_is_refused_before_the_first_byte(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    needed = sum(map(len, FETCHED.values()))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(0, 0, needed - 1))
    with pytest.raises(OutputError, match="MB free") as refused:
        weights.pull(["tiny"])
    assert "VIVANT_HOME" in refused.value.mend
    assert hub.downloads() == []
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(0, 0, needed))
    weights.pull(["tiny"])


def test_the_record_is_plain_json(hub: Hub) -> None:
    weights.pull(["tiny"])
    written = json.loads((weights.home() / "hub" / "tiny.json").read_text())
    assert written["commit"] == hub.commit
    assert written["root"] == "tiny"
    assert written["files"]["model_index.json"] == [2, hashlib.sha256(b"{}").hexdigest()]


def test_the_model_folder_may_move(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del hub
    weights.pull(["tiny"])
    shutil.move(tmp_path / "home", tmp_path / "moved")
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path / "moved"))
    assert weights.folder("tiny") == tmp_path / "moved" / "models" / "hub" / "tiny"


def test_remove_deletes_what_was_pulled(hub: Hub) -> None:
    del hub
    weights.pull(["tiny"])
    assert weights.remove(["tiny"]) == (weights.home() / "hub" / "tiny.json", pulled())
    assert not pulled().exists()
    assert weights.status("tiny").condition == "absent"
