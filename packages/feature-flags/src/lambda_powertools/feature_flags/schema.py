"""The schema of the configuration, and what checks it.

A configuration is an object of features:

    {"premium_layout": {
        "default": false,
        "rules": {
            "european customers": {
                "when_match": true,
                "conditions": [{"action": "IN", "key": "country", "value": ["NL", "DE"]}]}}}}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.feature_flags._conditions import ConditionsValidator
from lambda_powertools.feature_flags._errors import FeatureFlagsSchemaError
from lambda_powertools.feature_flags._logging import LoggerLike, logger_or_default
from lambda_powertools.feature_flags.base import BaseValidator
from lambda_powertools.feature_flags.constants import (
    CONDITION_ACTION,
    CONDITION_KEY,
    CONDITION_VALUE,
    CONDITIONS_KEY,
    FEATURE_DEFAULT_VAL_KEY,
    FEATURE_DEFAULT_VAL_TYPE_KEY,
    HOUR_MIN_SEPARATOR,
    RULE_MATCH_VALUE,
    RULES_KEY,
    TIME_RANGE_FORMAT,
    TIME_RANGE_PATTERN,
    ModuloRangeValues,
    RuleAction,
    TimeKeys,
    TimeValues,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHOWN = 200


class SchemaValidator(BaseValidator):
    """Checks a whole configuration.

    Args:
        schema: the configuration.
        logger: for debug output, a silent one by default.

    Example:
        >>> from lambda_powertools.feature_flags.exceptions import SchemaValidationError
        >>> try:
        ...     SchemaValidator({"dark_mode": {"default": "yes"}}).validate()
        ... except SchemaValidationError as error:
        ...     print(error)
        'default' must be true or false, feature=dark_mode
    """

    def __init__(self, schema: dict[str, Any], logger: LoggerLike | None = None) -> None:
        self.schema = schema
        self.logger = logger_or_default(logger)

    def validate(self) -> None:
        """Check it, and warn if there is nothing in it.

        Raises:
            SchemaValidationError: it breaks a rule of the schema; the message says where.
        """
        self.logger.debug("Validating the configuration of feature flags")
        if not isinstance(self.schema, dict):
            raise FeatureFlagsSchemaError(f"Features must be a dictionary, schema={_shown(self.schema)}")
        if not self.schema:
            _warn("The configuration of feature flags is empty: there is nothing to validate, and no feature is known")
        FeaturesValidator(self.schema, self.logger).validate()


class FeaturesValidator(BaseValidator):
    """Checks the features of a configuration.

    Args:
        schema: the features by name.
        logger: for debug output.
    """

    def __init__(self, schema: dict[str, Any], logger: LoggerLike | None = None) -> None:
        self.schema = schema
        self.logger = logger_or_default(logger)

    def validate(self) -> None:
        """Check them.

        Raises:
            SchemaValidationError: one breaks a rule of the schema.
        """
        for name, feature in self.schema.items():
            self.logger.debug("Validating feature %s", name)
            is_boolean = self.validate_feature(name, feature)
            RulesValidator(feature, is_boolean, self.logger, name).validate()

    @staticmethod
    def validate_feature(name: str, feature: Any) -> bool:
        """Check a feature, without its rules; return whether it is one of true and false.

        Raises:
            SchemaValidationError: it breaks a rule of the schema.
        """
        if not isinstance(feature, dict) or not feature:
            raise FeatureFlagsSchemaError("A feature must be a non-empty dictionary", feature=name)
        default = feature.get(FEATURE_DEFAULT_VAL_KEY)
        is_boolean = feature.get(FEATURE_DEFAULT_VAL_TYPE_KEY, True)
        if not isinstance(is_boolean, bool):
            raise FeatureFlagsSchemaError(f"{FEATURE_DEFAULT_VAL_TYPE_KEY!r} must be true or false", feature=name)
        if default is None:
            raise FeatureFlagsSchemaError(f"{FEATURE_DEFAULT_VAL_KEY!r} is missing", feature=name)
        if is_boolean and not isinstance(default, bool):
            raise FeatureFlagsSchemaError(f"{FEATURE_DEFAULT_VAL_KEY!r} must be true or false", feature=name)
        return is_boolean


class RulesValidator(BaseValidator):
    """Checks the rules of a feature.

    Args:
        feature: the feature.
        boolean_feature: whether it is one of true and false.
        logger: for debug output.
        feature_name: its name, for messages.
    """

    def __init__(
        self,
        feature: dict[str, Any],
        boolean_feature: bool,
        logger: LoggerLike | None = None,
        feature_name: str | None = None,
    ) -> None:
        self.feature = feature
        self.boolean_feature = boolean_feature
        self.logger = logger_or_default(logger)
        self.feature_name = feature_name
        self.rules: Any = feature.get(RULES_KEY)

    def validate(self) -> None:
        """Check them, and warn if there are none where there should be some.

        Raises:
            SchemaValidationError: one breaks a rule of the schema.
        """
        if not self.rules:
            self._warn_of_none()
            return
        if not isinstance(self.rules, dict):
            raise FeatureFlagsSchemaError(f"{RULES_KEY!r} must be a dictionary", feature=self.feature_name)
        for rule_name, rule in self.rules.items():
            self._validate_one(rule_name, rule)

    def _validate_one(self, rule_name: str, rule: Any) -> None:
        try:
            self.validate_rule(rule, rule_name, self.feature_name or "", self.boolean_feature)
            ConditionsValidator(rule, rule_name, self.logger).validate()
        except FeatureFlagsSchemaError as error:
            error.feature = self.feature_name
            raise

    @staticmethod
    def validate_rule(rule: Any, rule_name: str, feature_name: str, boolean_feature: bool = True) -> None:
        """Check a rule, without its conditions.

        Raises:
            SchemaValidationError: it breaks a rule of the schema.
        """
        if not isinstance(rule, dict) or not rule:
            raise FeatureFlagsSchemaError(
                "A rule must be a non-empty dictionary", feature=feature_name, rule=rule_name or None
            )
        RulesValidator.validate_rule_name(rule_name, feature_name)
        RulesValidator.validate_rule_default_value(rule, rule_name, boolean_feature)

    @staticmethod
    def validate_rule_name(rule_name: Any, feature_name: str) -> None:
        """Check the name of a rule.

        Raises:
            SchemaValidationError: it is empty or no text.
        """
        if not rule_name or not isinstance(rule_name, str):
            raise FeatureFlagsSchemaError("The name of a rule must be a non-empty string", feature=feature_name)

    @staticmethod
    def validate_rule_default_value(rule: Mapping[str, Any], rule_name: str, boolean_feature: bool) -> None:
        """Check what a rule gives when it matches.

        Raises:
            SchemaValidationError: it is neither true nor false, though the feature is one of them.
        """
        if boolean_feature and not isinstance(rule.get(RULE_MATCH_VALUE), bool):
            raise FeatureFlagsSchemaError(f"{RULE_MATCH_VALUE!r} must be true or false", rule=rule_name)

    def _warn_of_none(self) -> None:
        if RULES_KEY not in self.feature:
            return
        odd = self.rules is not None and not isinstance(self.rules, dict)
        kind = f" and no dictionary but a {type(self.rules).__name__}" if odd else ""
        _warn(f"{RULES_KEY!r} of a feature is empty{kind}: its default serves, feature={self.feature_name}")


def _shown(schema: Any) -> str:
    text = repr(schema)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _warn(message: str) -> None:
    import warnings

    from lambda_powertools.core.warnings import PowertoolsUserWarning

    warnings.warn(message, PowertoolsUserWarning, stacklevel=2)


__all__ = [
    "CONDITIONS_KEY",
    "CONDITION_ACTION",
    "CONDITION_KEY",
    "CONDITION_VALUE",
    "FEATURE_DEFAULT_VAL_KEY",
    "FEATURE_DEFAULT_VAL_TYPE_KEY",
    "HOUR_MIN_SEPARATOR",
    "RULES_KEY",
    "RULE_MATCH_VALUE",
    "TIME_RANGE_FORMAT",
    "TIME_RANGE_PATTERN",
    "BaseValidator",
    "ConditionsValidator",
    "FeaturesValidator",
    "ModuloRangeValues",
    "RuleAction",
    "RulesValidator",
    "SchemaValidator",
    "TimeKeys",
    "TimeValues",
]
