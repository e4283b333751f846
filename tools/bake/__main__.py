"""Bake plates: ``python -m tools.bake [place …]``; without names, every place."""

from __future__ import annotations

import argparse
import sys
import time
import zlib
from pathlib import Path

import numpy as np

from tools.bake import places as places
from tools.bake.finish import finished
from tools.bake.registry import BUILDERS
from tools.bake.render import render
from tools.bake.scene import Scene
from vivant.engines.previz.sets.places import PLACES
from vivant.engines.previz.sets.plate import SUFFIX, encode
from vivant.errors import VivantError

VERSION = 1
PLATES = Path(__file__).parents[2] / "src/vivant/engines/previz/sets/plates"


def bake(name: str, light: str, height: int, samples: int, seed: int = 0) -> bytes:
    """The ``.plate`` file of one place in one light. Both lights share the place's draws."""
    scene = Scene(np.random.default_rng([seed, zlib.crc32(name.encode())]))
    BUILDERS[name](scene, light)
    plate = finished(scene, render(scene, height, samples, seed), name, light)
    return encode(
        plate, baked={"baker": VERSION, "seed": seed, "height": height, "samples": samples}
    )


def main(arguments: list[str]) -> int:
    """Bake what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m tools.bake", description=__doc__)
    parser.add_argument("place", nargs="*", help="names of places; none means all")
    parser.add_argument(
        "--height", type=int, default=270, help="pixels rendered from top to bottom"
    )
    parser.add_argument("--samples", type=int, default=12, help="paths a pixel")
    parser.add_argument("--out", type=Path, default=PLATES)
    asked = parser.parse_args(arguments)
    lights = {p.name: p.lights for p in PLACES}
    unknown = [name for name in asked.place if name not in BUILDERS]
    if unknown:
        parser.error(f"no such place: {', '.join(unknown)}; there are: {', '.join(BUILDERS)}")
    try:
        for name in asked.place or list(BUILDERS):
            for light in lights[name]:
                start = time.perf_counter()
                data = bake(name, light, asked.height, asked.samples)
                (asked.out / f"{name}.{light}{SUFFIX}").write_bytes(data)
                took = time.perf_counter() - start
                print(f"{name}.{light}: {len(data) / 1024:.0f} KiB, {took:.0f} s", flush=True)
    except VivantError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
