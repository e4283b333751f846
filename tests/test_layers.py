"""Imports run one way, the front door is light, and files stay small enough to read."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "vivant"

LAYERS = (
    {"errors"},
    {"geometry", "seeds", "files", "engine_info", "observer", "prompts", "verdict"},
    {"recipe"},
    {"types"},
    {"people", "image", "coverage", "retakes", "mentions", "casting", "shots"},
    {"hdr", "video", "footage"},
    {"engines"},
    {"stages"},
    {"generate"},
    {"metrics", "runs", "needs"},
    {"doctor"},
    {"console"},
    {"models_cli", "verify_cli"},
    {"cli"},
    {"__main__"},
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
FREE = {"vivant"}
"""The package itself (its version) may be named anywhere; it imports nothing at run time."""


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def layer(dotted: str) -> str:
    return dotted.split(".")[1] if "." in dotted else dotted


def runtime_imports(path: Path) -> set[str]:
    """The vivant modules that ``path`` imports outside ``if TYPE_CHECKING``."""
    found: set[str] = set()

    class Visitor(ast.NodeVisitor):
        def visit_If(self, node: ast.If) -> None:
            if not (isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
                self.generic_visit(node)

        def visit_Import(self, node: ast.Import) -> None:
            found.update(alias.name for alias in node.names)

        def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
            assert node.level == 0, f"{path}: imports are absolute"
            module = node.module or ""
            if module == "vivant":
                found.update(f"vivant.{alias.name}" for alias in node.names)
            else:
                found.add(module)

    Visitor().visit(ast.parse(path.read_text(encoding="utf-8")))
    return {name for name in found if name == "vivant" or name.startswith("vivant.")}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_run_one_way(path: Path) -> None:
    own = path.relative_to(SOURCE).with_suffix("").parts[0]
    if own == "__init__":
        return
    for name in runtime_imports(path):
        if name in FREE or layer(name).startswith("__"):
            continue
        assert RANK[layer(name)] <= RANK[own], f"{own} must not import {name}"


def test_every_module_has_a_layer() -> None:
    tops = {path.relative_to(SOURCE).with_suffix("").parts[0] for path in modules()}
    assert tops - {"__init__"} <= set(RANK)


def test_stages_name_no_engine() -> None:
    for path in sorted((SOURCE / "stages").rglob("*.py")):
        assert not {n for n in runtime_imports(path) if n.startswith("vivant.engines")}, path


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_file_is_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize(
    "command", ["import vivant", "from vivant.cli import app; app(['--help'])"]
)
def test_the_front_door_loads_nothing_heavy(command: str) -> None:
    code = (
        f"import sys\ntry:\n    {command}\nexcept SystemExit:\n    pass\n"
        "heavy = {'torch', 'numpy', 'cv2', 'scipy', 'dlib', 'av', 'PIL'} & set(sys.modules)\n"
        "sys.exit(','.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_public_names_are_the_documented_ones() -> None:
    import vivant

    for name in vivant.__all__:
        value = getattr(vivant, name)
        assert name in ("__version__", "RECIPES") or value.__doc__, f"{name} has no docstring"
    with pytest.raises(AttributeError, match="nonsense"):
        _ = vivant.nonsense


def test_generate_stays_the_function_after_its_module_is_imported() -> None:
    import vivant
    from vivant.generate import Plan
    from vivant.generate import generate as function

    assert vivant.generate is function
    assert vivant.Plan is Plan
