"""Where a schema comes from: a JSON file, or a name in a Python module."""

from __future__ import annotations

import json
import keyword
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from lambda_powertools.cli.exceptions import CliError, CliUsageError

_NAMED = re.compile(r"^([A-Za-z]\w*)=(.+)$", re.DOTALL)


def read_schema(text: str) -> tuple[str, Any]:
    """Return the schema that an argument of the command names, after the name of its function.

    Raises:
        CliUsageError: there is no such file or name.
        CliError: the file holds no JSON, or the module cannot be imported.
    """
    named = _NAMED.match(text)
    place = named.group(2) if named else text
    module, separator, attribute = place.partition(":")
    if separator and not Path(place).exists() and all(part.isidentifier() for part in [*module.split("."), attribute]):
        name, found = attribute, _from_module(place, module, attribute)
    else:
        name, found = Path(place).stem, _from_file(place)
    return named.group(1) if named else _identifier(name), found


def _from_file(place: str) -> Any:
    try:
        return json.loads(Path(place).read_text(encoding="utf-8"))
    except OSError as error:
        raise CliUsageError(f"schema {place} cannot be read: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise CliError(f"schema {place} is no JSON: {error}") from None


def _from_module(place: str, module: str, attribute: str) -> Any:
    if "" not in sys.path:
        sys.path.insert(0, "")  # the current folder, as for a handler
    try:
        return getattr(import_module(module), attribute)
    except AttributeError:
        raise CliUsageError(f"schema {place}: module {module} has no {attribute}") from None
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        raise CliError(f"schema {place}: module {module} cannot be imported: {reason}") from error


def _identifier(name: str) -> str:
    """Return a name for a function: `order-v2.schema` becomes `order_v2`."""
    plain = re.sub(r"\W", "_", name.removesuffix(".schema")).strip("_").lower()
    return f"schema_{plain}" if not plain or plain[0].isdigit() or keyword.iskeyword(plain) else plain
