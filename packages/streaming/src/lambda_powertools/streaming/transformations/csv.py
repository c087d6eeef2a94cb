"""Rows of CSV."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from lambda_powertools.streaming.transformations.base import BaseTransform

if TYPE_CHECKING:
    import csv


class CsvTransform(BaseTransform["csv.DictReader[str]"]):
    r"""Reads [CSV](https://www.rfc-editor.org/rfc/rfc4180) as dicts, keyed by the first row.

    Args:
        encoding: of the bytes.
        newline: as in `open`; the csv module's own treatment of line breaks without.
        **transform_options: keywords of `csv.DictReader`, such as `delimiter`, `fieldnames` or `dialect`.

    Example:
        >>> import io
        >>> list(CsvTransform(delimiter=";").transform(io.BytesIO(b"id;name\n1;Ada\n")))
        [{'id': '1', 'name': 'Ada'}]
    """

    def __init__(self, *, encoding: str = "utf-8", newline: str | None = None, **transform_options: Any) -> None:
        super().__init__(encoding=encoding, newline=newline, **transform_options)

    def transform(self, input_stream: IO[bytes]) -> csv.DictReader[str]:
        """Return the reader; it reads ahead of the row it gives by some kilobytes."""
        import csv
        import io

        options = dict(self.transform_options)
        encoding, newline = options.pop("encoding"), options.pop("newline")
        text = io.TextIOWrapper(input_stream, encoding=encoding, newline="" if newline is None else newline)
        return csv.DictReader(text, **options)
