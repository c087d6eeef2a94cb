"""The features of one invocation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lambda_powertools.feature_flags._explanation import Explanation
    from lambda_powertools.feature_flags.feature_flags import FeatureFlags
    from lambda_powertools.feature_flags.types import JSONType


class InvocationFlags:
    """What the plugin puts at `invocation.state["feature_flags"]`: the flags, with the invocation's own context.

    Attributes:
        flags: the `FeatureFlags`.
        context: what the rules look at in this invocation.
    """

    __slots__ = ("context", "flags")

    def __init__(self, flags: FeatureFlags, context: dict[str, Any]) -> None:
        self.flags = flags
        self.context = context

    def __repr__(self) -> str:
        return f"<InvocationFlags with {len(self.context)} keys of context>"  # whose values may be personal

    def evaluate(self, *, name: str, default: JSONType, context: dict[str, Any] | None = None) -> JSONType:
        """Return the value of a feature, as `FeatureFlags.evaluate`; `context` adds to the invocation's."""
        return self.flags.evaluate(name=name, default=default, context=self._with(context))

    def get_enabled_features(self, *, context: dict[str, Any] | None = None) -> list[str]:
        """Return the names of the features that are on, as `FeatureFlags.get_enabled_features`."""
        return self.flags.get_enabled_features(context=self._with(context))

    def explain(self, *, name: str, default: JSONType = None, context: dict[str, Any] | None = None) -> Explanation:
        """Return why a feature has the value that it has, as `FeatureFlags.explain`."""
        return self.flags.explain(name=name, default=default, context=self._with(context))

    def _with(self, context: dict[str, Any] | None) -> dict[str, Any]:
        return self.context if not context else {**self.context, **context}
