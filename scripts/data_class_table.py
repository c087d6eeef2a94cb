"""Write the table of data classes into their README: `hatch run python scripts/data_class_table.py`.

What is between the two markers of packages/data-classes/README.md is made from the classes themselves;
tests/data_classes/test_readme_table.py fails when it is not current.
"""

from __future__ import annotations

import importlib
import sys
from functools import cached_property
from pathlib import Path
from typing import Any

import lambda_powertools.data_classes as package
from lambda_powertools.data_classes import DictWrapper

README = Path(__file__).parent.parent / "packages" / "data-classes" / "README.md"
BEGIN = "<!-- begin of the table that scripts/data_class_table.py writes -->"
END = "<!-- end of the table -->"


def exported() -> dict[str, list[str]]:
    """Return the exported names by module."""
    return {module: names.split() for module, names in package._MODULES.items()}  # noqa: SLF001  # the one table


def is_data_class(value: Any) -> bool:
    """Return whether a value is a class of events or of a part of one."""
    return isinstance(value, type) and DictWrapper in value.__mro__


def public_bases(kind: type[DictWrapper]) -> list[type]:
    """Return the nearest classes above one that users meet by their names."""
    above = [base for base in kind.__mro__[1:] if base is not DictWrapper and is_exported(base)]
    return [base for base in above if not any(base in other.__mro__[1:] for other in above)]


def own_properties(kind: type[DictWrapper]) -> list[str]:
    """Return the properties that a class has and its public bases have not, in the order of their definition."""
    inherited = {parent for base in [DictWrapper, *public_bases(kind)] for parent in base.__mro__}
    own: dict[str, Any] = {}
    for source in reversed(kind.__mro__):
        if source not in inherited:
            own.update(
                (name, value)
                for name, value in vars(source).items()
                if not name.startswith("_") and isinstance(value, (property, cached_property))
            )
    return [described(name, value) for name, value in own.items()]


def is_exported(kind: type) -> bool:
    """Return whether users meet a class by its name."""
    return getattr(package, kind.__name__, None) is kind


def described(name: str, value: Any) -> str:
    """Return a property as the table shows it."""
    getter = getattr(value, "fget", None)
    rule, kind = getattr(getter, "rule", ""), getattr(getter, "kind", None)
    text = f"`{name}`" + ("?" if rule.startswith("optional") else "")
    if is_data_class(kind):
        text += f" → {'list of ' if rule == 'wrapped_list' else 'iterator of ' if rule == 'wrapped_iter' else ''}"
        text += kind.__name__
    return f"{text} (rw)" if getattr(value, "fset", None) else text


def data_classes_of(module: str, names: list[str]) -> dict[str, type[DictWrapper]]:
    """Return the data classes of a module: those it exports, and one whose name another module's class has."""
    loaded = importlib.import_module(f"{package.__name__}.{module}")
    own = [name for name, value in vars(loaded).items() if getattr(value, "__module__", "") == loaded.__name__]
    found = {name: getattr(loaded, name) for name in sorted({*names, *own}) if not name.startswith("_")}
    return {name: kind for name, kind in found.items() if is_data_class(kind) and kind is not DictWrapper}


def rows() -> list[str]:
    """Return the lines of the table."""
    lines = ["| Module | Class | Properties |", "|---|---|---|"]
    for module, names in exported().items():
        for name, kind in data_classes_of(module, names).items():
            bases = [f"all of {base.__name__}" for base in public_bases(kind)]
            lines.append(f"| `{module}` | `{name}` | {', '.join([*bases, *own_properties(kind)])} |")
    return lines


def others() -> list[str]:
    """Return the lines that name what is exported and is no data class."""
    lines = ["| Module | Functions, response builders and other names |", "|---|---|"]
    for module, names in exported().items():
        loaded = importlib.import_module(f"{package.__name__}.{module}")
        found = [f"`{name}`" for name in names if not is_data_class(getattr(loaded, name))]
        if found:
            lines.append(f"| `{module}` | {', '.join(found)} |")
    return lines


def table() -> str:
    """Return what stands between the markers."""
    classes = rows()
    count = f"{len(classes) - 2} classes. `?`: None when the event has no such key. (rw): can be assigned."
    return "\n".join(["", count, "", *classes, "", *others(), ""])


def with_table(text: str) -> str:
    """Return the text of a README with the table in its place."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


if __name__ == "__main__":
    old = README.read_text(encoding="utf-8")
    new = with_table(old)
    README.write_text(new, encoding="utf-8")
    sys.exit(0 if new == old else print(f"wrote {README}"))
