"""``vivant verify``: judge any film, also one made elsewhere, by a photo of who should be in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vivant import errors
from vivant.console import observer, print_json

if TYPE_CHECKING:
    from vivant.runs.judge import Judged


def verify(
    film: Annotated[Path, typer.Argument(help="The film: mp4, mov, webm, mkv, gif and others.")],
    reference: Annotated[
        list[str], typer.Option(help="A photo of who should be in it; one for each person.")
    ],
    face: Annotated[
        list[int] | None, typer.Option(help="Which face of each photo, 1 at the left.")
    ] = None,
    recipe: Annotated[
        str, typer.Option(help="Whose eye and limits decide: a name, or your own as .toml.")
    ] = "previz",
    eye: Annotated[
        str | None, typer.Option(help="Measure with dlib, insightface or opencv instead.")
    ] = None,
    picture: Annotated[
        Path | None, typer.Option("-o", "--picture", help="Draw the identity curve to this PNG.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress.")] = False,
) -> int:
    """Say whether FILM shows the people of the photos, and in which frames it does not.

    Exits with 0 where it does, with 4 where it does not.
    """
    from vivant.runs import judge

    if picture is not None:
        judge.check_picture(picture)
    with observer(quiet) as watch:
        judged = judge.judge(film, reference, watch, faces=face or (), recipe=recipe, eye=eye)
        if picture is not None:
            judge.draw(judged, picture)
    if as_json:
        print_json(judge.record(judged))
    else:
        _print(judged, picture)
    return errors.EXIT_DONE if judged.verdict.passed else errors.EXIT_GATE


def _print(judged: Judged, picture: Path | None) -> None:
    from vivant.runs.words import facts, fault, stretch

    footage, people = judged.footage, judged.verdict.people
    print(judged.verdict.sentence)
    for number, person in enumerate(people, 1):
        who = f"person {number}" if len(people) > 1 else "the person"
        print(f"  {who}: {', '.join(facts(person))}")
        for span in person.spans:
            print(f"    {stretch(span, footage.fps)}: {fault(span)}, {span.why}")
    print(
        f"  the film: {footage.size}, {float(footage.rate):.4g} frames a second,"
        f" {footage.seconds:.2f} s"
    )
    for notice in footage.notices:
        print(f"    {notice}")
    if picture is not None:
        print(picture)
