"""Finds the plugins that are installed, without importing importlib.metadata, which costs more than all of this.

Every folder on `sys.path` that holds distributions is read in one of two ways: from the manifest that
`powertools freeze` wrote into it, if that still matches the folder's distributions, else from each distribution's
`entry_points.txt`. Entries of `sys.path` that are no folders (zip files), and finders that offer distributions of their
own, send the whole search through importlib.metadata instead. All three give the same plugins.

Format: https://packaging.python.org/en/latest/specifications/entry-points/
"""

from __future__ import annotations

import os
import sys

from lambda_powertools.core.hookspecs import ENTRY_POINT_GROUP, HOOK_API_VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from importlib.metadata import Distribution
    from typing import Any

MANIFEST_NAME = "lambda_powertools.manifest.json"
"""File that `powertools freeze` writes beside the distributions it describes."""

MANIFEST_FORMAT = 1

_GROUP = ENTRY_POINT_GROUP.encode()
_CHUNK = 65_536
_SUFFIXES = (".dist-info", ".egg-info")
_READ_ONLY = os.O_RDONLY | getattr(os, "O_BINARY", 0)


class FoundPlugin:
    """A plugin as its distribution names it.

    Attributes:
        name: the entry point's name, which is the plugin's.
        value: `module:attribute` of its class.
        distribution: name of the distribution it came from.
        version: version of that distribution.
        checked: whether `powertools freeze` has checked its hooks against this hook API version.
    """

    # No named tuple: making that class takes as long as all of the search.
    __slots__ = ("checked", "distribution", "name", "value", "version")

    def __init__(self, name: str, value: str, distribution: str, version: str, checked: bool) -> None:
        self.name = name
        self.value = value
        self.distribution = distribution
        self.version = version
        self.checked = checked

    def as_tuple(self) -> tuple[str, str, str, str, bool]:
        """Return name, value, distribution, version and checked."""
        return (self.name, self.value, self.distribution, self.version, self.checked)

    def __eq__(self, other: object) -> bool:
        return self.as_tuple() == other.as_tuple() if isinstance(other, FoundPlugin) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.as_tuple())

    def __repr__(self) -> str:
        return "FoundPlugin({!r}, {!r}, {!r}, {!r}, checked={!r})".format(*self.as_tuple())

    @property
    def origin(self) -> str:
        """`distribution version`, for messages."""
        return f"{self.distribution} {self.version}".strip()


def find_plugins(path: Sequence[str] | None = None) -> list[FoundPlugin]:
    """Return the plugins of every distribution on `path` (default: `sys.path`), in the order of the path.

    Of two distributions with one name the first on the path counts, as for imports. A distribution whose metadata
    cannot be read has no plugins.
    """
    entries = _text_only(sys.path if path is None else path)
    if _needs_metadata(entries, default=path is None):
        return find_with_metadata(entries)
    found: list[FoundPlugin] = []
    seen: set[str] = set()
    for folder in dict.fromkeys(entry or "." for entry in entries):
        names = list_distributions(folder)
        if not names:
            continue
        frozen = read_manifest(folder, names)
        for name in names:
            key = distribution_key(name)
            if not key or key in seen:
                continue
            seen.add(key)
            found += frozen.get(name, ()) if frozen is not None else scan_distribution(folder, name)
    return found


def list_distributions(folder: str) -> list[str]:
    """Return the names of the metadata folders in `folder`, sorted; none if it cannot be listed."""
    try:
        return sorted(name for name in os.listdir(folder) if name.lower().endswith(_SUFFIXES))
    except OSError:
        return []


def distribution_key(metadata_folder: str) -> str:
    """Return the normalised name of a distribution, by which one hides another further down the path."""
    return normalise(metadata_folder.rpartition(".")[0].partition("-")[0])


def normalise(name: str) -> str:
    """Return a distribution's name in the one form in which two spellings are equal."""
    result = name.lower().replace("-", "_").replace(".", "_")
    while "__" in result:
        result = result.replace("__", "_")
    return result


def scan_distribution(folder: str, name: str) -> list[FoundPlugin]:
    """Return the plugins that the distribution with the metadata folder `name` in `folder` declares."""
    base = f"{folder}{os.sep}{name}{os.sep}"  # os.path.join for each of 150 distributions costs more than opening them
    content = _read_bytes(f"{base}entry_points.txt")
    if content is None or _GROUP not in content:
        return []
    text = _decoded(content) or ""
    headers = _read_headers(f"{base}METADATA") or _read_headers(f"{base}PKG-INFO")
    return list(_declared(text, headers, name))


def find_with_metadata(path: Sequence[str] | None = None) -> list[FoundPlugin]:
    """Return the plugins found through importlib.metadata: slower, and able to read zip files and custom finders."""
    import importlib.metadata
    from itertools import groupby

    entries = _text_only(sys.path if path is None else path)
    found: list[FoundPlugin] = []
    seen: set[str] = set()
    # A folder's distributions come in the order of its listing, which is any; sorted they come as in find_plugins.
    for _, folder in groupby(importlib.metadata.distributions(path=entries), key=_parent_of):
        for distribution in sorted(folder, key=_metadata_folder):
            name = _metadata_folder(distribution)
            key = distribution_key(name) if name else normalise(_headers(_headers_of(distribution), name)[0])
            if not key or key in seen:
                continue
            seen.add(key)
            text = _read_text(distribution, "entry_points.txt")
            if text and ENTRY_POINT_GROUP in text:
                found += _declared(text, _headers_of(distribution), name)
    return found


def _headers_of(distribution: Distribution) -> str | None:
    return _read_text(distribution, "METADATA") or _read_text(distribution, "PKG-INFO")


def _parent_of(distribution: Distribution) -> str:
    return str(getattr(getattr(distribution, "_path", None), "parent", ""))


def _metadata_folder(distribution: Distribution) -> str:
    name: str = getattr(getattr(distribution, "_path", None), "name", "")
    return name if name.lower().endswith(_SUFFIXES) else ""


def _read_text(distribution: Distribution, file: str) -> str | None:
    try:
        return distribution.read_text(file)
    except Exception:  # noqa: BLE001  # unreadable, no UTF-8, a finder's own: as good as missing, for this one alone
        return None


def read_manifest(folder: str, names: Iterable[str]) -> dict[str, list[FoundPlugin]] | None:
    """Return a folder's frozen plugins by metadata folder, None without a manifest that matches the distributions."""
    text = _read(os.path.join(folder, MANIFEST_NAME))
    if not text:
        return None
    import json

    try:
        manifest = json.loads(text)
        if manifest["format"] != MANIFEST_FORMAT or manifest["distributions"] != list(names):
            return None
        checked = manifest["hook_api"] == HOOK_API_VERSION
        frozen: dict[str, list[FoundPlugin]] = {}
        for folder_name, name, value, distribution, version in manifest["plugins"]:
            frozen.setdefault(folder_name, []).append(FoundPlugin(name, value, distribution, version, checked))
    except (KeyError, TypeError, ValueError):
        return None  # not ours, or half-written: what is installed can still be scanned
    return frozen


def build_manifest(folder: str) -> dict[str, Any]:
    """Return the manifest of a folder, as `read_manifest` expects it; the caller has checked the plugins' hooks."""
    names = list_distributions(folder)
    return {
        "format": MANIFEST_FORMAT,
        "hook_api": HOOK_API_VERSION,
        "distributions": names,
        "plugins": [[name, *plugin.as_tuple()[:4]] for name in names for plugin in scan_distribution(folder, name)],
    }


def _text_only(path: Sequence[Any]) -> list[str]:
    # Imports pass over whatever else stands in sys.path, importlib.metadata stumbles over some of it.
    return [entry for entry in path if isinstance(entry, str) and "\0" not in entry]


def _needs_metadata(entries: Iterable[str], *, default: bool) -> bool:
    if default and any(
        hasattr(finder, "find_distributions") for finder in sys.meta_path if not _is_path_finder(finder)
    ):
        return True
    return any(entry.lower().endswith(".egg") or os.path.isfile(entry or ".") for entry in entries)


def _is_path_finder(finder: object) -> bool:
    return getattr(finder, "__name__", "") == "PathFinder"


def _read(path: str) -> str | None:
    content = _read_bytes(path)
    return None if content is None else _decoded(content)


def _read_headers(path: str) -> str | None:
    content = _read_bytes(path)
    # The description below the headers, a whole README, is of no use here.
    return None if content is None else _decoded(content.partition(b"\n\n")[0])


def _read_bytes(path: str) -> bytes | None:
    # Straight from the system: for files this small a file object and its decoder cost more than the reading.
    try:
        descriptor = os.open(path, _READ_ONLY)
    except OSError:
        return None
    content = b""
    try:
        while (chunk := os.read(descriptor, _CHUNK)) and len(content := content + chunk) % _CHUNK == 0:
            pass  # a file of entry points is read at once
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return content


def _decoded(content: bytes) -> str | None:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _declared(text: str, headers: str | None, metadata_folder: str) -> Iterator[FoundPlugin]:
    group = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            group = line.strip("[]")
        elif group == ENTRY_POINT_GROUP and line and not line.startswith("#"):
            name, found, value = line.partition("=")
            if found:
                yield FoundPlugin(name.strip(), value.strip(), *_headers(headers, metadata_folder), checked=False)


def _headers(text: str | None, metadata_folder: str) -> tuple[str, str]:
    values: dict[str, str] = {}
    for line in (text or "").splitlines():
        if not line:
            break  # the headers end at the first empty line, the description follows
        key, _, value = line.partition(":")
        values.setdefault(key.lower(), value.strip())
    stem = metadata_folder.rpartition(".")[0].split("-")
    return values.get("name") or stem[0], values.get("version") or (stem[1] if len(stem) > 1 else "")
