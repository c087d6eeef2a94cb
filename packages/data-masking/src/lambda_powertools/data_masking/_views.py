"""What others see of an event or a response: the masked copy that the plugins put in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.data_masking._fields import erase_fields
from lambda_powertools.data_masking._paths import compile_path, freeze, thaw
from lambda_powertools.data_masking._plain import to_plain
from lambda_powertools.data_masking._rules import apply_rules, check_rules
from lambda_powertools.data_masking.constants import DATA_MASKING_STRING
from lambda_powertools.data_masking.exceptions import DataMaskingError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lambda_powertools.core import Invocation
    from lambda_powertools.data_masking.provider.base import BaseProvider


class MaskedView:
    """Makes masked copies by the same fields and rules; all paths are compiled when it is made.

    Unlike `DataMasking.erase` with fields, nothing goes through JSON: what is not masked stays what it is.

    Raises:
        DataMaskingError: a path or a rule is wrong.
    """

    def __init__(
        self,
        fields: Sequence[str],
        rules: Mapping[str, Mapping[str, Any]],
        provider: BaseProvider,
        *,
        raise_on_missing: bool | None,
    ) -> None:
        self._fields = fields
        self._rules = rules
        self._provider = provider
        self._raise_on_missing = raise_on_missing
        check_rules(rules)
        for path in (*fields, *rules):
            compile_path(path)

    def of(self, value: Any) -> Any:
        """Return the masked copy; a value that is no dict, list or model has no fields, and comes back itself."""
        plain = to_plain(value)
        if not isinstance(plain, (dict, list, tuple)):
            return value
        if self._fields:
            document = erase_fields(
                thaw(plain), self._fields, self._provider, {}, raise_on_missing=self._raise_on_missing
            )
            plain = freeze(document)
        if self._rules and isinstance(plain, (dict, list, tuple)):
            plain = apply_rules(plain, self._rules, self._provider, raise_on_missing=self._raise_on_missing)
        return plain

    def swap(self, event: Any) -> EventSwap:
        """Return the event with its masked copy; an event that cannot be masked is hidden as a whole."""
        try:
            return EventSwap(event, self.of(event))
        except Exception as error:  # noqa: BLE001  # neither may it show, nor stop the handler
            import warnings

            from lambda_powertools.core.warnings import PowertoolsUserWarning

            message = f"the event could not be masked ({type(error).__name__}), and is hidden from the logs as a whole"
            warnings.warn(message, PowertoolsUserWarning, stacklevel=2)
            return EventSwap(event, DATA_MASKING_STRING)


class EventSwap:
    """The event of one invocation and its masked copy, one of which stands in the other's place."""

    __slots__ = ("_inner", "masked", "original")

    def __init__(self, original: Any, masked: Any) -> None:
        self.original = original
        self.masked = masked
        self._inner: Any = original

    def show_masked(self, invocation: Invocation) -> None:
        """Put the copy in the event's place."""
        self._inner = invocation.event
        invocation.event = self.masked

    def show_original(self, invocation: Invocation) -> None:
        """Put the event back.

        Raises:
            DataMaskingError: a plugin in between has replaced the event, and so given the handler a masked one.
        """
        if invocation.event is not self.masked:
            raise DataMaskingError(
                "a plugin with an order between 5 and 205 has replaced the event, of which it had a masked copy: "
                "give it an order above 205, or leave out event_in_logs"
            )
        invocation.event = self._inner
