"""The rules as tests: what `pytest --powertools-plugin=NAME` runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lambda_powertools.testing.plugins._rules import RULES
from lambda_powertools.testing.plugins.options import subject_of

if TYPE_CHECKING:
    from lambda_powertools.testing.plugins._subject import PluginUnderTest


@pytest.fixture(scope="session")
def plugin_under_test(request: pytest.FixtureRequest) -> PluginUnderTest:
    """The plugin that the option names."""
    return subject_of(request.config)


@pytest.mark.parametrize("rule", RULES)
def test_plugin(rule: str, plugin_under_test: PluginUnderTest) -> None:
    """The plugin keeps to the rule."""
    if rule in plugin_under_test.exemptions:
        pytest.skip(f"{plugin_under_test.name} is exempt from {rule}: {plugin_under_test.exemptions[rule]}")
    RULES[rule].check(plugin_under_test)
