"""The commands about models. ``vivant models list`` and ``verify`` exit with 3 where something is
wrong: a file of the default recipe that is not ready, or a model that is incomplete or damaged. A
published model that nobody pulled is no fault.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vivant import errors
from vivant.console import observer, print_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from vivant.engines.weights import Listing, ModelStatus, Record

app = typer.Typer(no_args_is_help=True, help="The models: list, pull, verify, rm, adopt, lock.")

Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
Names = Annotated[
    list[str] | None, typer.Argument(help="Models by name; the default recipe's unless given.")
]


@app.command("list")
def show(as_json: Json = False) -> int:
    """Show every model: its condition, size, licence and where it comes from."""
    from vivant.engines import weights

    statuses = weights.catalogue([*weights.MODELS, *weights.HUB])
    _print(statuses, as_json)
    expected = weights.present()
    return _exit_code(status for status in statuses if status.spec.name in expected)


@app.command()
def pull(
    names: Names = None,
    dry_run: Annotated[
        bool, typer.Option(help="Print what would be fetched; fetch nothing.")
    ] = False,
    lock: Annotated[
        Path | None, typer.Option(help="Pull exactly what this file of `models lock` says.")
    ] = None,
) -> int:
    """Bring models to this machine; afterwards vivant works without a network.

    An interrupted pull continues where it stopped. Published models come from huggingface.co, or
    from where HF_ENDPOINT says; a gated one needs `hf auth login` or HF_TOKEN.
    """
    from vivant.engines import weights

    locked = None if lock is None else weights.read_lock(lock)
    if locked is not None and names is None:
        names = list(locked)
    if dry_run:
        return _rehearse(names, locked)
    here = all(status.condition == "ready" for status in weights.catalogue(names))
    try:
        with observer(quiet=False) as watch:
            weights.pull(names, watch, locked)
    except KeyboardInterrupt:
        raise errors.CancelledError(
            "Interrupted; what has arrived is kept, the next pull continues there."
        ) from None
    if here:
        print("Nothing to fetch: all of it is here.")
    return errors.EXIT_DONE


@app.command()
def verify(names: Names = None, as_json: Json = False) -> int:
    """Hash the models again and compare them with what is pinned or was recorded.

    Without names: the default recipe's files, and every published model on this machine.
    """
    from vivant.engines import weights

    statuses = weights.verify(names or weights.present())
    _print(statuses, as_json)
    return _exit_code(statuses)


@app.command()
def rm(names: Names = None) -> int:
    """Delete pulled models; installed packages and adopted folders stay."""
    from vivant.engines import weights

    gone = weights.remove(names)
    for path in gone:
        print(path)
    if not gone:
        print("Nothing to delete: none of it was pulled.")
    return errors.EXIT_DONE


@app.command()
def adopt(
    name: Annotated[str, typer.Argument(help="The model that the folder holds.")],
    folder: Annotated[Path, typer.Argument(help="A copy of the model's repository.")],
) -> int:
    """Use a FOLDER that is already here as the model NAME; nothing is copied.

    For machines without a network. The folder's files are hashed now and proven at every use.
    """
    from vivant.engines import weights

    record = weights.adopt(name, folder)
    print(f"{name}: {len(record.files)} files, {weights.amount(record.size)} in {record.folder}")
    return errors.EXIT_DONE


@app.command()
def lock() -> int:
    """Print commit and hashes of every published model here, for `models pull --lock` elsewhere."""
    from vivant.engines import weights

    print_json(weights.lock())
    return errors.EXIT_DONE


def _rehearse(names: list[str] | None, locked: Mapping[str, Record] | None) -> int:
    from vivant.engines import weights

    wanted = 0
    for status in weights.catalogue(names):
        if isinstance(status.spec, weights.HubSpec):
            listing = weights.listing(status.spec.name, locked)
            wanted += weights.outstanding(listing)
            _print_listing(listing)
        else:
            wanted += 0 if status.condition == "ready" else status.size
            _print_row(_row(status))
    print(f"To fetch: {weights.amount(wanted)}; free: {weights.amount(weights.free())}.")
    return errors.EXIT_DONE


def _print_listing(listing: Listing) -> None:
    from vivant.engines import weights

    spec = listing.spec
    print(f"{spec.name}: {spec.about}")
    terms = _terms(spec.licence, spec.commercial, spec.gated)
    print(f"  {spec.repo}@{listing.commit}  {terms}")
    for file in listing.files:
        print(f"  {file.size:>15,}  {file.path}")
    print(f"  {listing.size:>15,}  bytes; {weights.outstanding(listing):,} of them to fetch")


def _print(statuses: Iterable[ModelStatus], as_json: bool) -> None:
    rows = [_row(status) for status in statuses]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        _print_row(row)


def _row(status: ModelStatus) -> dict[str, Any]:
    from vivant.engines import weights

    spec = status.spec
    return {
        "name": spec.name,
        "condition": status.condition,
        "reason": status.reason,
        "bytes": status.size,
        "approximate": not status.sha256,
        "licence": spec.licence,
        "commercial": spec.commercial,
        "gated": isinstance(spec, weights.HubSpec) and spec.gated,
        "about": spec.about if isinstance(spec, weights.HubSpec) else "",
        "source": str(spec.source),
        "commit": status.commit,
        "sha256": status.sha256,
        "path": None if status.path is None else str(status.path),
    }


def _print_row(row: dict[str, Any]) -> None:
    from vivant.engines import weights

    size = ("~" if row["approximate"] else "") + weights.amount(row["bytes"])
    known = not row["commit"] or row["source"].endswith(row["commit"])
    source = row["source"] if known else f"{row['source']} = {row['commit']}"
    terms = _terms(row["licence"], row["commercial"], row["gated"])
    print(f"{row['condition']:<8} {row['name']:<28} {size:>9}  {source}  {terms}")
    if row["condition"] not in ("ready", "absent"):
        print(f"         {row['reason']} {weights.mend(row['name'])}")


def _terms(licence: str, commercial: bool, gated: bool) -> str:
    return licence + ("" if commercial else " (NO COMMERCIAL USE)") + (" (login)" if gated else "")


def _exit_code(statuses: Iterable[ModelStatus]) -> int:
    ready = all(status.condition == "ready" for status in statuses)
    return errors.EXIT_DONE if ready else errors.EXIT_MISSING
