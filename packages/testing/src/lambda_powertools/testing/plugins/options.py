"""The options of pytest that say which plugin is checked, and how."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from lambda_powertools.testing.plugins._subject import PluginUnderTest

NAME = "--powertools-plugin"
_OPTIONS, _EXEMPT, _BUDGET = f"{NAME}-options", f"{NAME}-exempt", f"{NAME}-budget"


def add_options(group: pytest.OptionGroup) -> None:
    """Add the options."""
    group.addoption(NAME, metavar="NAME", help="check that this installed plugin keeps to the rules for plugins")
    group.addoption(_OPTIONS, metavar="JSON", default="true", help="the options it gets, as @powertools takes them")
    group.addoption(
        _EXEMPT, metavar="RULE=REASON", action="append", default=[], help="a rule that does not hold for it, and why"
    )
    group.addoption(_BUDGET, metavar="MS", type=float, help="milliseconds of processor time that its import may take")


def subject_of(config: pytest.Config) -> PluginUnderTest:
    """Return the plugin that the options name.

    Raises:
        pytest.UsageError: there is none of that name, or an option cannot be read.
    """
    from lambda_powertools.core import PluginNotFoundError
    from lambda_powertools.testing.plugins._rules import RULES
    from lambda_powertools.testing.plugins._subject import PluginUnderTest

    exempt = {}
    for given in config.getoption(_EXEMPT):
        rule, _, reason = given.partition("=")
        if not reason.strip() or rule not in RULES:
            raise pytest.UsageError(
                f"{_EXEMPT}={given}: RULE=REASON is expected, with a reason and one of {', '.join(RULES)}"
            )
        exempt[rule] = reason
    try:
        options = json.loads(config.getoption(_OPTIONS))
    except ValueError as error:
        raise pytest.UsageError(f"{_OPTIONS} is not JSON: {error}") from error
    try:
        name, budget = config.getoption(NAME), config.getoption(_BUDGET)
        return PluginUnderTest.of(name, options=options, exempt=exempt, budget_ms=budget)
    except (PluginNotFoundError, ImportError, AttributeError) as error:
        raise pytest.UsageError(f"{NAME}={config.getoption(NAME)}: {error}") from error
