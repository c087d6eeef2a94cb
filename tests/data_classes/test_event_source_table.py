import importlib
from functools import cached_property
from pathlib import Path

import pytest

from lambda_powertools.data_classes.common import CaseInsensitiveDict, DictWrapper


class Row:
    def __init__(self, name, path, rule, *more):
        self.name, self.path, self.rule = name, path.split("/"), rule
        self.writable = "rw" in more
        self.kind = next((word for word in more if word != "rw"), None)

    def event(self, value):
        """Put a value where the property looks for it."""
        for key in reversed(self.path):
            value = {key: value}
        return value


def read_table():
    tables, module, rows = {}, None, None
    files = [Path(__file__).parent / name for name in ("http_sources.txt", "event_sources.txt")]
    for line in "".join(file.read_text(encoding="utf-8") for file in files).splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            module = line.strip("[]")
        elif not line.startswith(" "):
            name, _, bases = line.rstrip(")").partition("(")
            rows = tables[module, name] = []
            for base in filter(None, bases.split(", ")):
                rows.extend(next(known for names, known in tables.items() if names[1] == base))
        else:
            row = Row(*line.split())
            rows[:] = [*(known for known in rows if known.name != row.name), row]
    return tables


TABLE = read_table()
CLASSES = pytest.mark.parametrize(("module", "name"), list(TABLE))


def classes_with(*rules):
    """Run a test for each class that has a property of one of these rules."""
    found = [names for names, rows in TABLE.items() if any(row.rule in rules for row in rows)]
    return pytest.mark.parametrize(("module", "name"), found)


def load(module, name):
    return getattr(importlib.import_module(f"lambda_powertools.data_classes.{module}"), name)


def rows_of(module, name, *rules):
    return [row for row in TABLE[module, name] if row.rule in rules]


def missing(kind, row, event):
    """Read a property of an event without its key, and return the key that the error names."""
    with pytest.raises(KeyError) as error:
        materialize(getattr(kind(event), row.name))
    return error.value.args[0]


def materialize(value):
    return list(value) if hasattr(value, "__next__") else value


class Loads:
    """A JSON deserializer that can be recognised."""

    def __call__(self, text):
        raise AssertionError("nothing is parsed here")


@CLASSES
def test_class_has_exactly_the_properties_of_the_table(module, name):
    """Section 2.3: no property is missing from a class, and none is there that the table does not know."""
    kind = load(module, name)

    properties = {
        attribute
        for attribute in dir(kind)
        if not attribute.startswith("_") and isinstance(getattr(kind, attribute), (property, cached_property))
    }

    assert properties - {"raw_event"} == {row.name for row in TABLE[module, name]}


@pytest.mark.parametrize("module", sorted({module for module, _ in TABLE}))
def test_every_class_of_a_module_is_in_the_table(module):
    """Section 2.3: no data class of a module is left out of the table."""
    loaded = importlib.import_module(f"lambda_powertools.data_classes.{module}")
    own = [found for found, value in vars(loaded).items() if getattr(value, "__module__", None) == loaded.__name__]
    names = getattr(loaded, "__all__", None) or [found for found in own if not found.startswith("_")]

    wrappers = {found for found in names if issubclass_safely(getattr(loaded, found), DictWrapper)}

    assert wrappers - {known for where, known in TABLE if where == module} - {"DictWrapper"} == set()


def issubclass_safely(value, kind):
    return isinstance(value, type) and issubclass(value, kind)


@CLASSES
def test_construction_looks_at_nothing(module, name):
    """DC-1, T-3: a class is made of any dictionary, which it keeps as it is, with no key looked up."""
    data, loads = {}, Loads()

    wrapper = load(module, name)(data, loads)

    assert wrapper.raw_event is data
    assert wrapper._json_deserializer is loads
    assert load(module, name)(data, json_deserializer=loads)._json_deserializer is loads


@classes_with("required")
def test_required_keys(module, name):
    """DC-3: a required value is the event's own object, null is None, and a missing key is named by a KeyError."""
    kind, value = load(module, name), object()
    for row in rows_of(module, name, "required"):
        assert getattr(kind(row.event(value)), row.name) is value, row.name
        assert getattr(kind(row.event(None)), row.name) is None, row.name
        assert missing(kind, row, {}) == row.path[0]
        if len(row.path) > 1:
            assert missing(kind, row, {row.path[0]: {}}) == row.path[1]


@classes_with("flag")
def test_flags(module, name):
    """A bool that AWS sends as null at times is False then; a missing key is a KeyError."""
    kind = load(module, name)
    for row in rows_of(module, name, "flag"):
        values = [getattr(kind(row.event(value)), row.name) for value in (True, False, None)]
        assert values == [True, False, False], row.name
        assert missing(kind, row, {}) == row.path[0]


@classes_with("optional")
def test_optional_keys(module, name):
    """DC-54, T-6: an optional value is None for a missing key and for null, at every level on the way to it."""
    kind, value = load(module, name), object()
    for row in rows_of(module, name, "optional"):
        assert getattr(kind(row.event(value)), row.name) is value, row.name
        for event in ({}, {row.path[0]: None}, row.event(None)):
            assert getattr(kind(event), row.name) is None, row.name


@classes_with("default")
def test_defaults(module, name):
    """T-6: a value with a default is empty for a missing key and for null, and never shared between events."""
    kind = load(module, name)
    for row in rows_of(module, name, "default"):
        empty = {"dict": {}, "list": [], "str": "", "bool": False}[row.kind]
        value = object()
        assert getattr(kind(row.event(value)), row.name) is value, row.name
        for event in ({}, row.event(None)):
            found = getattr(kind(event), row.name)
            assert found == empty, row.name
            assert type(found) is type(empty)
            if isinstance(found, (dict, list)):
                assert getattr(kind(event), row.name) is not found


def assert_wraps(wrapper, kind_name, data, loads):
    assert type(wrapper).__name__ == kind_name
    assert wrapper.raw_event is data
    assert wrapper._json_deserializer is loads


@classes_with("wrapped", "optional_wrapped", "nullable_wrapped", "optional_filled")
def test_wrapped_objects(module, name):
    """DC-7, DC-8: an object inside the event is wrapped in its class, with the event's own data and deserializer."""
    kind, loads, data = load(module, name), Loads(), {"some": "data"}
    for row in rows_of(module, name, "wrapped", "optional_wrapped", "nullable_wrapped", "optional_filled"):
        assert_wraps(getattr(kind(row.event(data), loads), row.name), row.kind, data, loads)
        if row.rule in {"wrapped", "nullable_wrapped"}:
            assert missing(kind, row, {}) == row.path[0]
        else:
            assert getattr(kind({}), row.name) is None
        if row.rule != "wrapped":
            assert getattr(kind(row.event(None)), row.name) is None
        if row.rule == "optional_filled":
            assert not getattr(kind(row.event({})), row.name)
            assert not isinstance(getattr(kind(row.event({})), row.name), DictWrapper)


@classes_with("empty_wrapped")
def test_wrapped_objects_that_may_be_empty(module, name):
    """DC-20, T-6: a missing or null object is a wrapper of an empty one, so what is inside it can be asked for."""
    kind, loads, data = load(module, name), Loads(), {"some": "data"}
    for row in rows_of(module, name, "empty_wrapped"):
        assert_wraps(getattr(kind(row.event(data), loads), row.name), row.kind, data, loads)
        for event in ({}, row.event(None)):
            found = getattr(kind(event, loads), row.name)
            assert (type(found).__name__, found.raw_event, found._json_deserializer) == (row.kind, {}, loads)


@classes_with("list", "list_or_empty", "iter")
def test_wrapped_lists(module, name):
    """DC-7, DC-8, DC-12: each object of a list is wrapped, and an iterator begins anew at each access."""
    kind, loads, data = load(module, name), Loads(), [{"some": "data"}, {"more": "data"}]
    for row in rows_of(module, name, "list", "list_or_empty", "iter"):
        event = kind(row.event(data), loads)
        for _ in range(2):
            found = list(getattr(event, row.name))
            for wrapper, raw in zip(found, data, strict=True):
                assert_wraps(wrapper, row.kind, raw, loads)
        if row.rule == "list_or_empty":
            assert getattr(kind({}), row.name) == getattr(kind(row.event(None)), row.name) == []
        else:
            assert missing(kind, row, {}) == row.path[0]
        assert hasattr(getattr(event, row.name), "__next__") is (row.rule == "iter")  # T-13


@classes_with("first")
def test_first_of_a_list(module, name):
    """DC-12, T-5: the first record is the first at every access; an empty list is an IndexError, no StopIteration."""
    kind, loads, data = load(module, name), Loads(), [{"some": "data"}, {}]
    for row in rows_of(module, name, "first"):
        event = kind(row.event(data), loads)
        assert_wraps(getattr(event, row.name), row.kind, data[0], loads)
        assert_wraps(getattr(event, row.name), row.kind, data[0], loads)
        assert missing(kind, row, {}) == row.path[0]
        with pytest.raises(IndexError, match=f"{row.path[0]} of the event is empty"):
            getattr(kind(row.event([])), row.name)


@classes_with("case_insensitive", "case_insensitive_or_empty")
def test_case_insensitive_dictionaries(module, name):
    """DC-20: headers are found whatever their case; a missing key is a KeyError or, as the table says, empty."""
    kind = load(module, name)
    for row in rows_of(module, name, "case_insensitive", "case_insensitive_or_empty"):
        found = getattr(kind(row.event({"Host": "h"})), row.name)
        assert isinstance(found, CaseInsensitiveDict)
        assert found["hOST"] == "h"
        assert getattr(kind(row.event(None)), row.name) == {}
        if row.rule == "case_insensitive":
            assert missing(kind, row, {}) == row.path[0]
        else:
            assert getattr(kind({}), row.name) == {}


@CLASSES
def test_assignment(module, name):
    """DC-11: what is marked rw writes its raw key into the event; every other property rejects it."""
    kind = load(module, name)
    for row in TABLE[module, name]:
        data = row.event({})
        wrapper = kind(data)
        if row.writable:
            value = {"assigned": True}
            setattr(wrapper, row.name, value)
            assert data == row.event(value)
            found = getattr(wrapper, row.name)
            assert getattr(found, "raw_event", found) == (True if row.rule == "flag" else value)
        else:
            with pytest.raises(AttributeError):
                setattr(wrapper, row.name, 1)


@CLASSES
def test_rendering_shows_every_property_and_nothing_of_the_raw_event(module, name):
    """DC-4: the text of an event names all properties in alphabetical order, and one that raises says so."""
    wrapper = load(module, name)({"unknown": "raw data"})

    text = str(wrapper)

    positions = [text.index(f"'{row.name}': ") for row in sorted(TABLE[module, name], key=lambda row: row.name)]
    assert positions == sorted(positions)
    assert "'raw_event': '[SENSITIVE]'" in text
    assert "raw data" not in text


@CLASSES
def test_rendering_changes_nothing(module, name):
    """T-4: rendering creates no object in an event."""
    data = {}

    str(load(module, name)(data))

    assert data == {}
