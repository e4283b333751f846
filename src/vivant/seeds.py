"""One root seed → one seed for each stage and attempt. All chance of a film comes from here."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from vivant.errors import InputError

LARGEST = 2**63 - 1
"""Seeds are kept below 2**63, so that every random generator and JSON reader takes them."""


@dataclass(frozen=True)
class Seeds:
    """Derives seeds by hashing, so that a new stage never shifts the seeds of the old ones."""

    root: int

    def __post_init__(self) -> None:
        if not 0 <= self.root <= LARGEST:
            raise InputError(
                f"The seed {self.root} is outside 0 to {LARGEST}: generators take 63 bits."
            )

    def of(self, stage: str, attempt: int = 0) -> int:
        """The seed of one attempt at one stage, 0 to 2**63 - 1."""
        name = f"{self.root}/{stage}/{attempt}".encode()
        return int.from_bytes(sha256(name).digest()[:8], "big") >> 1
