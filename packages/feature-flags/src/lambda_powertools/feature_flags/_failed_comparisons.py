"""What becomes of a comparison that raises: the user's handlers decide, else it does not match, with a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from lambda_powertools.feature_flags._compiler import Condition

_NOT_HANDLED: Any = object()


class FailedComparisons:
    """Judges comparisons that raised.

    Attributes:
        handlers: the functions that decide, by the class of the exception.
    """

    def __init__(self, logger: Any) -> None:
        self.logger = logger
        self.handlers: dict[type[BaseException], Callable[[Exception], Any]] = {}

    def decide(self, error: Exception, condition: Condition, feature: str, rule: str) -> bool:
        """Return whether a condition matches whose comparison raised."""
        return self.judge(error, condition.action, condition.key, feature, rule)

    def judge(self, error: Exception, action: str, key: str | None, feature: str | None, rule: str | None) -> bool:
        """Return whether it matches: what the handler says, else no."""
        result = self.call_handler(error)
        if result is not _NOT_HANDLED:
            return bool(result)
        kind = type(error).__name__  # never its text: that may quote a value of the context
        self.logger.debug(
            "The comparison of feature %s, rule %s, key %s, action %s fails with %s", feature, rule, key, action, kind
        )
        _warn(
            f"A condition does not match as its comparison fails with {kind}: feature={feature}, rule={rule}, "
            f"key={key}, action={action}"
        )
        return False

    def consult_about_absence(self, condition: Condition) -> None:
        """Let a handler raise because of a key that is not in the context; the condition does not match in any case."""
        if not self.handlers:
            return
        try:
            condition.test(None)
        except Exception as error:  # noqa: BLE001  # for the handler
            self.call_handler(error)

    def call_handler(self, error: Exception) -> Any:
        """Call the handler of the class that is closest to the exception's; what it raises goes out."""
        for kind in type(error).__mro__:
            handler = self.handlers.get(kind)
            if handler is not None:
                return handler(error)
        return _NOT_HANDLED


def _warn(message: str) -> None:
    import warnings

    from lambda_powertools.core.warnings import PowertoolsUserWarning

    try:
        warnings.warn(message, PowertoolsUserWarning, stacklevel=6)
    except PowertoolsUserWarning:
        return  # where warnings are errors, the outcome is the same
