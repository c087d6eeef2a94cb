"""Makes a folder that looks like one with many installed distributions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def distributions_of(path: Sequence[str]) -> int:
    """Return how many distributions are installed on a search path."""
    return sum(len(list(Path(entry).glob("*.dist-info"))) for entry in set(path))


def make_distributions(folder: Path, count: int) -> Path:
    """Fill `folder` with metadata of `count` distributions; every third has entry points, as it is in real life."""
    for number in range(max(count, 0)):
        metadata = folder / f"filler_{number}-1.0.{number}.dist-info"
        metadata.mkdir(parents=True, exist_ok=True)
        text = f"Metadata-Version: 2.1\nName: filler-{number}\nVersion: 1.0.{number}\n\n" + "A description. " * 300
        (metadata / "METADATA").write_text(text)
        (metadata / "RECORD").write_text("".join(f"filler_{number}/m{line}.py,sha256=x,1\n" for line in range(40)))
        if number % 3 == 0:
            (metadata / "entry_points.txt").write_text(f"[console_scripts]\nfiller-{number} = filler_{number}:main\n")
    return folder
