import copy
import json
import pickle
from typing import ClassVar

import pytest

from lambda_powertools.data_classes import ALBEvent, APIGatewayProxyEvent, DictWrapper, KafkaEvent
from lambda_powertools.data_classes._fields import cached, default, required, wrapped, wrapped_iter, writable

EVENT = {"path": "/orders", "requestContext": {"elb": {"targetGroupArn": "arn"}}}


def test_construction_keeps_the_very_dictionary():
    """DC-1: nothing is copied, and the attributes that subclasses rely on are there."""
    event = DictWrapper(EVENT)

    assert event.raw_event is EVENT
    assert event._data is EVENT
    assert event._json_deserializer is json.loads


def test_a_wrapper_is_a_mapping_of_the_raw_keys():
    """DC-2: what a mapping can do acts on the raw dictionary."""
    event = ALBEvent(EVENT)

    assert event["path"] == "/orders"
    assert (list(event), len(event)) == (list(EVENT), 2)
    assert (list(event.keys()), list(event.values()), list(event.items())) == (
        list(EVENT),
        list(EVENT.values()),
        list(EVENT.items()),
    )
    assert "path" in event
    assert "body" not in event
    assert (event.get("path"), event.get("body"), event.get("body", "none")) == ("/orders", None, "none")
    assert dict(event) == {**event} == EVENT
    with pytest.raises(KeyError, match="body"):
        event["body"]


def test_get_looks_up_the_text_of_a_key():
    """DC-2: get converts its key to text."""
    assert DictWrapper({"7": "seven"}).get(7) == "seven"


def test_a_wrapper_is_no_json():
    """DC-2: a wrapper is not serialisable, its raw event is."""
    with pytest.raises(TypeError):
        json.dumps(ALBEvent(EVENT))

    assert json.loads(json.dumps(ALBEvent(EVENT).raw_event)) == EVENT


def test_equality():
    """DC-6: wrappers of equal data are equal, whatever their class; a wrapper never equals a dict."""
    event = ALBEvent(EVENT)

    assert event == DictWrapper(copy.deepcopy(EVENT))
    assert event != ALBEvent({})
    for equal in (event == EVENT, event == EVENT):
        assert not equal
    for unequal in (event != EVENT, event != EVENT):
        assert unequal


def test_a_wrapper_cannot_be_hashed():
    """DC-6: hash raises a TypeError."""
    with pytest.raises(TypeError):
        hash(ALBEvent(EVENT))


@pytest.mark.parametrize(("data", "truth"), [({}, False), ({"a": None}, True)])
def test_truth_is_that_of_the_dictionary(data, truth):
    """DC-10: a wrapper of an empty dictionary is falsy."""
    assert bool(DictWrapper(data)) is truth


def test_changes_are_seen_in_every_view():
    """DC-7: all views look into the same objects."""
    data = copy.deepcopy(EVENT)
    event = ALBEvent(data)
    context = event.request_context

    event["requestContext"]["elb"]["targetGroupArn"] = "other"

    assert context.elb_target_group_arn == event.request_context.elb_target_group_arn == "other"
    assert context.raw_event is data["requestContext"]


def pickled(event):
    return pickle.loads(pickle.dumps(event))  # noqa: S301  # our own


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, pickled])
def test_a_wrapper_can_be_copied(copied):
    """A copy is a wrapper of the same class and of equal data."""
    event = copied(ALBEvent(copy.deepcopy(EVENT)))

    assert type(event) is ALBEvent
    assert event == ALBEvent(EVENT)


class Calls(DictWrapper):
    def __init__(self, data):
        super().__init__(data)
        self.calls = 0

    @cached
    def nothing(self):
        self.calls += 1

    @cached
    def word(self):
        self.calls += 1
        return "base"


class MoreCalls(Calls):
    @cached
    def word(self):
        return "over " + super().word


def test_cached_properties_are_computed_once():
    """DC-9: also when the result is None."""
    event = Calls({})

    assert (event.nothing, event.nothing, event.calls) == (None, None, 1)


def test_a_cached_property_may_ask_for_the_one_it_overrides():
    """The two keep their values apart."""
    event = MoreCalls({})

    assert (event.word, event.word, event.calls) == ("over base", "over base", 1)


class Inner(DictWrapper):
    _sensitive_properties: ClassVar = ["secret"]

    secret = required("secret", str)
    name = writable(required("name", str))


class Outer(DictWrapper):
    plain = "a class attribute"

    inner = wrapped("inner", Inner)
    items_of = wrapped_iter("items", Inner)
    tags = default("tags", list[str])
    missing = required("missing", str)

    @property
    def listed(self):
        return [Inner({"secret": "s2", "name": "n2"})]

    @property
    def by_name(self):
        return {"first": Inner({"secret": "s3", "name": "n3"})}

    @cached
    def answer(self):
        return 42

    def method(self):
        """Be no property."""


RENDERED = {
    "answer": 42,
    "by_name": {"first": {"name": "n3", "raw_event": "[SENSITIVE]", "secret": "[SENSITIVE]"}},
    "inner": {"name": "n1", "raw_event": "[SENSITIVE]", "secret": "[SENSITIVE]"},
    "items_of": [{"name": "n4", "raw_event": "[SENSITIVE]", "secret": "[SENSITIVE]"}],
    "listed": [{"name": "n2", "raw_event": "[SENSITIVE]", "secret": "[SENSITIVE]"}],
    "missing": "[Cannot be deserialized]",
    "raw_event": "[SENSITIVE]",
    "tags": [],
}


def test_text_of_a_wrapper():
    """DC-4, T-4, T-11: all properties in alphabetical order, secrets masked, failures marked; repr shows none."""
    event = Outer({"inner": {"secret": "s1", "name": "n1"}, "items": [{"secret": "s4", "name": "n4"}]})

    assert str(event) == str(RENDERED)
    assert repr(event) == "<Outer>"
    assert f"{event!s:.7}" == "{'answe"


def test_rendering_leaves_no_trace():
    """T-4: neither the event, nor the objects a property gives, nor a cursor are touched."""
    data = {"eventSource": "kafka", "records": {"t-0": [{"topic": "first"}, {"topic": "second"}]}}
    before = copy.deepcopy(data)
    event = KafkaEvent(data)
    assert event.record.topic == "first"

    str(event)

    assert event.record.topic == "second"
    assert data == before


def test_assignment():
    """DC-11: a writable property writes its raw key, the others reject assignment."""
    data = {"name": "old"}
    inner = Inner(data)

    inner.name = "new"

    assert data == {"name": "new"}
    with pytest.raises(AttributeError):
        inner.secret = "x"
    with pytest.raises(AttributeError):
        Outer({}).answer = 1


def test_a_nested_writable_property_creates_the_objects_on_the_way():
    """DC-11: assigning a value further down needs no object above it."""

    class Event(DictWrapper):
        flag = writable(required(("response", "flag"), bool))

    event = Event({"response": None})

    event.flag = True

    assert event.raw_event == {"response": {"flag": True}}
    assert event.flag is True


def test_a_property_has_a_docstring():
    """A property tells the raw key that it reads."""
    assert ALBEvent.request_context.__doc__ == "`requestContext` of the event."
    assert ALBEvent.request_context.fget.__name__ == "get"
    assert "elb.targetGroupArn" in type(ALBEvent(EVENT).request_context).elb_target_group_arn.__doc__


@pytest.mark.parametrize("kind", [ALBEvent, APIGatewayProxyEvent])
def test_a_property_is_a_property(kind):
    """Tools that look for properties find them."""
    assert isinstance(kind.path, property)
    assert isinstance(kind.json_body, property)


def test_user_subclasses_may_override_any_property():
    """A plain property or method takes the place of an inherited field."""

    class Event(ALBEvent):
        @property
        def path(self):
            return "/mine" + super().path

    assert Event(EVENT).path == "/mine/orders"
