"""The methods of a logger that concern the keys of its records."""

from __future__ import annotations

from lambda_powertools.logger.formatter import LambdaPowertoolsFormatter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from typing import Any

    from lambda_powertools.logger._service import Service


class KeyMethods:
    """The methods of a `Logger` that concern the keys of its records; the service's formatter holds them."""

    _service: Service

    def append_keys(self, **additional_keys: object) -> None:
        """Add keys to every record from now on; during an invocation, to its records alone."""
        self._service.formatter.append_keys(**additional_keys)

    def remove_keys(self, keys: Iterable[str]) -> None:
        """Remove keys; unknown names do no harm."""
        self._service.formatter.remove_keys(keys)

    def get_current_keys(self) -> dict[str, Any]:
        """Return the keys that every record has, standard ones as format strings; a copy."""
        return self._service.formatter.get_current_keys()

    def append_context_keys(self, **additional_keys: Any) -> AbstractContextManager[None]:
        """Return a context manager inside which the records of this thread or task have these keys.

        Example:
            >>> from lambda_powertools.logger import Logger
            >>> logger = Logger(service="doctest-context")
            >>> with logger.append_context_keys(step="charge"):
            ...     logger.get_current_keys()["step"]
            'charge'
            >>> "step" in logger.get_current_keys()
            False
        """
        return self._service.formatter.append_context_keys(**additional_keys)

    def clear_state(self) -> None:
        """Return to the keys that the logger was constructed with."""
        self._service.clear_state()

    def thread_safe_append_keys(self, **additional_keys: object) -> None:
        """Add keys to the records of this thread or task."""
        self._service.formatter.thread_safe_append_keys(**additional_keys)

    def thread_safe_get_current_keys(self) -> dict[str, Any]:
        """Return the keys of this thread or task; a copy."""
        return self._service.formatter.thread_safe_get_current_keys()

    def thread_safe_remove_keys(self, keys: Iterable[str]) -> None:
        """Remove keys of this thread or task; unknown names do no harm."""
        self._service.formatter.thread_safe_remove_keys(keys)

    def thread_safe_clear_keys(self) -> None:
        """Remove all keys of this thread or task."""
        self._service.formatter.thread_safe_clear_keys()

    def structure_logs(
        self, append: bool = False, formatter_options: dict[str, Any] | None = None, **keys: object
    ) -> None:
        """Set the keys of every record: `append_keys` is the simpler way to add some.

        Args:
            append: add to the present keys instead of to those the logger was constructed with.
            formatter_options: options of a new `LambdaPowertoolsFormatter`.
            keys: the keys.
        """
        if append:
            self.append_keys(**keys)
            return
        if formatter_options:
            formatter = LambdaPowertoolsFormatter(**{**self._service.keys, **formatter_options})
            self._service.use_formatter(formatter)
        self.clear_state()
        self.append_keys(**keys)

    def set_correlation_id(self, value: str | None) -> None:
        """Set the key `correlation_id`; None removes it."""
        self.append_keys(correlation_id=value)

    def get_correlation_id(self) -> str | None:
        """Return the correlation id, None if there is none or the formatter is somebody else's."""
        formatter = self._service.formatter
        if isinstance(formatter, LambdaPowertoolsFormatter):
            return formatter.get_current_keys().get("correlation_id")
        return None
