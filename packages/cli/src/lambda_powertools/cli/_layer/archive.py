"""Packs a folder as a layer: the same files give the same bytes, and what Lambda refuses is not written."""

from __future__ import annotations

import csv
import hashlib
import os
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from lambda_powertools.cli.exceptions import CliError
from lambda_powertools.core.discovery import list_distributions, scan_distribution

MB = 1024 * 1024
MAX_UNZIPPED = 250 * MB
"""Of a function and all its layers: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""
MAX_DIRECT = 50 * MB
"""What is larger when zipped has to be uploaded by way of S3 (same page)."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file knows."""

_NOBODY = "(plugin manifest)"


class Part(NamedTuple):
    """One distribution in a layer; sizes in bytes."""

    name: str
    version: str
    files: int
    unzipped: int
    zipped: int


class Layer(NamedTuple):
    """A layer that was written.

    Attributes:
        path: the zip file.
        sha256: digest of its bytes, in hexadecimal.
        unzipped: size of its files in bytes.
        zipped: size of the zip file in bytes.
        parts: its distributions, the largest first.
        plugins: names of the plugins in it.
    """

    path: Path
    sha256: str
    unzipped: int
    zipped: int
    parts: list[Part]
    plugins: list[str]


def write_layer(folder: Path, path: Path) -> Layer:
    """Pack `folder`, whose name is that of the layer's top folder, into a zip file.

    Raises:
        CliError: it is too large, or the file cannot be written; then what was there before is still there.
    """
    files = sorted((file for file in folder.rglob("*") if file.is_file()), key=Path.as_posix)
    unzipped = sum(file.stat().st_size for file in files)
    if unzipped > MAX_UNZIPPED:
        largest = ", ".join(f"{part.name} {part.unzipped / MB:.0f} MB" for part in _parts(folder, files, {})[:3])
        raise CliError(
            f"the layer has {unzipped / MB:.0f} MB unzipped, and Lambda takes {MAX_UNZIPPED // MB} MB for a function "
            f"and all its layers: leave something out. The largest: {largest}. Nothing was written."
        )
    zipped = _write(folder, files, path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Layer(path, digest, unzipped, path.stat().st_size, _parts(folder, files, zipped), _plugins(folder))


def _write(folder: Path, files: list[Path], path: Path) -> dict[Path, int]:
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(descriptor, "wb") as stream, zipfile.ZipFile(stream, "w") as archive:
            sizes = {file: _add(archive, file, file.relative_to(folder.parent).as_posix()) for file in files}
        Path(temporary).chmod(0o644)  # a temporary file is its owner's alone
        Path(temporary).replace(path)
    except OSError as error:
        raise CliError(f"{path} cannot be written: {error}") from None
    finally:
        if temporary is not None:
            with suppress(OSError):
                Path(temporary).unlink()
    return sizes


def _add(archive: zipfile.ZipFile, file: Path, name: str) -> int:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = 3  # the modes below are Unix's, wherever the file is made
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o100644 << 16
    archive.writestr(entry, file.read_bytes(), compresslevel=9)
    return archive.getinfo(name).compress_size


def _parts(folder: Path, files: list[Path], zipped: dict[Path, int]) -> list[Part]:
    owners, versions = _owners(folder)
    grouped: dict[str, list[Path]] = {}
    for file in files:
        grouped.setdefault(owners.get(file, _NOBODY), []).append(file)
    parts = [
        Part(
            name,
            versions.get(name, ""),
            len(own),
            sum(file.stat().st_size for file in own),
            sum(zipped.get(file, 0) for file in own),
        )
        for name, own in grouped.items()
    ]
    return sorted(parts, key=lambda part: (-part.unzipped, part.name))


def _owners(folder: Path) -> tuple[dict[Path, str], dict[str, str]]:
    """Return which distribution each file is of, and the distributions' versions."""
    owners, versions = {}, {}
    for metadata in folder.glob("*.dist-info"):
        name, _, version = metadata.name.removesuffix(".dist-info").partition("-")
        name = name.replace("_", "-").lower()
        versions[name] = version
        with (metadata / "RECORD").open(encoding="utf-8", newline="") as file:
            owners.update({folder / row[0]: name for row in csv.reader(file)})
    return owners, versions


def _plugins(folder: Path) -> list[str]:
    names = list_distributions(str(folder))
    return sorted(plugin.name for name in names for plugin in scan_distribution(str(folder), name))
