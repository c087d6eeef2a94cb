"""Migrates files and folders: the code first, and then what is required, by what the code needs."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lambda_powertools.cli._migrate.code import UnkeptCodeError, migrate_code
from lambda_powertools.cli._migrate.decorators import merge_decorators
from lambda_powertools.cli._migrate.requirements import (
    UnclearRequirementError,
    migrate_pyproject,
    migrate_requirements,
    names_original,
)
from lambda_powertools.cli._migrate.source import Source, read_source
from lambda_powertools.cli._migrate.table import OLD
from lambda_powertools.cli._migrate.usage import Usage, usage_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lambda_powertools.cli._migrate.requirements import Needed

_CODE = {".py", ".pyi"}
_SKIPPED = {"__pycache__", "node_modules", "site-packages"}


@dataclass
class Result:
    """What became of a file.

    Attributes:
        path: the file.
        before: its text.
        after: its text when it is migrated.
        notes: line and what is to be done there by hand; line 0 is the whole file.
        error: why it was left alone.
        source: how to write it.
    """

    path: Path
    before: str = ""
    after: str = ""
    notes: list[tuple[int, str]] = field(default_factory=list)
    error: str | None = None
    source: Source | None = None

    @property
    def is_changed(self) -> bool:
        """Whether it says something else now."""
        return self.before != self.after

    def diff(self) -> str:
        """Return the change as a unified diff."""
        before, after = self.before.splitlines(keepends=True), self.after.splitlines(keepends=True)
        name = self.path.as_posix().lstrip("/")
        parts = difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in parts)

    def write(self) -> None:
        """Write the file, at once; one that cannot be written says so and stays as it was."""
        assert self.source is not None  # noqa: S101  # it was read
        try:
            self.source.write(self.after)
        except (OSError, UnicodeEncodeError) as error:
            self.error = f"cannot be written: {error}"
            self.after = self.before


def migrate_paths(paths: Sequence[Path], *, decorators: bool) -> list[Result]:
    """Migrate files, and folders with all that is below them, without writing anything.

    Args:
        paths: files and folders.
        decorators: whether stacks of decorators become `@powertools`.

    Returns:
        The files that change, that need a hand, or that cannot be migrated, in order.
    """
    files = sorted({file for path in paths for file in _files(path)})
    results, usages = [], {}
    for file in files:
        if file.suffix in _CODE:
            result = _migrated(file, decorators=decorators)
            usages[file] = usage_of(result.after)
            results.append(result)
    results += [_required(file, usages) for file in files if file.suffix not in _CODE]
    told = (result for result in results if result.is_changed or result.notes or result.error)
    return sorted(told, key=lambda result: result.path)


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, folders, names in os.walk(path):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not _is_skipped(here / name))
        yield from (here / name for name in names if _is_ours(here / name))


def _is_skipped(folder: Path) -> bool:
    return folder.name.startswith(".") or folder.name in _SKIPPED or (folder / "pyvenv.cfg").exists()


def _is_ours(file: Path) -> bool:
    """Tell whether a file holds code or requirements."""
    if file.suffix == ".txt":
        return file.name.startswith("requirements") or file.parent.name == "requirements"
    return file.suffix in _CODE or file.name == "pyproject.toml"


def _read(path: Path) -> Result:
    try:
        source = read_source(path)
    except (OSError, SyntaxError, UnicodeDecodeError) as error:
        return Result(path, error=f"cannot be read: {error}")
    return Result(path, source.text, source.text, source=source)


def _migrated(path: Path, *, decorators: bool) -> Result:
    from libcst import ParserSyntaxError

    result = _read(path)
    has_old = OLD in result.before
    if result.error is not None or not (has_old or (decorators and "lambda_powertools" in result.before)):
        return result
    try:
        migrated = migrate_code(result.before)
        result.after, result.notes = migrated.code, migrated.notes
        if decorators:
            merged = merge_decorators(result.after)
            result.after, result.notes = merged.code, sorted([*result.notes, *merged.notes])
    except ParserSyntaxError as error:
        result.after, result.notes = result.before, []
        result.error = f"no Python that can be read: line {error.raw_line}, column {error.raw_column}"
    except (RecursionError, UnkeptCodeError) as error:
        result.after, result.notes = result.before, []
        result.error = str(error) if isinstance(error, UnkeptCodeError) else "nested too deeply to be read"
    return result


def _required(path: Path, usages: dict[Path, Usage]) -> Result:
    result = _read(path)
    if result.error is not None or not names_original(result.before):
        return result
    below = [usage for file, usage in usages.items() if file.is_relative_to(path.parent) and usage.extras]
    usage = Usage()
    for one in below or usages.values():
        usage.merge(one)

    def needed(extras: list[str]) -> Needed:
        return usage.requirements(extras)

    rewrite = migrate_pyproject if path.name == "pyproject.toml" else migrate_requirements
    try:
        result.after = rewrite(result.before, needed)
    except UnclearRequirementError as error:
        result.notes = [(0, str(error))]
    return result
