"""What every plugin has to keep to, rule by rule: `pytest --powertools-plugin=NAME` checks an installed one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_powertools.testing.plugins._rules import RULES, Rule
    from lambda_powertools.testing.plugins._subject import PluginUnderTest

# pytest reads this package's options at its start: what is imported here would hide what a test's own imports load.
_LAZY = {"PluginUnderTest": "_subject", "RULES": "_rules", "Rule": "_rules"}


def check_conformance(
    plugin: str | type[Any], *, options: Any = True, exempt: Mapping[str, str] | None = None
) -> list[str]:
    """Check all rules, without pytest; return the names of the rules that the plugin is exempt from.

    Args:
        plugin: name of an installed plugin, or a class that can be imported.
        options: what is given for it in `@powertools(<plugin>=options)`.
        exempt: rules that do not hold for it, with the reason, besides those that its class declares.

    Raises:
        PluginConformanceError: a rule is broken; the message begins with its id and name.
        PluginNotFoundError: no plugin of that name is installed.

    Example:
        >>> from lambda_powertools.testing.plugins import RULES
        >>> [rule.id for rule in RULES.values()][:2]
        ['PK-01', 'PK-02']
    """
    from lambda_powertools.testing.plugins._rules import RULES
    from lambda_powertools.testing.plugins._subject import PluginUnderTest

    subject = PluginUnderTest.of(plugin, options=options, exempt=exempt)
    for rule in RULES.values():
        if rule.name not in subject.exemptions:
            rule.check(subject)
    return sorted(subject.exemptions)


if not TYPE_CHECKING:  # for whom a misspelt name would be right otherwise

    def __getattr__(name: str) -> Any:
        if name in _LAZY:
            from importlib import import_module

            return getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["RULES", "PluginUnderTest", "Rule", "check_conformance"]
