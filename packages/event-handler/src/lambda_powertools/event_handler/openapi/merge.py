"""One document for the functions of a service."""

from __future__ import annotations

import copy
import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.event_handler.openapi._discovery import (
    DEFAULT_EXCLUDE,
    find_files,
    imports_app,
    makes_app,
    module_name,
)
from lambda_powertools.event_handler.openapi.config import OpenAPIConfig
from lambda_powertools.event_handler.openapi.exceptions import OpenAPIMergeError

if TYPE_CHECKING:
    from lambda_powertools.event_handler.openapi.models import OpenAPI

__all__ = ["OpenAPIMerge", "OpenAPIMergeError"]

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
        from lambda_powertools.event_handler.openapi._plain import plain_data

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
        from lambda_powertools.event_handler.openapi._document import head_of, tail_of
        from lambda_powertools.event_handler.openapi._merging import DocumentMerger
        from lambda_powertools.event_handler.openapi._plain import plain_data

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
        from lambda_powertools.event_handler.openapi._loading import load_document

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
