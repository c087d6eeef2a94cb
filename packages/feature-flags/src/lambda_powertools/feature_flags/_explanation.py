"""Why a feature has the value that it has: which rule, which condition, and why not the others."""

from __future__ import annotations

from typing import Any


class ConditionExplanation:
    """What became of a condition.

    Attributes:
        key: the key of the context that it looks at.
        action: how it compares.
        value: what it compares with.
        matched: whether it matched; None when it was not looked at, as an earlier one did not match.
        why: the reason, without any value of the context.
    """

    __slots__ = ("action", "key", "matched", "value", "why")

    def __init__(self, *, key: str, action: str, value: Any, matched: bool | None, why: str) -> None:
        self.key = key
        self.action = action
        self.value = value
        self.matched = matched
        self.why = why

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {name: getattr(self, name) for name in ("key", "action", "value", "matched", "why")}


class RuleExplanation:
    """What became of a rule.

    Attributes:
        name: its name.
        matched: whether all its conditions matched; None when it was not looked at, as an earlier rule matched.
        conditions: what became of each condition.
    """

    __slots__ = ("conditions", "matched", "name")

    def __init__(self, *, name: str, matched: bool | None, conditions: list[ConditionExplanation]) -> None:
        self.name = name
        self.matched = matched
        self.conditions = conditions

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON data."""
        conditions = [one.as_dict() for one in self.conditions]
        return {"name": self.name, "matched": self.matched, "conditions": conditions}


class Explanation:
    """Why a feature has the value that it has; its `str` is a text of a few lines.

    Attributes:
        feature: name of the feature.
        value: its value, as `evaluate` returns it.
        reason: where the value comes from: `"rule"`, `"feature default"`, `"unknown feature"` or `"store unavailable"`;
            in the last two cases it is the default that was given.
        rule: name of the rule that matched, None without one.
        rules: what became of each rule.
        last_good: whether the store is down, and the last configuration that could be read served.
    """

    __slots__ = ("feature", "last_good", "reason", "rule", "rules", "value")

    def __init__(
        self,
        *,
        feature: str,
        value: Any,
        reason: str,
        rules: list[RuleExplanation] | None = None,
        last_good: bool = False,
    ) -> None:
        self.feature = feature
        self.value = value
        self.reason = reason
        self.rules = rules or []
        self.rule = next((rule.name for rule in self.rules if rule.matched), None)
        self.last_good = last_good

    @property
    def summary(self) -> str:
        """Where the value comes from, in a few words."""
        source = self.reason if self.rule is None else f"rule {self.rule!r} matches"
        return f"{source} (last good configuration)" if self.last_good else source

    def __repr__(self) -> str:
        return f"<Explanation {self.feature}: {self.reason}{f' {self.rule!r}' if self.rule else ''}>"

    def __str__(self) -> str:
        """Tell it without the values that are compared."""
        lines = [f"{self.feature}: {self.summary}"]
        for rule in self.rules:
            lines.append(f"  rule {rule.name!r}: {_OUTCOMES[rule.matched]}")
            lines += [f"    {one.key} {one.action}: {one.why}" for one in rule.conditions]
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "feature": self.feature,
            "value": self.value,
            "reason": self.reason,
            "rule": self.rule,
            "last_good": self.last_good,
            "rules": [rule.as_dict() for rule in self.rules],
        }


_OUTCOMES = {True: "matches", False: "does not match", None: "not looked at, an earlier rule matches"}
