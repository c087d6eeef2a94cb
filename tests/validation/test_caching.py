import copy
import sys
import threading
from collections import OrderedDict
from decimal import Decimal

import pytest

from lambda_powertools.validation import InvalidSchemaFormatError, SchemaValidationError, validate
from lambda_powertools.validation._cache import MAX_VALIDATORS, ValidatorCache, validators

NAMED = {"type": "object", "required": ["name"]}


def test_schema_is_compiled_once(compilations):
    """VAL-30, VAL-32: the same schema, and another with the same content, are compiled once."""
    schema = copy.deepcopy(NAMED)
    for _ in range(3):
        validate({"name": 1}, schema)
        validate({"name": 1}, copy.deepcopy(schema))

    assert compilations == [NAMED]


@pytest.mark.parametrize(
    ("change", "data"),
    [
        (lambda schema: schema.update(required=["id"]), {"name": 1}),
        (lambda schema: schema["required"].append("id"), {"name": 1}),
        (lambda schema: schema["properties"]["name"].update(maximum=0), {"name": 1}),
    ],
)
def test_changed_schema_is_compiled_again(change, data):
    """VAL-32: a dict that is changed in place, however deep, is another schema."""
    schema = {"required": ["name"], "properties": {"name": {"maximum": 5}}}
    validate(data, schema)

    change(schema)

    with pytest.raises(SchemaValidationError):
        validate(data, schema)


@pytest.mark.parametrize(("before", "after"), [(1, True), (0, False), (True, 1), (False, 0), (1.0, True), (True, 1.0)])
def test_one_and_true_are_different_schemas(before, after):
    """VAL-32: 1 and true are equal in Python and not in a schema, also where one takes the other's place."""
    schema = {"enum": [before]}
    assert validate(before, schema) == before

    schema["enum"][0] = after

    with pytest.raises(SchemaValidationError):
        validate(before, schema)
    with pytest.raises(SchemaValidationError):
        validate(before, {"enum": [after]})


def test_formats_handlers_and_options_are_part_of_the_key(compilations):
    """VAL-32: equal regular expressions and identical functions hit, others do not."""

    def even(value):
        return len(value) % 2 == 0

    def odd(value):
        return not even(value)

    schema = {"type": "string", "format": "f"}
    validate("ab", schema, formats={"f": even})
    validate("ab", schema, formats={"f": even})
    with pytest.raises(SchemaValidationError):
        validate("ab", schema, formats={"f": odd})
    validate("ab", schema, formats={"f": "a"})
    validate("ab", schema, formats={"f": str(b"a", "ascii")})
    validate("ab", schema, formats={"f": "a|b"})
    validate("ab", schema, formats={"f": "a"}, handlers={"x": odd})
    validate("ab", schema, formats={"f": "a"}, provider_options={"fast_fail": False})
    validate("ab", schema, formats={"f": "a"}, provider_options={"fast_fail": False})

    assert len(compilations) == 6


def test_functions_that_say_they_are_equal_are_still_two():
    """VAL-32: functions are told apart by identity, whatever their `__eq__` says."""

    class Format:
        def __init__(self, answer):
            self.answer = answer

        def __call__(self, value):
            return self.answer

        def __eq__(self, other):
            return True

        def __hash__(self):
            return 1

    assert validate("a", {"format": "f"}, formats={"f": Format(True)})
    with pytest.raises(SchemaValidationError):
        validate("a", {"format": "f"}, formats={"f": Format(False)})


def test_failed_compilation_is_not_kept(compilations):
    """VAL-33: a schema that does not compile is tried again each time."""
    for _ in range(2):
        with pytest.raises(InvalidSchemaFormatError):
            validate({}, {"type": "none such"})

    assert len(compilations) == 2
    assert len(validators) == 0


@pytest.mark.parametrize(("schema", "times"), [(OrderedDict(type="object"), 1), ({"title": Decimal(1)}, 2)])
def test_schema_that_is_no_plain_json(schema, times, compilations):
    """VAL-32: a subclass of dict is cached by its JSON text; what has none is compiled each time."""
    for _ in range(2):
        assert validate({}, copy.deepcopy(schema)) is not None

    assert len(compilations) == times


def test_number_of_validators_is_bounded(compilations):
    """VAL-32: of more schemas than that the ones used lately are kept, and a schema that is held elsewhere is freed."""
    hot = {"type": "object", "title": "hot"}
    for number in range(MAX_VALIDATORS * 2):
        validate({}, {"type": "object", "title": number})
        validate({}, hot)

    assert len(validators) == MAX_VALIDATORS
    assert len(compilations) == MAX_VALIDATORS * 2 + 1
    validate({}, {"type": "object", "title": MAX_VALIDATORS * 2 - 1})
    assert len(compilations) == MAX_VALIDATORS * 2 + 1


def test_evicted_schema_is_let_go():
    """A cache keeps no schema whose validator it has dropped."""
    cache = ValidatorCache(size=2)
    first = {"title": "first"}
    held = sys.getrefcount(first)
    cache.find(first, None, None, None)
    for number in range(5):
        cache.find({"title": number}, None, None, None)

    assert len(cache) == 2
    assert sys.getrefcount(first) == held


def test_new_schema_with_the_id_of_an_old_one():
    """Schemas that are made and thrown away, and get each other's ids, are never taken for each other."""
    for number in range(300):
        with pytest.raises(SchemaValidationError, match=f"n{number}'"):
            validate({}, {"required": [f"n{number}"]})


def test_threads_validate_at_the_same_time():
    """VAL-12: threads that share the cache, small enough to be always full, each get their own schema's answer."""
    wrong = []

    def work(worker):
        for number in range(200):
            name = f"{worker}-{number % 70}"
            if validate({name: 1}, {"required": [name]}) != {name: 1}:
                wrong.append(name)
            try:
                validate({}, {"required": [name]})
            except SchemaValidationError as error:
                if error.rule_definition != [name]:
                    wrong.append(name)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert len(validators) == MAX_VALIDATORS
