"""The manifests of a path: which folders need one, what is in it, and whether the one that is there still holds."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lambda_powertools.core.discovery import (
    MANIFEST_NAME,
    build_manifest,
    distribution_key,
    list_distributions,
    scan_distribution,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from lambda_powertools.core.discovery import FoundPlugin


class PluginFolder(NamedTuple):
    """A folder that holds distributions with plugins.

    Attributes:
        path: the folder.
        plugins: the plugins of its distributions that no folder earlier on the path hides.
    """

    path: Path
    plugins: list[FoundPlugin]

    @property
    def manifest(self) -> Path:
        """Where its manifest is."""
        return self.path / MANIFEST_NAME


def plugin_folders(path: Iterable[str]) -> list[PluginFolder]:
    """Return the folders of a path that hold plugins, read from their distributions, whatever manifests there are."""
    folders = []
    seen: set[str] = set()
    for entry in dict.fromkeys(os.path.realpath(entry or ".") for entry in path):
        plugins: list[FoundPlugin] = []
        declares = False
        for name in list_distributions(entry):
            found = scan_distribution(entry, name)
            declares = declares or bool(found)
            if distribution_key(name) not in seen:
                seen.add(distribution_key(name))
                plugins += found
        if declares:
            folders.append(PluginFolder(Path(entry), plugins))
    return folders


def difference(folder: PluginFolder) -> str | None:
    """Return in what a folder's manifest differs from its distributions, None if in nothing."""
    try:
        frozen = json.loads(folder.manifest.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "there is none"
    except (OSError, ValueError) as error:
        return f"it cannot be read: {error}"
    return _compare(frozen, build_manifest(str(folder.path)))


def _compare(frozen: Any, built: Mapping[str, Any]) -> str | None:
    if frozen == built:
        return None
    if not isinstance(frozen, dict) or frozen.get("format") != built["format"]:
        return "it has another format"
    if frozen.get("hook_api") != built["hook_api"]:
        return f"its plugins were checked for version {frozen.get('hook_api')} of the hooks, not {built['hook_api']}"
    changes = [f"+{name}" for name in built["distributions"] if name not in frozen.get("distributions", ())]
    changes += [f"-{name}" for name in frozen.get("distributions", ()) if name not in built["distributions"]]
    return f"the distributions have changed: {', '.join(changes)}" if changes else "its plugins have changed"


def write_manifests(folders: Iterable[PluginFolder]) -> None:
    """Write the manifest of each folder: all of them or, where a folder cannot be written to, none.

    Raises:
        OSError: a folder cannot be written to.
    """
    waiting: list[tuple[str, Path]] = []
    try:
        for folder in folders:
            text = json.dumps(build_manifest(str(folder.path)), separators=(",", ":")) + "\n"
            descriptor, temporary = tempfile.mkstemp(prefix=f".{MANIFEST_NAME}.", dir=folder.path)
            waiting.append((temporary, folder.manifest))
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
            Path(temporary).chmod(0o644)  # a temporary file is its owner's alone; a function runs as somebody else
        while waiting:
            Path(waiting[0][0]).replace(waiting[0][1])
            del waiting[0]
    finally:
        for temporary, _ in waiting:
            with suppress(OSError):
                Path(temporary).unlink()
