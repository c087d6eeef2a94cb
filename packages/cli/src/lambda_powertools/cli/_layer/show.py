"""What `layer build` tells of a layer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.cli._console import make_console, make_table
from lambda_powertools.cli._layer.archive import MAX_DIRECT, MAX_UNZIPPED, MB

if TYPE_CHECKING:
    from lambda_powertools.cli._layer.archive import Layer
    from lambda_powertools.cli._layer.target import Target


def as_document(layer: Layer, target: Target) -> dict[str, Any]:
    """Return what is to be told as JSON; sizes in bytes."""
    return {
        "path": str(layer.path),
        "sha256": layer.sha256,
        "runtime": target.runtime,
        "architecture": target.architecture,
        "unzipped": layer.unzipped,
        "zipped": layer.zipped,
        "plugins": layer.plugins,
        "distributions": [part._asdict() for part in layer.parts],
    }


def print_table(layer: Layer, *, stderr: bool) -> None:
    """Print the size of each distribution, and of all."""
    console = make_console(stderr=stderr)
    table = make_table(
        "distribution",
        "version",
        "files",
        "unzipped kB",
        "zipped kB",
        right=("files", "unzipped kB", "zipped kB"),
        whole=("distribution",),
    )
    for part in layer.parts:
        table.add_row(part.name, part.version, str(part.files), _kilobytes(part.unzipped), _kilobytes(part.zipped))
    console.print(table)
    share = layer.unzipped / MAX_UNZIPPED
    console.print(
        f"\n{layer.path}: {layer.zipped / MB:.2f} MB, {layer.unzipped / MB:.2f} MB unzipped ({share:.1%} of what "
        f"Lambda takes), plugins: {', '.join(layer.plugins) or 'none'}"
    )
    console.print(f"sha256 {layer.sha256}")
    if layer.zipped > MAX_DIRECT:
        console.print(f"It is larger than {MAX_DIRECT // MB} MB: upload it by way of S3.")


def _kilobytes(size: int) -> str:
    return f"{size / 1024:,.1f}"
