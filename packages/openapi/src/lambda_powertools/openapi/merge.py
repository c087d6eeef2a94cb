"""One document for the functions of a service."""

from __future__ import annotations

import copy
import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.openapi._discovery import (
    DEFAULT_EXCLUDE,
    find_files,
    imports_app,
    makes_app,
    module_name,
)
from lambda_powertools.openapi.config import OpenAPIConfig
from lambda_powertools.openapi.exceptions import OpenAPIMergeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lambda_powertools.openapi.models import OpenAPI

__all__ = ["ConflictStrategy", "DocumentMerger", "OpenAPIMerge", "OpenAPIMergeError"]

ConflictStrategy = Literal["warn", "error", "first", "last"]
_STRATEGIES = ("warn", "error", "first", "last")


class _Source:
    """A file that makes an app."""

    def __init__(self, file: Path, root: Path, name: str, dependents: list[Path]) -> None:
        self.file = file
        self.root = root
        self.name = name
        self.dependents = dependents


class OpenAPIMerge:
    """Merges the documents of several functions. For development and builds: it imports the modules it is given.

    Never use it on files that you do not trust: importing a module runs it.

    Args:
        on_conflict: what happens when a path has a method twice: `warn` keeps the first and logs a warning, `first`
            keeps it silently, `last` takes the later one, `error` raises.
        meta: top of the merged document: the fields of `OpenAPIConfig`.

    Raises:
        ValueError: `on_conflict` is something else.

    Example:
        >>> merge = OpenAPIMerge(title="Shop", version="2.0.0")
        >>> merge.add_schema({"paths": {"/orders": {"get": {"responses": {}}}}})
        >>> sorted(merge.get_openapi_schema()["paths"])
        ['/orders']
    """

    def __init__(self, *, on_conflict: ConflictStrategy = "warn", **meta: Any) -> None:
        if on_conflict not in _STRATEGIES:
            raise ValueError(f"on_conflict is {on_conflict!r}; allowed are {', '.join(_STRATEGIES)}")
        self._config = OpenAPIConfig(**meta)
        self._on_conflict = on_conflict
        self._sources: dict[Path, _Source] = {}
        self._schemas: list[dict[str, Any]] = []
        self._document: dict[str, Any] | None = None

    @property
    def discovered_files(self) -> list[Path]:
        """The files that make an app, in the order in which they are merged."""
        return list(self._sources)

    @property
    def dependent_files(self) -> dict[Path, list[Path]]:
        """By file that makes an app: the files that import it to register routes on it."""
        return {file: list(source.dependents) for file, source in self._sources.items() if source.dependents}

    def discover(  # the names are known from elsewhere
        self,
        path: str | Path,
        pattern: str | list[str] = "handler.py",
        exclude: list[str] | None = None,
        resolver_name: str = "app",
        recursive: bool = False,
        project_root: str | Path | None = None,
    ) -> list[Path]:
        """Look for files that make an app, without importing them.

        Args:
            path: the folder to look in.
            pattern: name of the files, or patterns of it.
            exclude: patterns of what to leave out; tests, caches and virtual environments if not given.
            resolver_name: what the app is called in the files.
            recursive: whether to look in folders below as well.
            project_root: where absolute imports begin; `path` if not given.

        Returns:
            The files that were found, sorted.

        Raises:
            FileNotFoundError: there is no such folder.
        """
        root = Path(path).resolve()
        if not root.is_dir():
            raise FileNotFoundError(f"there is no folder {root}")
        base = Path(project_root).resolve() if project_root is not None else root
        excluded = list(DEFAULT_EXCLUDE) if exclude is None else exclude
        patterns = [pattern] if isinstance(pattern, str) else pattern
        files = find_files(root, patterns, excluded, recursive=recursive)
        found = [file for file in files if makes_app(file, resolver_name)]
        modules = find_files(root, ["*.py"], excluded, recursive=True) if found else []
        for file in found:
            target = module_name(file, base)
            others = [other for other in modules if other != file and imports_app(other, target, resolver_name, base)]
            self._sources[file] = _Source(file, base, resolver_name, others)
        self._document = None
        return found

    def add_file(self, file_path: str | Path, resolver_name: str | None = None) -> None:
        """Add a file that makes an app; absolute imports begin in its folder.

        Args:
            file_path: the file.
            resolver_name: what the app is called in it; `app` if not given.
        """
        file = Path(file_path).resolve()
        if file not in self._sources:
            self._sources[file] = _Source(file, file.parent, resolver_name or "app", [])
        self._document = None

    def add_schema(self, schema: dict[str, Any] | OpenAPI) -> None:
        """Add a document as it is."""
        from lambda_powertools.openapi.encoders import plain_data

        self._schemas.append(plain_data(schema))
        self._document = None

    def get_openapi_schema(self) -> dict[str, Any]:
        """Return the merged document as plain data. It is made once, and again after something was added.

        Raises:
            OpenAPIMergeError: two documents contradict each other, and conflicts are errors.
        """
        return copy.deepcopy(self.document())

    def get_openapi_json_schema(self) -> str:
        """Return the merged document as JSON text, indented by two."""
        return json.dumps(self.document(), indent=2, ensure_ascii=False)

    def document(self) -> dict[str, Any]:
        """Return the merged document itself, which is not to be changed."""
        if self._document is None:
            self._document = self._merge()
        return self._document

    def _merge(self) -> dict[str, Any]:
        from lambda_powertools.openapi.document import head_of, tail_of
        from lambda_powertools.openapi.encoders import plain_data

        document = {**head_of(self._config), "paths": {}, **tail_of(self._config)}
        if self._config.security_schemes:
            schemes = {name: plain_data(scheme) for name, scheme in self._config.security_schemes.items()}
            document["components"] = {"securitySchemes": schemes}
        merger = DocumentMerger(document, self._on_conflict)
        for source in self._sources.values():
            loaded = self._load(source)
            if loaded is not None:
                merger.add(loaded, str(source.file))
        for number, schema in enumerate(self._schemas, 1):
            merger.add(schema, f"added document {number}")
        if self._sources and not document["paths"]:
            _warn(
                f"{len(self._sources)} files were found, but the merged document has no paths: look whether they "
                "register their routes when they are imported"
            )
        return document

    def _load(self, source: _Source) -> dict[str, Any] | None:
        from lambda_powertools.openapi._discovery import load_document

        try:
            return load_document(source.file, source.root, source.name, source.dependents)
        except (Exception, SystemExit) as error:  # noqa: BLE001  # it is the user's module, which may raise anything
            _warn(
                f"the app in {source.file} could not be loaded and is left out: {type(error).__name__}: {error}. Look "
                "for what the module does when it is imported: environment variables it needs, connections it opens"
            )
            return None


def _warn(message: str) -> None:
    warnings.warn(message, PowertoolsUserWarning, stacklevel=5)


_PREFIX = "#/components/schemas/"


class DocumentMerger:
    """Collects paths, components and tags.

    Args:
        document: what everything is put into: the top of a document.
        on_conflict: `warn`, `error`, `first` or `last`: what happens when two documents define the same thing.
    """

    def __init__(self, document: dict[str, Any], on_conflict: str) -> None:
        self.document = document
        self._on_conflict = on_conflict
        self._origins: dict[tuple[str, ...], str] = {}
        self._operation_ids: dict[str, str] = {}

    def add(self, document: dict[str, Any], origin: str) -> None:
        """Add a document.

        Args:
            document: it stays as it is.
            origin: what it is called in messages.

        Raises:
            OpenAPIMergeError: it defines something else than one before, and conflicts are errors.
        """
        document = copy.deepcopy(document)
        self._add_schemas(document)
        for path, item in (document.get("paths") or {}).items():
            for method, operation in item.items():
                self._add(("paths", path, method), operation, f"{method.upper()} {path}", origin)
        for kind, entries in (document.get("components") or {}).items():
            for name, entry in entries.items():
                if kind == "securitySchemes":  # those that were configured are there already, and win
                    self.document.setdefault("components", {}).setdefault(kind, {}).setdefault(name, entry)
                else:
                    self._add(("components", kind, name), entry, f"the component {kind}/{name}", origin)
        self._add_tags(document)

    def _add(self, place: tuple[str, ...], value: Any, what: str, origin: str) -> None:
        holder: dict[str, Any] = self.document
        for key in place[:-1]:
            holder = holder.setdefault(key, {})
        known = holder.get(place[-1])
        is_twin = known is not None and (place[0] == "paths" or known != value)
        if is_twin and self._on_conflict != "last":
            message = f"{what} of {origin} is already defined by {self._origins.get(place, 'the configuration')}"
            if self._on_conflict == "error":
                raise OpenAPIMergeError(message)
            if self._on_conflict == "warn":
                from lambda_powertools.core.package_logger import get_logger

                get_logger("lambda_powertools.openapi").warning("%s; the first is kept", message)
            return
        holder[place[-1]] = value
        self._origins[place] = origin

    def _add_schemas(self, document: dict[str, Any]) -> None:
        """Give schemas that differ from one of the same name another name, so that no reference changes its meaning."""
        known: dict[str, Any] = self.document.get("components", {}).get("schemas", {})
        new: dict[str, Any] = (document.get("components") or {}).get("schemas") or {}
        renamed = {name for name, schema in new.items() if name in known and known[name] != schema}
        while True:  # what refers to a renamed schema is another one as well
            more = {
                name
                for name, schema in new.items()
                if name in known and name not in renamed and renamed & set(_references(schema))
            }
            if not more:
                break
            renamed |= more
        names: dict[str, str] = {}
        for name in sorted(renamed):
            names[name] = _free_name(name, {*known, *new, *names.values()})
        if names:
            document["components"]["schemas"] = {names.get(name, name): schema for name, schema in new.items()}
            _rename(document, names)

    def _add_tags(self, document: dict[str, Any]) -> None:
        tags = self.document.get("tags", [])
        known = {_tag_name(tag) for tag in tags}
        more = [tag for tag in document.get("tags") or () if _tag_name(tag) not in known]
        if more:
            self.document["tags"] = [*tags, *more]


def _tag_name(tag: Any) -> str:
    return tag["name"] if isinstance(tag, dict) else str(tag)


def _free_name(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"


def _references(value: Any) -> Iterator[str]:
    """Yield the names of the schemas that a value refers to."""
    for holder, key in _places(value):
        yield holder[key].removeprefix(_PREFIX)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield where references to schemas stand."""
    pending = [value]
    while pending:
        current = pending.pop()
        if isinstance(current, dict):
            for key, item in current.items():
                if key == "$ref" and isinstance(item, str) and item.startswith(_PREFIX):
                    yield current, key
                elif key == "mapping" and isinstance(item, dict):
                    yield from ((item, name) for name, ref in item.items() if str(ref).startswith(_PREFIX))
                    pending.append(item)
                else:
                    pending.append(item)
        elif isinstance(current, list):
            pending.extend(current)


def _rename(document: dict[str, Any], names: dict[str, str]) -> None:
    for holder, key in list(_places(document)):
        name = holder[key].removeprefix(_PREFIX)
        if name in names:
            holder[key] = _PREFIX + names[name]
