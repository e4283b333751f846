"""Print the path of a public-domain portrait: NASA's photo of Eileen Collins in scikit-image."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path


def main() -> int:
    """Print the path; 3 where scikit-image is not installed."""
    spec = find_spec("skimage")
    if spec is None or spec.origin is None:
        print("The demo portrait is missing: pip install 'vivant[demo]'", file=sys.stderr)
        return 3
    print(Path(spec.origin).parent / "data" / "astronaut.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
