from __future__ import annotations

import logging
import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest

from lambda_powertools.core import PowertoolsUserWarning
from lambda_powertools.feature_flags import FeatureFlags, RuleAction
from lambda_powertools.feature_flags.exceptions import SchemaValidationError, StoreClientError
from lambda_powertools.feature_flags.stores import InMemoryStore


def test_an_unknown_feature_has_the_given_default(flags):
    """FF-3: what the configuration does not know is what the caller says."""
    made = flags(known={"default": True})

    assert made.evaluate(name="unknown", default="mine") == "mine"
    assert made.evaluate(name="unknown", default=False) is False


@pytest.mark.parametrize("value", [True, False])
@pytest.mark.parametrize("rules", [{}, {"rules": {}}, {"rules": None}])
def test_a_feature_without_rules_has_its_own_default(flags, value, rules):
    """FF-3: without rules a feature is what its default says, whatever the context."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PowertoolsUserWarning)
        assert flags(f={"default": value, **rules}).evaluate(name="f", context={"a": 1}, default=not value) is value


def test_the_first_rule_that_matches_decides(flags):
    """FF-3: rules are tried in the order of the document; none matching leaves the feature's default."""
    is_a = flags.condition("EQUALS", "a", 1)
    rules = {
        "never": {"when_match": "x", "conditions": [flags.condition("EQUALS", "a", 0)]},
        "first": {"when_match": "y", "conditions": [is_a]},
        "second": {"when_match": "z", "conditions": [is_a]},
    }
    made = flags(f={"default": "d", "boolean_type": False, "rules": rules})

    assert made.evaluate(name="f", context={"a": 1}, default=None) == "y"
    assert made.evaluate(name="f", context={"a": 2}, default=None) == "d"


def test_all_conditions_of_a_rule_must_match(flags):
    """FF-5: a rule is an AND of its conditions."""
    made = flags(f=flags.feature(flags.condition("EQUALS", "a", 1), flags.condition("EQUALS", "b", 2)))

    assert made.evaluate(name="f", context={"a": 1, "b": 2}, default=False) is True
    assert made.evaluate(name="f", context={"a": 1, "b": 3}, default=False) is False
    assert made.evaluate(name="f", context={"b": 2}, default=False) is False


@pytest.mark.parametrize("when_match", ["text", 7, 1.5, {"a": [1]}, [1, {"b": 2}], None, True])
def test_a_feature_may_have_any_json_value(flags, when_match):
    """FF-2, 4: a feature that is not one of true and false gives the value of the document."""
    made = flags(
        f=flags.feature(flags.condition("EQUALS", "a", 1), default=0, when_match=when_match, boolean_type=False)
    )

    assert made.evaluate(name="f", context={"a": 1}, default="x") == when_match
    assert made.evaluate(name="f", default="x") == 0


def test_a_missing_match_value_is_none(flags):
    """FF-2: a rule of such a feature may leave when_match out."""
    rule = {"conditions": [flags.condition("EQUALS", "a", 1)]}
    made = flags(f={"default": "d", "boolean_type": False, "rules": {"r": rule}})

    assert made.evaluate(name="f", context={"a": 1}, default="x") is None


def test_a_returned_document_is_the_caller_s_own(flags):
    """Changing what evaluate returned changes no later result."""
    made = flags(f={"default": {"a": [1, {"b": 2}]}, "boolean_type": False})

    value = made.evaluate(name="f", default=None)
    value["a"][1]["b"] = "changed"
    value["a"].append("more")

    assert made.evaluate(name="f", default=None) == {"a": [1, {"b": 2}]}


NEGATIVE = ["NOT_EQUALS", "NOT_IN", "KEY_NOT_IN_VALUE", "VALUE_NOT_IN_KEY", "NONE_IN_VALUE"]


@pytest.mark.parametrize("action", [action.value for action in RuleAction if "SCHEDULE" not in action.value])
def test_an_absent_key_never_matches(matches, action):
    """FF-7: leaving a key out unlocks nothing, also not with the negative actions, and warns of nothing."""
    value = {"BASE": 10, "START": 0, "END": 9} if action == "MODULO_RANGE" else ["x"]

    assert matches(action, "tenant", value, {}) is False
    assert matches(action, "tenant", value, None) is False
    assert matches(action, "tenant", value, {"Tenant": "y"}) is False


@pytest.mark.parametrize(("action", "value"), [("NOT_EQUALS", "x"), ("NOT_IN", ["x"]), ("EQUALS", False)])
def test_a_key_that_is_none_is_compared(matches, action, value):
    """FF-7: None in the context is a value like any other."""
    assert matches(action, "tenant", value, {"tenant": None}) is (action != "EQUALS")


def test_a_comparison_that_fails_does_not_match_and_warns(flags):
    """FF-10: the warning names feature, rule, key, action and kind of failure, and no value."""
    made = flags(f=flags.feature(flags.condition("KEY_GREATER_THAN_VALUE", "age", 18)))

    with pytest.warns(PowertoolsUserWarning) as caught:
        assert made.evaluate(name="f", context={"age": "secret-age"}, default=True) is False

    text = str(caught[0].message)
    assert "fails with TypeError: feature=f, rule=rule, key=age, action=KEY_GREATER_THAN_VALUE" in text
    assert "secret-age" not in text
    assert "18" not in text
    assert caught[0].filename == __file__


def test_where_warnings_are_errors_the_result_is_the_same(flags):
    """FF-10: -W error does not turn a failed comparison into an exception."""
    made = flags(f=flags.feature(flags.condition("KEY_GREATER_THAN_VALUE", "age", 18), default=True, when_match=False))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert made.evaluate(name="f", context={"age": "x"}, default=False) is True


def test_enabled_features_are_named_in_their_order(flags):
    """FF-12: those whose value is truthy for the context, boolean or not, with or without rules."""
    is_a = flags.condition("EQUALS", "a", 1)
    made = flags(
        z_on={"default": True},
        off={"default": False},
        ruled=flags.feature(is_a),
        unruled=flags.feature(flags.condition("EQUALS", "a", 2)),
        fallback=flags.feature(flags.condition("EQUALS", "a", 2), default=True),
        switched_off=flags.feature(is_a, default=True, when_match=False),
        text={"default": "x", "boolean_type": False},
        empty={"default": {}, "boolean_type": False},
        nothing={"default": 0, "boolean_type": False},
        filled=flags.feature(is_a, default=[], when_match=[1], boolean_type=False),
    )

    assert made.get_enabled_features(context={"a": 1}) == ["z_on", "ruled", "fallback", "text", "filled"]
    assert made.get_enabled_features() == ["z_on", "fallback", "switched_off", "text"]


def test_a_store_that_cannot_be_read_leaves_the_given_defaults(store):
    """FF-13: before anything was read, evaluate gives the default and no feature is enabled."""
    down = store()
    down.go_down()
    made = FeatureFlags(down)

    assert made.evaluate(name="f", default="mine") == "mine"
    assert made.get_enabled_features() == []
    assert made.last_good_served == 0


@pytest.mark.parametrize("error", [StoreClientError("no permission"), RuntimeError("a bug")])
def test_other_errors_of_a_store_leave_evaluate(store, error):
    """FF-13: a missing permission, or anything else, is not swallowed, also not after a good read."""
    broken = store({"f": {"default": True}})
    made = FeatureFlags(broken)
    assert made.evaluate(name="f", default=False) is True
    broken.failure = error

    for call in (lambda: made.evaluate(name="f", default=False), made.get_enabled_features):
        with pytest.raises(type(error)) as caught:
            call()
        assert caught.value is error


def test_each_call_reads_the_store_once(store):
    """FF-14: one read for an evaluation, and one for all enabled features."""
    counted = store({"f": {"default": True}, "g": {"default": True}})
    made = FeatureFlags(counted)

    made.evaluate(name="f", default=False)
    made.get_enabled_features()

    assert counted.reads == 2
    assert made.get_configuration() is counted.document


def test_a_document_is_validated_once(store, monkeypatch):
    """FF-28: the same object, and an equal copy of it, is validated and compiled when it is new, and not again."""
    from lambda_powertools.feature_flags import schema

    validated = []
    original = schema.SchemaValidator.validate
    monkeypatch.setattr(schema.SchemaValidator, "validate", lambda self: validated.append(1) or original(self))
    changing = store({"f": {"default": True}})
    made = FeatureFlags(changing)
    for _ in range(3):
        made.evaluate(name="f", default=False)
    assert len(validated) == 1

    changing.document = {"f": {"default": True}}
    assert made.evaluate(name="f", default=False) is True
    assert len(validated) == 1

    changing.document = {"f": {"default": 1}}
    with pytest.raises(SchemaValidationError, match="feature=f"):
        made.evaluate(name="f", default=False)
    assert len(validated) == 2


@pytest.mark.parametrize("document", [None, "text", [], 7])
def test_a_document_that_is_none_is_refused_each_time(store, document):
    """FF-28, 25: a document that failed is validated again, and None is never taken for one that was."""
    made = FeatureFlags(store(document))

    for _ in range(2):
        with pytest.raises(SchemaValidationError, match="Features must be a dictionary"):
            made.evaluate(name="f", default=False)
        with pytest.raises(SchemaValidationError, match="Features must be a dictionary"):
            made.get_configuration()


def test_a_handler_decides_about_its_exceptions(flags):
    """FF-11: what the handler of the closest class returns is the condition's result."""
    made = flags(f=flags.feature(flags.condition("KEY_GREATER_THAN_VALUE", "age", 18)))
    seen = []

    @made.validation_exception_handler([Exception, LookupError])
    def general(error):
        seen.append(("general", type(error)))
        return False

    @made.validation_exception_handler(TypeError)
    def exact(error):
        seen.append(("exact", type(error)))
        return "yes"

    assert made.evaluate(name="f", context={"age": "x"}, default=False) is True
    assert made.get_enabled_features(context={"age": "x"}) == ["f"]
    assert seen == [("exact", TypeError)] * 2
    assert exact.__name__ == "exact"

    class Odd:
        def __gt__(self, other):
            raise KeyError

    assert made.evaluate(name="f", context={"age": Odd()}, default=False) is False
    assert seen[-1] == ("general", KeyError)


def test_what_a_handler_raises_leaves_evaluate(flags):
    """FF-11: a handler may refuse, and also hears of comparisons that fail because a key is absent."""
    made = flags(f=flags.feature(flags.condition("KEY_GREATER_THAN_VALUE", "age", 18)))

    @made.validation_exception_handler(TypeError)
    def refuse(error):
        raise RuntimeError("the context is wrong") from error

    for context in ({"age": "x"}, {}):
        with pytest.raises(RuntimeError, match="the context is wrong"):
            made.evaluate(name="f", context=context, default=False)


def test_a_handler_cannot_switch_a_feature_on_for_an_absent_key(flags):
    """FF-11, 7: what it returns about an absent key is ignored."""
    made = flags(f=flags.feature(flags.condition("KEY_GREATER_THAN_VALUE", "age", 18)))
    seen = []
    made.validation_exception_handler(Exception)(lambda error: seen.append(error) or True)

    assert made.evaluate(name="f", context={}, default=True) is False
    assert made._match_by_action("KEY_GREATER_THAN_VALUE", 18, None, context_key_present=False) is False
    assert [type(error) for error in seen] == [TypeError, TypeError]


def test_the_comparison_can_be_called_by_itself(flags):
    """FF-9: _match_by_action takes action, condition value and context value; an unknown action does not match."""
    made = flags()

    assert made._match_by_action("EQUALS", 1, 1) is True
    assert made._match_by_action("IN", ["a"], "a") is True
    assert made._match_by_action("IN", ["a"], "a", context_key_present=False) is False
    assert made._match_by_action("NO_SUCH_ACTION", 1, 1) is False
    with pytest.warns(PowertoolsUserWarning, match="TypeError: feature=f, rule=None, key=None, action=IN"):
        assert made._match_by_action("IN", 1, "a", feature_name="f") is False


def test_the_context_is_left_alone(flags):
    """FF-6: evaluating changes nothing in the context."""
    made = flags(f=flags.feature(flags.condition("ANY_IN_VALUE", "roles", ["a"])))
    context = {"roles": ["a", ["nested"]], "unhashable": {}}

    made.evaluate(name="f", context=context, default=False)

    assert context == {"roles": ["a", ["nested"]], "unhashable": {}}


def test_a_logger_of_one_s_own_hears_what_happens(store, caplog):
    """FF-13, 26: debug lines name features and no values."""
    logger = logging.getLogger("own")
    down = store()
    down.go_down()
    with caplog.at_level(logging.DEBUG, "own"):
        FeatureFlags(down, logger).evaluate(name="f", context={"a": "secret-value"}, default=False)
        FeatureFlags(InMemoryStore({"f": {"default": True}}), logger).evaluate(name="g", default=False)

    assert "Feature f has the given default: the store is down" in caplog.text
    assert "Validating feature f" in caplog.text
    assert "Feature g is unknown" in caplog.text
    assert "secret-value" not in caplog.text


def test_threads_never_see_a_part_of_a_document(store):
    """Two threads that evaluate while the document changes see the earlier one or the later one."""
    documents = [{f"f{number}": {"default": bool(generation)} for number in range(30)} for generation in range(2)]
    changing = store(documents[0])
    made = FeatureFlags(changing)

    def evaluate(number):
        changing.document = documents[number % 2]
        return len(made.get_enabled_features())

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(evaluate, range(200))) == {0, 30}
