"""The document of an app."""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from typing import TYPE_CHECKING, Any

from lambda_powertools.cli._handler_path import parse_handler_path
from lambda_powertools.cli.exceptions import CliError, CliUsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def document_of(path: str) -> str:
    """Return the document of `MODULE:APP`, as JSON text.

    Raises:
        CliUsageError: there is no such app.
        CliError: its document cannot be made.
    """
    where = parse_handler_path(path)
    _require_event_handler()
    with _quiet():
        value = _import(where.module)
        for name in where.attribute.split("."):
            if not hasattr(value, name):
                raise CliUsageError(f"module {where.module} has no {where.attribute}")
            value = getattr(value, name)
        if not hasattr(value, "get_openapi_json_schema"):
            raise CliUsageError(
                f"{path} is of type {type(value).__name__}, which has no OpenAPI document; name the app, an "
                "APIGatewayRestResolver for instance"
            )
        return _made(value.get_openapi_json_schema)


def merged_document(folder: Path, pattern: str, name: str, head: dict[str, Any]) -> str:
    """Return the document of all apps in a folder and below, as JSON text.

    Raises:
        CliUsageError: there are none.
        CliError: the document cannot be made.
    """
    _require_event_handler()
    with _quiet():
        merge = importlib.import_module("lambda_powertools.event_handler.openapi").OpenAPIMerge(**head)
        if not merge.discover(folder, pattern, resolver_name=name, recursive=True):
            raise CliUsageError(f"no file {pattern} below {folder} makes an app called {name}")
        return _made(merge.get_openapi_json_schema)


def _made(make: Any) -> str:
    from lambda_powertools.core.exceptions import PowertoolsError

    try:
        return str(make())
    except PowertoolsError as error:
        raise CliError(f"the document cannot be made: {error}") from error


def _require_event_handler() -> None:
    try:
        importlib.import_module("pydantic")
        importlib.import_module("lambda_powertools.event_handler")
    except ImportError as error:
        raise CliUsageError(
            "documents need the event handler and pydantic: pip install 'lambda-powertools-event-handler[openapi]'"
        ) from error


def _import(module: str) -> Any:
    sys.path.insert(0, os.getcwd())  # noqa: PTH109  # a text, as the other entries
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is not None and f"{module}.".startswith(f"{error.name}."):
            raise CliUsageError(f"there is no module {module} in the current folder or installed") from error
        raise CliError(f"importing {module} failed: {type(error).__name__}: {error}") from error
    except Exception as error:
        raise CliError(f"importing {module} failed: {type(error).__name__}: {error}") from error


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Send what modules print when they are imported to stderr: stdout is for the document."""
    with contextlib.redirect_stdout(sys.stderr):
        yield
