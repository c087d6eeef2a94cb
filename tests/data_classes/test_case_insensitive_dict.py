import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_powertools.data_classes import CaseInsensitiveDict, DictWrapper

# Only ASCII has one lower case for each upper case and back, which the reference below relies on.
KEYS = st.text("abAB-", max_size=3)
PAIRS = st.lists(st.tuples(KEYS, st.integers()))


def lowered(pairs):
    return {key.lower(): value for key, value in pairs}


@given(PAIRS, PAIRS)
def test_it_is_a_dictionary_of_lowered_keys(first, second):
    """DC-15, DC-16: whatever is done to it gives what a plain dictionary with lower-case keys gives."""
    reference, other = lowered(first), lowered(dict(second).items())
    found = CaseInsensitiveDict(first)
    assert dict(found) == reference
    assert list(found) == list(reference)
    assert repr(found) == repr(reference)

    for key, value in second:
        assert (key in found) is (key.lower() in reference)
        assert found.get(key.swapcase(), "none") == reference.get(key.lower(), "none")
        assert found.setdefault(key.upper(), value) == reference.setdefault(key.lower(), value)
        assert found[key.upper()] == reference[key.lower()]
    for key, _ in first:
        assert found.pop(key.upper(), None) == reference.pop(key.lower(), None)
    found.update(first, extra=1)
    reference.update(lowered(first), extra=1)
    assert dict(found) == reference
    assert dict(found | dict(second)) == reference | other
    assert dict(dict(second) | found) == other | reference
    found |= dict(second)
    assert dict(found) == reference | other


@given(st.dictionaries(KEYS, st.integers()), st.dictionaries(KEYS, st.integers()))
def test_equality_ignores_case(first, second):
    """DC-17: equality is that of the lowered keys, with any mapping, and != is its negation."""
    left = CaseInsensitiveDict(first)
    expected = lowered(first.items()) == lowered(second.items())

    for right in (second, CaseInsensitiveDict(second), DictWrapper(second)):
        assert (left == right) is expected
        assert (left != right) is not expected


@pytest.mark.parametrize("other", [None, 1, "a", [("a", 1)], {1: 2}])
def test_it_equals_no_other_things(other):
    """DC-17: with anything but a mapping of text it is unequal."""
    found = CaseInsensitiveDict(a=1)

    assert (found == other) is False
    assert (found != other) is True


def test_keys_that_differ_in_case_are_one():
    """DC-15: the later value wins."""
    assert CaseInsensitiveDict([("A", 1), ("a", 2)]) == {"a": 2}
    assert CaseInsensitiveDict({"A": 1}, a=2) == {"a": 2}


@pytest.mark.parametrize("nothing", [(), (None,), ({},)])
def test_nothing_gives_an_empty_dictionary(nothing):
    """DC-16: None is no data, also to update."""
    found = CaseInsensitiveDict(*nothing)
    found.update(*nothing)

    assert found == {}


def test_item_access():
    """DC-16: items are set, read and deleted in any case; pop without default raises."""
    found = CaseInsensitiveDict()
    found["Host"] = "h"

    assert found["HOST"] == "h"
    del found["hOST"]
    with pytest.raises(KeyError):
        del found["host"]
    with pytest.raises(KeyError):
        found.pop("host")
    with pytest.raises(KeyError):
        found["host"]


def test_copies_and_unions_are_of_the_same_type():
    """DC-16: copy, the unions and fromkeys give a case-insensitive dictionary, apart from the first."""
    found = CaseInsensitiveDict({"A": 1})
    copied = found.copy()
    copied["B"] = 2

    assert found == {"a": 1}
    for result in (copied, found | {"B": 1}, {"B": 1} | found, CaseInsensitiveDict.fromkeys(["A"], 1)):
        assert type(result) is CaseInsensitiveDict
        assert "A" in result


@pytest.mark.parametrize("other", [None, 1, [("a", 1)]])
def test_a_union_with_what_is_no_mapping(other):
    """DC-17: it is not implemented, so Python raises a TypeError."""
    with pytest.raises(TypeError):
        CaseInsensitiveDict() | other
    with pytest.raises(TypeError):
        other | CaseInsensitiveDict()
    found = CaseInsensitiveDict()
    with pytest.raises(TypeError):
        found |= other


def test_hash():
    """DC-18: equal dictionaries of hashable values have one hash, others none."""
    assert hash(CaseInsensitiveDict(A=1)) == hash(CaseInsensitiveDict(a=1))
    with pytest.raises(TypeError):
        hash(CaseInsensitiveDict(a=[]))


@pytest.mark.parametrize("key", [1, None, b"a", ("a",)])
def test_keys_that_are_no_text(key):
    """DC-19: they are absent on lookup and a TypeError on insertion."""
    found = CaseInsensitiveDict(a=1)

    assert key not in found
    assert found.get(key, "none") == "none"
    assert found.pop(key, "none") == "none"
    with pytest.raises(KeyError):
        found[key]
    for insert in (
        lambda: found.__setitem__(key, 1),
        lambda: found.setdefault(key, 1),
        lambda: found.update({key: 1}),
        lambda: CaseInsensitiveDict({key: 1}),
    ):
        with pytest.raises(TypeError, match="keys of a CaseInsensitiveDict are text"):
            insert()
    assert found == {"a": 1}
