"""What every data class is: a read-only, typed view over a dictionary."""

from __future__ import annotations

import json
from collections.abc import Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, ClassVar
else:
    from lambda_powertools.core.static import Any

_loads = json.loads


class DictWrapper(Mapping[str, Any]):
    """A view over an event or a part of one: it keeps the dictionary, and looks a key up when an attribute is read.

    It is a `Mapping` of the raw keys as well. It is not JSON serialisable: give `raw_event` to `json.dumps`.

    Args:
        data: the raw event, neither copied nor looked into.
        json_deserializer: parses JSON texts inside the event, `json.loads` by default.

    Example:
        >>> from lambda_powertools.data_classes.common import DictWrapper
        >>> event = DictWrapper({"id": 7})
        >>> event["id"], event.get("name", "unknown"), len(event)
        (7, 'unknown', 1)
        >>> event.raw_event
        {'id': 7}
    """

    _sensitive_properties: ClassVar[list[str]] = []
    """Names of the properties that `str` masks."""

    def __init__(self, data: dict[str, Any], json_deserializer: Callable[[str], Any] | None = None) -> None:
        self._data = data
        self._json_deserializer: Callable[..., Any] = json_deserializer or _loads

    @property
    def raw_event(self) -> dict[str, Any]:
        """The dictionary itself, of the event or of the part of it that this is a view of."""
        return self._data

    def __getitem__(self, key: str) -> Any:
        return self._data[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __len__(self) -> int:
        return len(self._data)

    def __contains__(self, key: object) -> bool:
        return key in self._data

    def get(self, key: Any, default: Any = None) -> Any:
        """Return the value of a raw key, else the default."""
        return self._data.get(str(key), default)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DictWrapper) and bool(self._data == other._data)

    __hash__ = None  # type: ignore[assignment]  # it changes with the event

    def __str__(self) -> str:
        from lambda_powertools.data_classes._rendering import render

        return str(render(self))

    def __repr__(self) -> str:
        # Only the type: a repr ends up in tracebacks and reports of errors, and an event may be confidential.
        return f"<{type(self).__name__}>"
