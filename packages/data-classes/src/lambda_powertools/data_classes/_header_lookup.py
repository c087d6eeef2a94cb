"""The old way of looking up a header, from when headers were a plain dictionary."""

from __future__ import annotations

from lambda_powertools.data_classes._wrapper import DictWrapper
from lambda_powertools.data_classes.shared_functions import get_header_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar


class HeaderLookup(DictWrapper):
    """An event with headers."""

    _headers_property: ClassVar[str] = "headers"
    """Name of the property that has them."""

    def get_header_value(self, name: str, default_value: str | None = None, case_sensitive: bool = False) -> str | None:
        """Return the value of a header, else the default. Deprecated: use `event.headers.get(name)`."""
        headers: Any = getattr(self, self._headers_property)
        value: str | None = get_header_value(headers, name, default_value, case_sensitive)
        return value
