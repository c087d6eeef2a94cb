"""Values of JSON lines."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from lambda_powertools.streaming.transformations.base import BaseTransform

if TYPE_CHECKING:
    from collections.abc import Iterable


class JsonLines:
    """The values of a stream of [JSON lines](https://jsonlines.org/), read one at a time; blank lines are passed over.

    Args:
        lines: the lines.
        **options: keywords of `json.loads`.

    Attributes:
        line_num: the number of lines read so far.
    """

    def __init__(self, lines: Iterable[bytes], **options: Any) -> None:
        from json import loads

        self._lines = iter(lines)
        self._loads = loads
        self._options = options
        self.line_num = 0

    def __iter__(self) -> JsonLines:
        return self

    def __next__(self) -> Any:
        for line in self._lines:
            self.line_num += 1
            if line.isspace():
                continue
            try:
                return self._loads(line.decode("utf-8"), **self._options)
            except ValueError as error:
                raise self._located(error) from error
        raise StopIteration

    def _located(self, error: ValueError) -> ValueError:
        from json import JSONDecodeError

        if isinstance(error, JSONDecodeError):
            return JSONDecodeError(f"JSON line {self.line_num}: {error.msg}", error.doc, error.pos)
        return ValueError(f"JSON line {self.line_num}: {error}")


class JsonlTransform(BaseTransform[JsonLines]):
    r"""Reads [JSON lines](https://jsonlines.org/): one JSON value a line, in UTF-8.

    Args:
        **transform_options: keywords of `json.loads`, such as `parse_float`.

    Example:
        >>> import io
        >>> list(JsonlTransform().transform(io.BytesIO(b'{"id": 1}\n\n[2]\n')))
        [{'id': 1}, [2]]
    """

    def transform(self, input_stream: IO[bytes]) -> JsonLines:
        """Return the values; a line that is no JSON is a `json.JSONDecodeError` that names the line's number."""
        return JsonLines(input_stream, **self.transform_options)
