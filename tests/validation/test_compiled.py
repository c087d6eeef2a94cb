import json
import subprocess
import sys

import pytest

from lambda_powertools.validation import InvalidSchemaFormatError, SchemaValidationError, compiled
from lambda_powertools.validation.codegen import SchemaSource, write_module

ORDER = {
    "$id": "http://example.com/order",
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string", "format": "order-id"},
        "email": {"format": "email"},
        "lines": {"type": "array", "items": {"$ref": "#/definitions/line"}, "default": []},
    },
    "definitions": {"line": {"type": "object", "patternProperties": {'^"x': {"type": "integer"}}}},
}
FORMATS = {"order-id": "^A"}


def run(folder, code, **environment):
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={"PATH": "", "PYTHONPATH": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


PROGRAM = """
import json, sys
from lambda_powertools.validation import SchemaValidationError, validate
schema = json.loads({schema!r})
found = [validate({{"id": "A1"}}, schema, formats={{"order-id": "^A", "unused": len}})]
for wrong in ({{"id": "B"}}, {{"id": "A", "lines": [{{'"x': "1"}}]}}, {{"id": "A", "email": "no"}}, []):
    try:
        validate(wrong, schema, formats={{"order-id": "^A"}})
    except SchemaValidationError as error:
        found.append([str(error), error.rule, error.rule_definition])
print(json.dumps([found, "fastjsonschema" in sys.modules]))
"""


@pytest.mark.parametrize(
    ("module", "environment"),
    [("powertools_schemas", {}), ("other_schemas", {"POWERTOOLS_VALIDATION_MODULE": "other_schemas"})],
)
def test_module_is_used_in_place_of_compiling(tmp_path, module, environment):
    """With the module a process validates as without it, the same messages included, and never loads fastjsonschema."""
    program = PROGRAM.format(schema=json.dumps(ORDER))
    without, loaded = run(tmp_path, program)
    assert loaded

    (tmp_path / f"{module}.py").write_text(write_module([SchemaSource("order", ORDER, FORMATS)]), encoding="utf-8")

    assert run(tmp_path, program, **environment) == [without, False]
    assert len(without) == 5


@pytest.fixture
def loaded(monkeypatch):
    """Run a module's source as an import would, and forget what it registered afterwards."""
    monkeypatch.setattr(compiled, "_ready", {})

    def load(*sources):
        names = {}
        exec(write_module(sources), names)  # noqa: S102  # what was written is what is tested
        return names

    return load


def test_function_of_the_module(loaded):
    """The functions have the names they were given, return the data and raise the usual error."""
    module = loaded(SchemaSource("order", ORDER, FORMATS), SchemaSource("text", {"type": "string"}))

    assert module["order"]({"id": "A1"}) == {"id": "A1", "lines": []}
    assert module["text"]("a") == "a"
    with pytest.raises(SchemaValidationError) as caught:
        module["text"](5)
    assert (caught.value.path, caught.value.rule, caught.value.value_type) == (["data"], "type", "int")


def test_default_is_not_shared(loaded):
    """A default of a compiled schema is new for each event."""
    order = loaded(SchemaSource("order", ORDER, FORMATS))["order"]

    order({"id": "A1"})["lines"].append({})

    assert order({"id": "A1"})["lines"] == []


@pytest.mark.parametrize(
    ("formats", "options", "found"),
    [
        ({"order-id": "^A"}, {}, True),
        ({"order-id": "^A", "unused": "x"}, {}, True),
        ({"order-id": "^B"}, {}, False),
        ({"order-id": len}, {}, False),
        ({"order-id": "^A", "email": "."}, {}, False),
        ({}, {}, False),
        ({"order-id": "^A"}, {"use_default": False}, False),
    ],
)
def test_module_serves_equal_requests_only(loaded, formats, options, found):
    """The formats that the schema uses, and the options, must be those that it was compiled with."""
    loaded(SchemaSource("order", ORDER, FORMATS))

    assert (compiled.find_compiled(ORDER, formats, options) is not None) is found


def test_changed_schema_is_not_served(loaded):
    """A schema that says something else than the one that was compiled is not found."""
    loaded(SchemaSource("order", ORDER, FORMATS))

    assert compiled.find_compiled({**ORDER, "required": []}, FORMATS, {}) is None


def test_all_failures_of_a_compiled_schema(loaded):
    """A schema compiled with fast_fail=False finds all failures."""
    schema = {"required": ["a"], "properties": {"b": {"type": "string"}}}
    check = loaded(SchemaSource("check", schema, {}, {"fast_fail": False}))["check"]

    with pytest.raises(SchemaValidationError) as caught:
        check({"b": 1})

    assert [error.rule for error in caught.value.errors] == ["required", "type"]


def test_module_of_another_format_is_ignored(monkeypatch):
    """What another release wrote in another form is not used."""
    monkeypatch.setattr(compiled, "_ready", {})

    compiled.register(compiled.FORMAT + 1, compiled.CompiledSchema("[true,{}]", lambda: len))

    assert compiled.find_compiled(True, {}, {}) is None


@pytest.mark.parametrize(
    ("sources", "message"),
    [
        ([SchemaSource("a", {}), SchemaSource("a", {})], "two schemas would be called 'a'"),
        ([SchemaSource("a-b", {})], "'a-b' is no name"),
        ([SchemaSource("a", {"type": "none such"})], "schema 'a': .*Unknown type"),
        ([SchemaSource("a", {"$ref": "http://example.com"})], "schema 'a': .*nothing is fetched"),
        ([SchemaSource("a", {"const": {1, 2}})], "cannot be written as JSON"),
    ],
)
def test_schemas_that_cannot_be_written_down(sources, message):
    """An unusable schema or name is an error that says which schema it is."""
    with pytest.raises(InvalidSchemaFormatError, match=message):
        write_module(sources)


def test_module_that_is_named_must_exist(tmp_path):
    """A wrong POWERTOOLS_VALIDATION_MODULE is an error, as validation would silently be slower."""
    code = (
        "import json\nfrom lambda_powertools.validation import validate\n"
        "try: validate({}, {})\nexcept ModuleNotFoundError as error: print(json.dumps(error.name))"
    )

    assert run(tmp_path, code, POWERTOOLS_VALIDATION_MODULE="none_such") == "none_such"
