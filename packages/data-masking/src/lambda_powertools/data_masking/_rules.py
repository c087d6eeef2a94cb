"""Rules: a mask of its own for each path."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from lambda_powertools.data_masking._masks import MASK_OPTIONS, given_options
from lambda_powertools.data_masking._missing import report_missing
from lambda_powertools.data_masking._paths import freeze, replace_matches, thaw
from lambda_powertools.data_masking.exceptions import DataMaskingError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_powertools.data_masking.provider.base import BaseProvider


def apply_rules(
    data: Any, rules: Mapping[str, Mapping[str, Any]], provider: BaseProvider, *, raise_on_missing: bool | None
) -> Any:
    """Return a copy of the data in which what each path matches is masked by the options of its rule.

    Raises:
        DataMaskingError: a path or an option is wrong, or masking failed.
        DataMaskingFieldNotFoundError: a path matches nothing, and that is to be raised.
    """
    checked = check_rules(rules)
    document = thaw(data)
    for path, options in checked.items():
        try:
            document, is_found = replace_matches(document, path, partial(_erase, options=options, provider=provider))
        except DataMaskingError:
            raise
        except Exception as error:
            raise DataMaskingError(f"masking {path!r} failed: {type(error).__name__}") from error
        if not is_found:
            message = f"Field or expression {path} not found: no match was found for the path"
            report_missing(message, raise_on_missing=raise_on_missing)
    return freeze(document)


def check_rules(rules: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the options of each path.

    Raises:
        DataMaskingError: a rule is no dict, or has an option that there is not.
    """
    return {path: _check(path, rule) for path, rule in rules.items()}


def _check(path: str, rule: Mapping[str, Any]) -> dict[str, Any]:
    if not hasattr(rule, "items"):
        raise DataMaskingError(f"the rule of {path!r} has to be a dict of mask options, not {type(rule).__name__}")
    for name in rule:
        if name not in MASK_OPTIONS:
            from lambda_powertools.core.suggestions import did_you_mean

            hint = did_you_mean(str(name), MASK_OPTIONS)
            raise DataMaskingError(f"the rule of {path!r} has no option {name!r}{hint}; there are {MASK_OPTIONS}")
    return given_options(rule)


def _erase(value: Any, options: dict[str, Any], provider: BaseProvider) -> Any:
    if value is None:
        return None
    value = freeze(value)
    is_container = isinstance(value, (dict, list, tuple, set, frozenset))
    return provider.erase(value if is_container and options else str(value), **options)
