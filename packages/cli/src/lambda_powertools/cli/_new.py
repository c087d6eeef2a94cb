"""What `powertools new` writes: templates, filled, all of them or none."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import sys
import tempfile
import textwrap
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from lambda_powertools.cli.exceptions import CliError, CliUsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATES = Path(__file__).parent / "templates"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def new_plugin(name: str, directory: Path) -> Path:
    """Write a plugin's distribution and return its folder.

    Raises:
        CliUsageError: the name cannot be a plugin's, or the folder exists.
        CliError: it cannot be written.
    """
    from lambda_powertools.core import hookspecs

    module = _checked(name).replace("-", "_")
    _check_plugin_name(name, module)
    contracts = {
        f"{hook}_contract": _indented(inspect.getdoc(getattr(hookspecs, hook)) or "") for hook in hookspecs.HOOKS
    }
    return _write("plugin", name, directory, {**_values(name), **contracts})


def new_function(name: str, directory: Path) -> Path:
    """Write a function and return its folder.

    Raises:
        CliUsageError: the name is none, or the folder exists.
        CliError: it cannot be written.
    """
    import json

    from lambda_powertools.testing import events

    _checked(name)
    event = events.api_gateway_rest("GET", "/hello/Ada", resource="/hello/{guest}")
    values = {**_values(name), "event": json.dumps(event, indent=2)}
    return _write("function", name, directory, values)


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise CliUsageError(f"{name!r} is no name for it: give lower-case words joined by hyphens, such as audit-trail")
    return name


def _check_plugin_name(name: str, module: str) -> None:
    from lambda_powertools.core.discovery import find_plugins
    from lambda_powertools.core.validation import check_plugin_name

    problem = check_plugin_name(module)
    if problem is not None:
        raise CliUsageError(f"a plugin cannot be called {module!r}: {problem}")
    if module in sys.stdlib_module_names:
        raise CliUsageError(f"{name!r} would hide the module {module!r} of Python's library: give it another name")
    taken = next((plugin for plugin in find_plugins() if plugin.name == module), None)
    if taken is not None:
        raise CliUsageError(f"a plugin called {module!r} is installed already, by {taken.origin}: two are a conflict")


def _values(name: str) -> dict[str, str]:
    words = name.split("-")
    return {
        "name": name,
        "module": name.replace("-", "_"),
        "title": " ".join(words).capitalize(),
        "class_name": "".join(word.capitalize() for word in words),
    }


def _indented(text: str) -> str:
    return textwrap.indent(text, " " * 8).strip()


def _write(kind: str, name: str, directory: Path, values: Mapping[str, Any]) -> Path:
    """Fill the templates in a folder of their own, and give it its name when all is there."""
    target = directory / name
    if target.exists() or target.is_symlink():
        raise CliUsageError(f"{target} exists already: nothing was written")
    temporary: Path | None = None
    try:
        directory.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=directory))
        _fill(TEMPLATES / kind, temporary, values)
        temporary.chmod(0o777 & ~_umask())
        temporary.rename(target)
    except OSError as error:
        raise CliError(f"{target} cannot be written: {error.strerror or error}") from None
    finally:
        if temporary is not None and temporary.exists():
            shutil.rmtree(temporary, ignore_errors=True)
    return target


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _fill(source: Path, target: Path, values: Mapping[str, Any]) -> None:
    for template in sorted(source.rglob("*.tmpl")):
        relative = str(template.relative_to(source)).removesuffix(".tmpl")
        path = target / relative.replace("MODULE", values["module"]).replace("DOT", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(template.read_text(encoding="utf-8")).substitute(values), encoding="utf-8")
