"""Evaluates features."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.feature_flags._compiler import MISSING, SCALARS, Compiled, compare, copied
from lambda_powertools.feature_flags._errors import ConfigurationStoreError
from lambda_powertools.feature_flags._failed_comparisons import FailedComparisons
from lambda_powertools.feature_flags._logging import LoggerLike, logger_or_default

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from lambda_powertools.feature_flags._compiler import Condition, Feature, Rule
    from lambda_powertools.feature_flags._explanation import ConditionExplanation, Explanation, RuleExplanation
    from lambda_powertools.feature_flags.base import StoreProvider
    from lambda_powertools.feature_flags.types import JSONType

    HandlerT = TypeVar("HandlerT", bound=Callable[[Exception], Any])


class FeatureFlags:
    """Decides which features are on, by the rules of a configuration.

    The configuration is validated and compiled when it changes. Once it has been read, an outage of the store changes
    no feature: the last good configuration serves, the logger is told once an outage, and `last_good_served` counts.

    Args:
        store: where the configuration comes from.
        logger: told of outages, and of what is evaluated on debug level. Without one, outages go to stderr.
        serve_last_good: whether the last good configuration serves in an outage; without, the given defaults do.

    Attributes:
        store: the store.
        logger: the logger.
        last_good_served: how often the last good configuration has served.

    Example:
        >>> from lambda_powertools.feature_flags import FeatureFlags
        >>> from lambda_powertools.feature_flags.stores import InMemoryStore
        >>> rule = {"when_match": True, "conditions": [{"action": "EQUALS", "key": "tier", "value": "premium"}]}
        >>> flags = FeatureFlags(InMemoryStore({"new_layout": {"default": False, "rules": {"premium": rule}}}))
        >>> flags.evaluate(name="new_layout", context={"tier": "premium"}, default=False)
        True
        >>> flags.get_enabled_features(context={"tier": "standard"})
        []
    """

    def __init__(self, store: StoreProvider, logger: LoggerLike | None = None, *, serve_last_good: bool = True) -> None:
        self.store = store
        self.logger = logger_or_default(logger)
        self.serve_last_good = serve_last_good
        self.last_good_served = 0
        self._reports = logger is None
        self._is_down = False
        self._compiled: Compiled | None = None
        self._failed = FailedComparisons(self.logger)

    def evaluate(self, *, name: str, context: dict[str, Any] | None = None, default: JSONType) -> JSONType:
        """Return the value of a feature.

        Args:
            name: its name.
            context: what its rules look at.
            default: the value of a feature that is unknown, or when the configuration cannot be read.

        Returns:
            The value of the first rule that matches, else the feature's own default; a copy of what is no scalar.

        Raises:
            StoreClientError: the store refuses access.
            SchemaValidationError: the configuration breaks a rule of the schema.
        """
        try:
            compiled = self._read()
        except ConfigurationStoreError as error:
            self.logger.debug("Feature %s has the given default: %s", name, error)
            return default
        feature = compiled.features.get(name)
        if feature is None:
            self.logger.debug("Feature %s is unknown: it has the given default", name)
            return default
        value: JSONType = self._value(feature, context or {})
        if type(value) in SCALARS:
            return value
        copy: JSONType = copied(value)
        return copy

    def get_enabled_features(self, *, context: dict[str, Any] | None = None) -> list[str]:
        """Return the names of the features that are on, in the order of the configuration.

        A feature that is not one of true and false is on unless its value is empty.

        Args:
            context: what the rules look at.

        Raises:
            StoreClientError: the store refuses access.
            SchemaValidationError: the configuration breaks a rule of the schema.
        """
        try:
            compiled = self._read()
        except ConfigurationStoreError as error:
            self.logger.debug("No feature is known: %s", error)
            return []
        given = context or {}
        return [name for name, feature in compiled.features.items() if self._value(feature, given)]

    def get_configuration(self) -> dict[str, Any]:
        """Return the features by name, validated.

        Raises:
            ConfigurationStoreError: it cannot be read, and never could.
            StoreClientError: the store refuses access.
            SchemaValidationError: it breaks a rule of the schema.
        """
        return self._read().source

    def explain(self, *, name: str, context: dict[str, Any] | None = None, default: JSONType = None) -> Explanation:
        """Return why a feature has the value that it has: which rule, which condition, and why not the others.

        Args:
            name: its name.
            context: what its rules look at.
            default: as for `evaluate`.

        Raises:
            StoreClientError: the store refuses access.
            SchemaValidationError: the configuration breaks a rule of the schema.

        Example:
            >>> from lambda_powertools.feature_flags.stores import InMemoryStore
            >>> rule = {"when_match": True, "conditions": [{"action": "EQUALS", "key": "tier", "value": "premium"}]}
            >>> flags = FeatureFlags(InMemoryStore({"new_layout": {"default": False, "rules": {"premium": rule}}}))
            >>> print(flags.explain(name="new_layout", context={}))
            new_layout: feature default
              rule 'premium': does not match
                tier EQUALS: the context has no 'tier'
        """
        from lambda_powertools.feature_flags._explanation import Explanation

        try:
            compiled = self._read()
        except ConfigurationStoreError:
            return Explanation(feature=name, value=default, reason="store unavailable")
        feature = compiled.features.get(name)
        if feature is None:
            return Explanation(feature=name, value=default, reason="unknown feature", last_good=self._is_down)
        value, reason, rules = feature.default, "feature default", []
        for rule in feature.rules:
            rules.append(self._explain_rule(feature, rule, context or {}, skip=reason == "rule"))
            if rules[-1].matched:
                value, reason = rule.value, "rule"
        return Explanation(feature=name, value=copied(value), reason=reason, rules=rules, last_good=self._is_down)

    def validation_exception_handler(
        self, exc_class: type[Exception] | list[type[Exception]]
    ) -> Callable[[HandlerT], HandlerT]:
        """Let a function decide about comparisons that raise certain exceptions: its result is the condition's.

        It is called with the exception. If the key is not in the context its result is ignored: the condition does not
        match. What it raises leaves `evaluate`.

        Args:
            exc_class: the exceptions, with their subclasses; the closest class wins.

        Example:
            >>> from lambda_powertools.feature_flags.stores import InMemoryStore
            >>> flags = FeatureFlags(InMemoryStore({"a": {"default": True}}))
            >>> @flags.validation_exception_handler(ValueError)
            ... def refuse(error):
            ...     raise RuntimeError("the context is wrong") from error
        """

        def register(function: HandlerT) -> HandlerT:
            for kind in exc_class if isinstance(exc_class, (list, tuple)) else [exc_class]:
                self._failed.handlers[kind] = function
            return function

        return register

    def _value(self, feature: Feature, context: dict[str, Any]) -> Any:
        # The loops over rules and conditions in one function: calls would take longer than what they do.
        get = context.get
        for steps, value, rule in feature.steps:
            for key, test, needs_context, condition in steps:
                given = get(key, MISSING) if needs_context else None
                try:
                    if given is MISSING or not test(given):
                        break
                except Exception as error:  # noqa: BLE001  # values that cannot be compared do not match
                    if not self._failed.decide(error, condition, feature.name, rule.name):
                        break
            else:
                return value
            if given is MISSING and self._failed.handlers:
                self._failed.consult_about_absence(condition)
        return feature.default

    def _explain_rule(self, feature: Feature, rule: Rule, context: dict[str, Any], *, skip: bool) -> RuleExplanation:
        from lambda_powertools.feature_flags._explanation import ConditionExplanation, RuleExplanation

        conditions: list[ConditionExplanation] = []
        matched: bool | None = None if skip else True
        for one in rule.conditions:
            outcome, why = self._explain_condition(feature, rule, one, context) if matched else (None, "not looked at")
            matched = outcome if matched else matched
            conditions.append(
                ConditionExplanation(key=one.key, action=one.action, value=copied(one.value), matched=outcome, why=why)
            )
        return RuleExplanation(name=rule.name, matched=matched, conditions=conditions)

    def _explain_condition(
        self, feature: Feature, rule: Rule, condition: Condition, context: dict[str, Any]
    ) -> tuple[bool, str]:
        given = context.get(condition.key, MISSING) if condition.needs_context else None
        if given is MISSING:
            self._failed.consult_about_absence(condition)
            return False, f"the context has no {condition.key!r}"
        try:
            matched = bool(condition.test(given))
        except Exception as error:  # noqa: BLE001  # values that cannot be compared do not match
            matched = self._failed.decide(error, condition, feature.name, rule.name)
            return matched, f"the comparison fails with {type(error).__name__}{', the handler says yes' * matched}"
        return matched, "yes" if matched else "no"

    def _match_by_action(  # called by users, in this order
        self,
        action: str,
        condition_value: Any,
        context_value: Any,
        context_key_present: bool = True,
        *,
        feature_name: str | None = None,
        rule_name: str | None = None,
        context_key: str | None = None,
    ) -> bool:
        try:
            result = compare(action, context_value, condition_value)
        except Exception as error:  # noqa: BLE001  # values that cannot be compared do not match
            if not context_key_present:
                self._failed.call_handler(error)
                return False
            return self._failed.judge(error, action, context_key, feature_name, rule_name)
        return bool(result) and context_key_present

    def _read(self) -> Compiled:
        compiled = self._compiled
        try:
            configuration = self.store.get_configuration()
        except ConfigurationStoreError as error:
            if compiled is None or not self.serve_last_good:
                raise
            return self._serve_last_good(compiled, error)
        if self._is_down:
            self._is_down = False
            self.logger.debug("The configuration of feature flags can be read again")
        if compiled is not None and compiled.source is configuration:
            return compiled
        return self._accept(configuration, compiled)

    def _accept(self, configuration: Any, before: Compiled | None) -> Compiled:
        if before is not None and type(configuration) is dict and repr(configuration) == before.fingerprint:
            before.source = configuration  # read anew, but no other
            return before
        from lambda_powertools.feature_flags.schema import SchemaValidator

        SchemaValidator(configuration, self.logger).validate()
        compiled = Compiled(configuration)
        self._compiled = compiled  # in one step: a thread beside this one sees the earlier or the later, never a part
        return compiled

    def _serve_last_good(self, compiled: Compiled, error: ConfigurationStoreError) -> Compiled:
        self.last_good_served += 1
        if not self._is_down:
            self._is_down = True
            message = "The configuration of feature flags cannot be read: the last good one serves"
            if self._reports:
                from lambda_powertools.core.package_logger import report_failure

                report_failure(message, error)
            else:
                self.logger.warning("%s: %s", message, error)
        return compiled
