"""The functions that expressions have besides those of JMESPath."""

from __future__ import annotations

from jmespath.functions import Functions, signature

MAX_DECOMPRESSED_BYTES: int | None = None
"""The most that `powertools_base64_gzip` inflates, None for no limit: a few kilobytes of gzip can hold gigabytes."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    F = TypeVar("F", bound="Callable[..., Any]")


_STRING: Callable[[F], F] = signature({"types": ["string"]})


class PowertoolsFunctions(Functions):
    """Decode JSON, base64, and base64 of gzip inside an expression.

    Subclass it to add functions: a method `_func_<name>`, decorated with `jmespath.functions.signature`.

    Example:
        >>> from jmespath.functions import signature
        >>> from lambda_powertools.jmespath import PowertoolsFunctions, query
        >>> class Functions(PowertoolsFunctions):
        ...     @signature({"types": ["string"]})
        ...     def _func_upper(self, text):
        ...         return text.upper()
        >>> query({"body": '{"id": "a1"}'}, "powertools_json(body).upper(id)", {"custom_functions": Functions()})
        'A1'
    """

    @_STRING
    def _func_powertools_json(self, value: str) -> Any:
        import json

        return json.loads(value)

    @_STRING
    def _func_powertools_base64(self, value: str) -> str:
        return _text(_from_base64(value))

    @_STRING
    def _func_powertools_base64_gzip(self, value: str) -> str:
        return _text(_inflate(_from_base64(value)))


class _NotTextError(UnicodeDecodeError):
    """Decoded bytes are not UTF-8. Tells a failure of the functions here from one of somebody else's."""


def _from_base64(value: str) -> bytes:
    import base64

    return base64.b64decode(value)


def _inflate(data: bytes) -> bytes:
    import gzip

    if MAX_DECOMPRESSED_BYTES is None:
        return gzip.decompress(data)
    import io

    with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
        inflated = file.read(MAX_DECOMPRESSED_BYTES + 1)
    if len(inflated) > MAX_DECOMPRESSED_BYTES:
        raise gzip.BadGzipFile(f"the data inflates to more than MAX_DECOMPRESSED_BYTES = {MAX_DECOMPRESSED_BYTES}")
    return inflated


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _NotTextError(*error.args) from None
