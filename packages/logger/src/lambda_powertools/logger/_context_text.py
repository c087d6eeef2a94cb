"""The JSON of the keys that the plugin adds to the lines of an invocation, most of which never change."""

from __future__ import annotations

from json import encoder as _json_encoder

from lambda_powertools.logger.lambda_context import INVOCATION_KEYS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

_escape: Callable[[str], str] = getattr(_json_encoder, "c_encode_basestring", None) or _json_encoder.encode_basestring

_COLD = {True: "true", False: "false"}


class ContextText:
    """Writes these keys, and remembers what the function is called."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: tuple[tuple[Any, ...], str] = ((), "")

    def of(self, keys: Mapping[str, Any]) -> str | None:
        """Return the JSON of the keys without the braces; None if they are others, or not of their usual types.

        Args:
            keys: those of `invocation_keys`, in their order.
        """
        if tuple(keys) != INVOCATION_KEYS:
            return None
        cold_start, name, size, arn, request_id = keys.values()
        if (
            not name.__class__ is arn.__class__ is request_id.__class__ is str
            or (size.__class__ is not str and size.__class__ is not int)
            or cold_start.__class__ is not bool
        ):
            return None
        function, text = self._known
        if function != (name, size, arn):
            size_text = _escape(size) if size.__class__ is str else str(size)
            text = (
                f'"function_name":{_escape(name)},"function_memory_size":{size_text},"function_arn":{_escape(arn)},'
                '"function_request_id":'
            )
            self._known = ((name, size, arn), text)
        return f'"cold_start":{_COLD[cold_start]},{text}{_escape(request_id)}'
