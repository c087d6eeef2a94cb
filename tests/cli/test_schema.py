from __future__ import annotations

import json

import pytest

ORDER = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string", "format": "order-id"}}}


@pytest.fixture
def schemas(project):
    """A project with a schema in a file and one in a module."""
    folder = project(
        app="""
        import json, sys
        import app_schemas
        from lambda_powertools.validation import validate

        def handler(event, context):
            order = json.load(open("order-v2.schema.json"))
            validate(event, order, formats={"order-id": "^A"})
            validate(event, app_schemas.ANSWER)
            return "fastjsonschema" in sys.modules
        """,
        app_schemas="ANSWER = {'type': 'object'}",
    )
    (folder / "order-v2.schema.json").write_text(json.dumps(ORDER))
    return folder


COMPILE = ("schema", "compile", "order-v2.schema.json", "app_schemas:ANSWER", "--format", "order-id=^A")


def test_compiled_schemas_are_used_by_the_handler(powertools, schemas):
    """`schema compile` writes a function for each schema, and the handler then compiles nothing."""
    before = powertools("invoke", "app:handler", "--event", "-", "--json", stdin='{"id": "A1"}')
    finished = powertools(*COMPILE, "-o", "powertools_schemas.py")
    after = powertools("invoke", "app:handler", "--event", "-", "--json", stdin='{"id": "A1"}')

    assert finished.code == 0, finished.err
    assert finished.out == "powertools_schemas.py: order_v2, answer\n"
    assert [run.json["invocations"][0]["response"] for run in (before, after)] == [True, False]
    assert [path.name for path in schemas.iterdir() if path.name.startswith(".")] == []


def test_check_compares(powertools, schemas):
    """--check writes nothing and fails until the module is there and says what the schemas say."""
    command = (*COMPILE, "-o", "out.py")
    missing = powertools(*command, "--check")
    powertools(*command)
    same = powertools(*command, "--check")
    (schemas / "app_schemas.py").write_text("ANSWER = {}")
    changed = powertools(*command, "--check")

    assert (missing.code, same.code, changed.code) == (1, 0, 1)
    assert "there is none" in missing.err
    assert same.out == "out.py: matches\n"
    assert "have changed" in changed.err


def test_name_can_be_given(powertools, schemas):
    """name=SCHEMA calls the function so."""
    finished = powertools("schema", "compile", "answer=app_schemas:ANSWER", "-o", "out.py")

    assert finished.out == "out.py: answer\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["none.json", "-o", "out.py"], 2, "none.json cannot be read"),
        (["app.py", "-o", "out.py"], 1, "app.py is no JSON"),
        (["app_schemas:NONE", "-o", "out.py"], 2, "module app_schemas has no NONE"),
        (["none_such:A", "-o", "out.py"], 1, "module none_such cannot be imported"),
        (["order-v2.schema.json", "-o", "out.py"], 1, "uses the format 'order-id'"),
        (["app_schemas:ANSWER", "-o", "out"], 2, "a file that can be imported"),
        (["app_schemas:ANSWER", "-o", "none/out.py"], 1, "cannot be written"),
        (["app_schemas:ANSWER", "--format", "x", "-o", "out.py"], 2, "give NAME=REGEX"),
        (["app_schemas:ANSWER", "app_schemas:ANSWER", "-o", "out.py"], 1, "two schemas would be called"),
        ([], 2, "Missing"),
    ],
)
def test_what_cannot_work_is_said(powertools, schemas, arguments, code, message):
    """Each mistake is one message and an exit code, and no module is written."""
    finished = powertools("schema", "compile", *arguments)

    assert finished.code == code
    assert message in " ".join(finished.err.split())
    assert "Traceback" not in finished.err
    assert not (schemas / "out.py").exists()
