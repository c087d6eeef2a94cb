from __future__ import annotations

import json

import pytest

from lambda_powertools.core import PowertoolsUserWarning
from lambda_powertools.feature_flags import FeatureFlags


@pytest.fixture
def layout(flags):
    rules = {
        "staff": {"when_match": True, "conditions": [flags.condition("ENDSWITH", "email", "@shop.example")]},
        "premium in Europe": {
            "when_match": True,
            "conditions": [
                flags.condition("EQUALS", "tier", "premium"),
                flags.condition("IN", "country", ["NL", "DE"]),
            ],
        },
        "everybody": {"when_match": False, "conditions": [flags.condition("NOT_EQUALS", "tier", "banned")]},
    }
    return flags(layout={"default": False, "rules": rules}, plain={"default": True})


def test_it_tells_which_rule_matched_and_why_the_others_did_not(layout):
    """explain: rules up to the one that matched with each condition, and which were not looked at."""
    explained = layout.explain(
        name="layout", context={"tier": "premium", "country": "NL", "email": "jane@mail.example"}
    )

    assert (explained.value, explained.reason, explained.rule) == (True, "rule", "premium in Europe")
    assert [rule.matched for rule in explained.rules] == [False, True, None]
    assert str(explained).splitlines() == [
        "layout: rule 'premium in Europe' matches",
        "  rule 'staff': does not match",
        "    email ENDSWITH: no",
        "  rule 'premium in Europe': matches",
        "    tier EQUALS: yes",
        "    country IN: yes",
        "  rule 'everybody': not looked at, an earlier rule matches",
        "    tier NOT_EQUALS: not looked at",
    ]


def test_it_tells_what_is_missing(layout):
    """explain: an absent key is named, and later conditions of the rule are not looked at."""
    explained = layout.explain(name="layout", context={"country": "NL"})

    assert (explained.value, explained.reason, explained.rule) == (False, "feature default", None)
    assert [one.why for rule in explained.rules for one in rule.conditions] == [
        "the context has no 'email'",
        "the context has no 'tier'",
        "not looked at",
        "the context has no 'tier'",
    ]


def test_it_tells_which_comparison_fails(layout):
    """explain: a failed comparison is told by its kind, without the value, and warned of as in evaluate."""
    with pytest.warns(PowertoolsUserWarning, match="AttributeError"):
        explained = layout.explain(name="layout", context={"email": 1234567, "tier": "banned"})

    assert "email ENDSWITH: the comparison fails with AttributeError" in str(explained)
    assert "1234567" not in str(explained)


def test_it_tells_what_a_handler_said(layout):
    """explain: the answer of an exception handler is the condition's."""
    layout.validation_exception_handler(AttributeError)(lambda error: True)

    explained = layout.explain(name="layout", context={"email": 7})

    assert explained.value is True
    assert explained.rules[0].conditions[0].why == "the comparison fails with AttributeError, the handler says yes"


def test_where_there_is_no_rule_it_tells_where_the_value_is_from(layout, store):
    """explain: the feature's default, the given default of an unknown feature, or of a store that is down."""
    down = store()
    down.go_down()

    assert layout.explain(name="plain").reason == "feature default"
    unknown = layout.explain(name="unknown", default=7)
    assert (unknown.value, unknown.reason, str(unknown)) == (7, "unknown feature", "unknown: unknown feature")
    unavailable = FeatureFlags(down).explain(name="plain", default=7)
    assert (unavailable.value, unavailable.reason) == (7, "store unavailable")


def test_it_is_json(layout):
    """explain: as_dict is JSON data, with what each condition compares with."""
    explained = layout.explain(name="layout", context={"tier": "premium", "country": "NL"})

    document = json.loads(json.dumps(explained.as_dict()))

    assert document["rule"] == "premium in Europe"
    assert document["rules"][1]["conditions"][1] == {
        "key": "country",
        "action": "IN",
        "value": ["NL", "DE"],
        "matched": True,
        "why": "yes",
    }
    assert repr(explained) == "<Explanation layout: rule 'premium in Europe'>"
