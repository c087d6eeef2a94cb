"""What every transformation has."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import IO, Any, Generic

from lambda_powertools.streaming.types import T


class BaseTransform(ABC, Generic[T]):
    r"""Makes one stream of another: subclass it and implement `transform`.

    Args:
        **transform_options: what the transformation is to be done with; kept in `transform_options`.

    Attributes:
        reads_whole_object: the transformation finds its way in the whole object, whatever the position was when it
            was applied. Without it, position 0 of its input is the position at which it was applied.

    Example:
        >>> import io
        >>> class UpperTransform(BaseTransform):
        ...     def transform(self, input_stream):
        ...         return (line.upper() for line in input_stream)
        >>> list(UpperTransform().transform(io.BytesIO(b"one\ntwo")))
        [b'ONE\n', b'TWO']
    """

    reads_whole_object = False

    def __init__(self, **transform_options: Any) -> None:
        self.transform_options = transform_options

    @abstractmethod
    def transform(self, input_stream: IO[bytes]) -> T:
        """Return what reads from the input.

        Args:
            input_stream: a readable, seekable stream of bytes. Closing it leaves the stream below open.
        """
