"""What all streams of this package refuse, and how they are closed by `with`."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, NoReturn, TypeVar

from lambda_powertools.streaming.constants import MESSAGE_NO_FILE_DESCRIPTOR, MESSAGE_STREAM_NOT_WRITABLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

Self = TypeVar("Self", bound="ReadOnlyStream")


class ReadOnlyStream(IO[bytes]):
    """A stream of bytes that is read, and is no file of the operating system."""

    @property
    def mode(self) -> str:
        """Always `rb`."""
        return "rb"

    def isatty(self) -> bool:
        """Return False."""
        return False

    def __enter__(self: Self) -> Self:  # noqa: PYI019  # typing.Self is not in Python 3.10
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def fileno(self) -> NoReturn:
        """Raise NotImplementedError: there is no file descriptor."""
        raise NotImplementedError(MESSAGE_NO_FILE_DESCRIPTOR)

    def flush(self) -> NoReturn:
        """Raise NotImplementedError: it cannot be written to."""
        raise NotImplementedError(MESSAGE_STREAM_NOT_WRITABLE)

    def truncate(self, size: int | None = None, /) -> NoReturn:
        """Raise NotImplementedError: it cannot be written to."""
        raise NotImplementedError(MESSAGE_STREAM_NOT_WRITABLE)

    def write(self, data: Any, /) -> NoReturn:
        """Raise NotImplementedError: it cannot be written to."""
        raise NotImplementedError(MESSAGE_STREAM_NOT_WRITABLE)

    def writelines(self, lines: Iterable[Any], /) -> NoReturn:
        """Raise NotImplementedError: it cannot be written to."""
        raise NotImplementedError(MESSAGE_STREAM_NOT_WRITABLE)
