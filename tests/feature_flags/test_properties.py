"""The compiled evaluator against a naive reading of the rules, and the validator against everything."""

from __future__ import annotations

import json
import warnings

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lambda_powertools.feature_flags import FeatureFlags, SchemaValidationError, SchemaValidator
from lambda_powertools.feature_flags.schema import RuleAction
from lambda_powertools.feature_flags.stores import InMemoryStore

MISSING = object()

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine may be busy

scalars = st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from([0.5, 1.0]) | st.text("ab", max_size=2)
json_values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=1), inner, max_size=2)
)
keys = st.sampled_from(["k", "l", "m"])
plain_actions = st.sampled_from([action.value for action in RuleAction if "SCHEDULE" not in action.value])


@st.composite
def conditions(draw):
    action = draw(plain_actions)
    if action == "MODULO_RANGE":
        base = draw(st.integers(1, 6))
        start = draw(st.integers(0, base - 1))
        value = {"BASE": base, "START": start, "END": draw(st.integers(start, base - 1))}
    elif action in {"ANY_IN_VALUE", "ALL_IN_VALUE", "NONE_IN_VALUE"}:
        value = draw(st.lists(json_values, max_size=3))
    else:
        value = draw(json_values.filter(lambda one: one is not None))
    return {"action": action, "key": draw(keys), "value": value}


@st.composite
def features(draw):
    is_boolean = draw(st.booleans())
    values = st.booleans() if is_boolean else json_values
    rules = {
        name: {"when_match": draw(values), "conditions": draw(st.lists(conditions(), min_size=1, max_size=3))}
        for name in draw(st.lists(st.sampled_from(["r1", "r2", "r3"]), min_size=1, unique=True))
    }
    return {"default": draw(values.filter(lambda one: one is not None)), "boolean_type": is_boolean, "rules": rules}


def reference(action, a, b):  # noqa: PLR0911  # a table, read from the top
    """Say what an action means, in the plainest words."""
    if action == "EQUALS":
        return a == b
    if action == "NOT_EQUALS":
        return not a == b  # noqa: SIM201  # the plainest words
    if action in {"IN", "KEY_IN_VALUE"}:
        return a in b
    if action in {"NOT_IN", "KEY_NOT_IN_VALUE"}:
        return not a in b  # noqa: E713  # likewise
    if action == "VALUE_IN_KEY":
        return b in a
    if action == "VALUE_NOT_IN_KEY":
        return not b in a  # noqa: E713  # likewise
    if action == "STARTSWITH":
        return a.startswith(b)
    if action == "ENDSWITH":
        return a.endswith(b)
    if action == "MODULO_RANGE":
        return b["START"] <= a % b["BASE"] and a % b["BASE"] <= b["END"]
    if action in {"ANY_IN_VALUE", "ALL_IN_VALUE", "NONE_IN_VALUE"}:
        if not isinstance(a, list):
            raise ValueError
        found = [item for item in a if item in b]
        return {"ANY": found != [], "ALL": len(found) == len(a), "NON": found == []}[action[:3]]
    below, equal = a < b, a <= b
    return {"KEY_LESS_THAN_VALUE": below, "KEY_LESS_THAN_OR_EQUAL_VALUE": equal}.get(
        action, a > b if action == "KEY_GREATER_THAN_VALUE" else a >= b
    )


def interpret(feature, context):
    """Read a feature as its schema tells it."""
    for rule in feature["rules"].values():
        for condition in rule["conditions"]:
            try:
                matched = condition["key"] in context and reference(
                    condition["action"], context[condition["key"]], condition["value"]
                )
            except Exception:
                matched = False
            if not matched:
                break
        else:
            return rule["when_match"]
    return feature["default"]


@patient
@given(
    document=st.dictionaries(st.sampled_from("xyz"), features(), min_size=1), context=st.dictionaries(keys, json_values)
)
def test_the_compiled_rules_are_the_rules(document, context):
    """For any document and context, evaluate, explain and get_enabled_features agree with the naive reading."""
    flags = FeatureFlags(InMemoryStore(document))
    expected = {name: interpret(feature, context) for name, feature in document.items()}

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        evaluated = {name: flags.evaluate(name=name, context=context, default=MISSING) for name in document}
        explained = {name: flags.explain(name=name, context=context).value for name in document}
        enabled = flags.get_enabled_features(context=context)

    # As text: 1 and true are equal, and not the same value of a feature.
    assert json.dumps(evaluated) == json.dumps(expected) == json.dumps(explained)
    assert enabled == [name for name, value in expected.items() if value]


words = st.sampled_from(
    ["default", "boolean_type", "rules", "when_match", "conditions", "action", "key", "value", "START", "END", "BASE"]
    + ["DAYS", "TIMEZONE", "CURRENT_TIME", "CURRENT_DATETIME", "CURRENT_DAY_OF_WEEK", "08:00", "MONDAY", "UTC", "../.."]
    + ["2030-01-01T00:00:00", "2030-01-01T00:00:00Z", "Europe/Amsterdam"]
    + [action.value for action in RuleAction]
)
texts = words | st.text(max_size=8)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=5),
    max_leaves=30,
)


def sometimes(value):
    """Return a strategy of mostly well-formed members, so that the deeper checks are reached."""
    return st.one_of(value, value, value, anything)


condition_like = st.fixed_dictionaries(
    {},
    optional={
        "action": sometimes(st.sampled_from([action.value for action in RuleAction])),
        "key": sometimes(words),
        "value": sometimes(
            st.dictionaries(st.sampled_from(["START", "END", "TIMEZONE", "DAYS", "BASE"]), anything, max_size=4)
        ),
    },
)
rule_like = st.fixed_dictionaries(
    {"when_match": sometimes(st.booleans()), "conditions": sometimes(st.lists(sometimes(condition_like), max_size=3))}
)
feature_like = st.fixed_dictionaries(
    {"default": sometimes(st.booleans()), "rules": sometimes(st.dictionaries(texts, sometimes(rule_like), max_size=2))}
)


@patient
@given(schema=anything | st.dictionaries(texts, sometimes(feature_like), max_size=2))
def test_the_validator_survives_everything(schema):
    """Any JSON document is accepted or refused; what is accepted can be compiled, evaluated and explained."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            SchemaValidator(schema).validate()
        except SchemaValidationError:
            return
        flags = FeatureFlags(InMemoryStore(schema))
        for name in schema:
            flags.evaluate(name=name, context={"a": 1}, default=None)
            flags.explain(name=name, context={"a": 1})
