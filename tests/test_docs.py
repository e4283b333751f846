"""Documents that could drift are the ones on disk, and what the README says can be done."""

from __future__ import annotations

import re
from pathlib import Path

from tools.docs import stale, tree

ROOT = Path(__file__).parent.parent


def test_generated_documents_are_up_to_date() -> None:
    assert not [str(path.relative_to(ROOT)) for path in stale()], "run: make docs"


def test_the_readme_s_tree_is_the_disk() -> None:
    named = {line.split()[0].rstrip("/") for line in tree().splitlines()[1:]}
    tops = {p.name for p in (ROOT / "src" / "vivant").iterdir() if p.suffix == ".py"}
    assert tops <= named


def test_the_readme_s_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    asked = set(re.findall(r"^make (\w+)", (ROOT / "README.md").read_text("utf-8"), re.M))
    assert {"demo", "test"} <= asked
    assert asked <= set(re.findall(r"^(\w+):", makefile, re.M))


def test_links_in_documents_lead_somewhere() -> None:
    for path in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_exit_codes_are_documented_as_they_are() -> None:
    from vivant import errors

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    codes = {value for name, value in vars(errors).items() if name.startswith("EXIT_")}
    assert codes == {int(code) for code in re.findall(r"^\| (\d+) \|", text, re.M)}
