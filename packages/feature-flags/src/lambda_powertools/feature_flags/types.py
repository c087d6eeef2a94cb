"""Types of what a feature may be."""

from __future__ import annotations

from typing import Any, Union

JSONType = Union[str, int, float, bool, None, dict[str, Any], list[Any]]  # noqa: UP007  # an alias, read at run time
"""A JSON value."""
