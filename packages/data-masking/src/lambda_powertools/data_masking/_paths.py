"""Paths into nested data: compiled once, and applied by replacing what they match.

The paths are JSONPath expressions as jsonpath-ng reads them: https://www.rfc-editor.org/rfc/rfc9535.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lambda_powertools.data_masking.exceptions import DataMaskingError

if TYPE_CHECKING:
    from collections.abc import Callable


class Thawed(list[Any]):
    """A tuple that can be written to for a while."""

    def __init__(self, value: tuple[Any, ...]) -> None:
        super().__init__(value)
        self.make: Callable[[list[Any]], Any] = getattr(value, "_make", type(value))


def replace_matches(document: Any, path: str, replace: Callable[[Any], Any]) -> tuple[Any, bool]:
    """Replace every value that the path matches, in place.

    Returns:
        The document, another one if the path is its root, and whether anything matched.

    Raises:
        DataMaskingError: the path is wrong, or leads to values that are no part of the document.
    """
    expression, root = compile_path(path), document
    # All are found before the first is replaced. The outer ones come first: what they hold is masked with them, and
    # a match inside is then written to a part that has been left behind, so nothing is masked twice.
    try:
        matches = sorted(expression.find(document), key=_depth)
    except Exception as error:
        raise DataMaskingError(f"{path!r} cannot be applied to the data: {type(error).__name__}") from error
    for match in matches:
        if match.context is None and match.value is root:
            document = replace(root)
        else:
            _assign(match, replace(match.value), path)
    return document, bool(matches)


def compile_path(path: str) -> Any:
    """Return the compiled form of a path.

    Raises:
        DataMaskingError: it is no path.
    """
    try:
        return _compile(path)
    except Exception as error:
        raise DataMaskingError(
            f"{path!r} is no JSONPath expression; quote names that are no identifiers, as in totals.'2024'"
        ) from error


@lru_cache(maxsize=128)
def _compile(path: str) -> Any:
    from jsonpath_ng.ext.parser import parse  # loads a parser generator

    return parse(path)


def _depth(match: Any) -> int:
    depth = 0
    while match.context is not None:
        depth, match = depth + 1, match.context
    return depth


def _assign(match: Any, value: Any, path: str) -> None:
    parent, place = match.context and match.context.value, match.path
    keys = getattr(place, "fields", None) or getattr(place, "indices", None)
    key = keys[0] if keys else getattr(place, "index", None)  # releases before 1.7 have one index
    if not isinstance(parent, (dict, list)) or key is None:
        raise DataMaskingError(f"what {path!r} leads to is computed, and so cannot be replaced in the data")
    parent[key] = value


def thaw(value: Any, seen: dict[int, Any] | None = None) -> Any:
    """Return a copy whose dicts and lists are new and whose tuples can be written to, until `freeze`."""
    seen = {} if seen is None else seen
    if not isinstance(value, (dict, list, tuple)):
        return value
    if id(value) in seen:
        return seen[id(value)]
    copied: Any
    if isinstance(value, dict):
        copied = seen[id(value)] = {}
        copied.update((key, thaw(item, seen)) for key, item in value.items())
        return copied
    copied = seen[id(value)] = Thawed(value) if isinstance(value, tuple) else list(value)
    copied[:] = [thaw(item, seen) for item in value]
    return copied


def freeze(value: Any, path: tuple[int, ...] = ()) -> Any:
    """Turn what was a tuple into one again."""
    if not isinstance(value, (dict, list)) or id(value) in path:
        return value
    inner = (*path, id(value))
    if isinstance(value, dict):
        for key in value:
            value[key] = freeze(value[key], inner)
        return value
    value[:] = [freeze(item, inner) for item in value]
    return value.make(value) if isinstance(value, Thawed) else value
