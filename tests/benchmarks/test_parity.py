from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

PARITY = Path(__file__).parent.parent.parent / "benchmarks" / "parity"
FUNCTIONS = sorted((PARITY / "functions").glob("*.py"))
ENTRIES = tomllib.loads((PARITY / "deliberate.toml").read_text(encoding="utf-8"))["deliberate"]
UTILITIES = [
    "appsync", "batch", "bedrock", "circuit_breaker", "data_classes", "flags", "idempotency", "jmespath", "kafka",
    "logger", "masking", "metrics", "middleware", "parameters", "parser", "rest", "streaming", "tracer", "typing",
    "validation",
]  # fmt: skip


@pytest.fixture
def records(monkeypatch):
    """The module that compares records."""
    monkeypatch.syspath_prepend(PARITY)
    import records

    return records


def run(folder, name, text):
    """Run a function as the comparison does, and return its record."""
    (folder / f"{name}.py").write_text(text, encoding="utf-8")
    command = [sys.executable, str(PARITY / "child.py"), str(folder), str(folder), name]
    subprocess.run(command, check=True, timeout=60)
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("utility", UTILITIES)
def test_every_utility_has_functions(utility):
    """The functions that are compared use each utility."""
    assert [path.stem for path in FUNCTIONS if path.stem.startswith(utility)]


@pytest.mark.parametrize("path", FUNCTIONS, ids=lambda path: path.stem)
def test_a_function_is_written_for_the_original_and_has_events(path):
    """Each file says what it is, imports the original and nothing of ours, and has a handler and events."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    modules |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    bound = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    bound |= {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets[:1]
        if isinstance(target, ast.Name)
    }

    assert ast.get_docstring(tree)
    assert any(module.startswith("aws_lambda_powertools") for module in modules)
    assert not any(module.startswith("lambda_powertools") for module in modules)
    assert {"handler", "EVENTS"} <= bound


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry['function']}-{entry['path']}")
def test_what_differs_on_purpose_has_its_reason(entry):
    """Each entry names functions that there are, a path, a reason and where it is specified."""
    prefix = entry["function"].rstrip("*")

    assert entry.keys() <= {"function", "path", "reason", "source", "ways"}
    assert all(entry[key].strip() for key in ("path", "reason", "source"))
    assert any(path.stem == prefix or ("*" in entry["function"] and path.stem.startswith(prefix)) for path in FUNCTIONS)


def test_a_record_has_what_a_function_did(tmp_path, records):
    """Responses, exceptions, log lines, metrics and other output are told apart, invocation by invocation."""
    text = (
        "import json\nENVIRONMENT = {'STAGE': 'test'}\nEVENTS = [{'n': 1}, {'n': 0}]\n"
        "def handler(event, context):\n"
        "    import os\n"
        "    print(json.dumps({'level': 'INFO', 'location': 'handler:7', 'timestamp': 'now'}))\n"
        "    print(json.dumps({'_aws': {'Timestamp': 5}, 'N': [1.0]}))\n"
        "    print('plain')\n"
        "    return {'half': 1 / event['n'], 'id': context.aws_request_id, 'stage': os.environ['STAGE']}\n"
    )
    record = records.normalised("one", run(tmp_path, "one", text))
    good, bad = record["invocations"]

    assert good["response"] == {"half": 1.0, "id": "request-1", "stage": "test"}
    assert good["logs"] == [
        {"level": "INFO", "location": "handler", "timestamp": "<time>", "(order)": ["level", "location", "timestamp"]}
    ]
    assert (good["metrics"], good["output"]) == ([{"_aws": {"Timestamp": "<time>"}, "N": [1.0]}], ["plain"])
    assert bad["error"] == {"type": "ZeroDivisionError", "message": "division by zero", "cause": None}


def test_a_function_that_cannot_be_imported_is_recorded(tmp_path, records):
    """An import that fails is a difference, not the end of the comparison."""
    record = records.normalised("two", run(tmp_path, "two", "import no_such_module\n"))

    assert record["initialisation"]["type"] == "ModuleNotFoundError"
    assert records.normalised("two", None) == {"process": "crashed"}


@pytest.mark.parametrize(
    ("original", "other", "paths"),
    [
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 2}]}, []),
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 3}]}, ["a[1].b"]),
        ({"a": 1}, {"b": 1}, ["a", "b"]),
        ({"a": [1]}, {"a": [1, 2]}, ["a"]),
        ({"a": 1}, {"a": 1.0}, ["a"]),
        ({"a": 1}, {"a": True}, ["a"]),
    ],
)
def test_every_difference_has_its_path(records, original, other, paths):
    """Values, their types, and what one side lacks are compared; lists of different lengths as a whole."""
    assert [item.path for item in records.differences("f", "compat", original, other)] == paths


def test_subsegments_make_a_tree_however_they_arrive(records):
    """Sent one by one, or one within the other, they are the same."""
    inner = {"id": "2", "name": "in", "start_time": 2.0, "fault": True}
    outer = {"id": "1", "name": "out", "start_time": 1.0, "parent_id": "0"}
    apart = records._tree([{**inner, "parent_id": "1"}, outer])
    within = records._tree([{**outer, "subsegments": [inner]}])

    assert apart == within
    assert [(span["name"], [child["name"] for child in span["children"]]) for span in apart] == [("out", ["in"])]


def test_only_what_is_listed_is_deliberate(records):
    """A difference is open unless an entry has its function, path and way; entries that explain none are told of."""
    import importlib

    run_module = importlib.import_module("run")
    found = {
        way: {"logger_x": records.differences("logger_x", way, {"a": [1], "b": 1}, {"a": [2], "b": 2})}
        for way in ("compat", "migrated")
    }
    entries = [
        {"function": "logger_*", "path": "a[*]"},
        {"function": "logger_x", "path": "b", "ways": ["compat"]},
        {"function": "logger", "path": "*"},
    ]
    still_open, used = run_module._sort(found, entries)

    assert [(item.way, item.path) for item in still_open] == [("migrated", "b")]
    assert used == {id(entries[0]), id(entries[1])}
    assert run_module._table(found, still_open).splitlines()[2:] == [
        "| compat | 1 | 0 | 1 | 0 |",
        "| migrated | 1 | 0 | 0 | 1 |",
    ]
