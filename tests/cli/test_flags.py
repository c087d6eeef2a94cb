from __future__ import annotations

import json

import pytest

FEATURES = {
    "new_layout": {
        "default": False,
        "rules": {
            "premium in Europe": {
                "when_match": True,
                "conditions": [
                    {"action": "EQUALS", "key": "tier", "value": "premium"},
                    {"action": "IN", "key": "country", "value": ["NL", "DE"]},
                ],
            }
        },
    },
    "limits": {"default": {"max": 3}, "boolean_type": False},
}

YAML = """
new_layout:
  default: false
  rules:
    office hours:
      when_match: true
      conditions:
        - {action: SCHEDULE_BETWEEN_TIME_RANGE, key: CURRENT_TIME, value: {START: 00:00, END: 23:59}}
"""


@pytest.fixture
def written(project):
    """Write a configuration into the project's folder and return its name."""

    def write(document, name="features.json"):
        text = document if isinstance(document, str) else json.dumps(document)
        (project.folder / name).write_text(text, encoding="utf-8")
        return name

    return write


def test_a_valid_configuration_is_told(powertools, written):
    """Flags validate: file and number of features, exit code 0."""
    result = powertools("flags", "validate", written(FEATURES))

    assert (result.code, result.out, result.err) == (0, "features.json: 2 features, valid\n", "")


def test_every_broken_feature_is_named(powertools, written):
    """Flags validate: feature, rule and condition of each, exit code 1."""
    bad = json.loads(json.dumps(FEATURES))
    bad["new_layout"]["rules"]["premium in Europe"]["conditions"][1]["action"] = "INN"
    bad["limits"]["boolean_type"] = True

    result = powertools("flags", "validate", written(bad))

    assert result.code == 1
    assert result.out == ""
    lines = result.err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("Error: features.json: 'action' must be one of EQUALS")
    assert lines[0].endswith("not 'INN', feature=new_layout, rule=premium in Europe, conditions[1]")
    assert lines[1] == "features.json: 'default' must be true or false, feature=limits"


def test_what_is_odd_is_a_warning(powertools, written):
    """Flags validate: empty rules are told on stderr and are no failure."""
    result = powertools("flags", "validate", written({"f": {"default": True, "rules": {}}}))

    assert result.code == 0
    assert "Warning: 'rules' of a feature is empty" in result.err


def test_validation_can_be_read_by_machines(powertools, written):
    """Flags validate --json: one document, with the exit code of the plain form."""
    good = powertools("flags", "validate", written(FEATURES), "--json")
    bad = powertools("flags", "validate", written({"f": {}}), "--json")

    assert (good.code, good.json) == (
        0,
        {"file": "features.json", "valid": True, "features": ["new_layout", "limits"], "problems": []},
    )
    assert (bad.code, bad.json["problems"]) == (1, ["A feature must be a non-empty dictionary, feature=f"])


def test_a_document_that_is_no_object_is_refused(powertools, written):
    """Flags validate: a list is not a configuration."""
    result = powertools("flags", "validate", written([1]))

    assert (result.code, "Features must be a dictionary" in result.err) == (1, True)


def test_what_each_feature_is_and_why(powertools, written):
    """Flags evaluate: a line for each feature, with its value as JSON and where it is from."""
    context = '{"tier": "premium", "country": "NL"}'

    result = powertools("flags", "evaluate", written(FEATURES), "--context", context)

    assert result.code == 0
    rows = [line.split(maxsplit=2) for line in result.out.splitlines()]
    assert ["new_layout", "true", "rule 'premium in Europe'"] in [[cell.strip() for cell in row] for row in rows]
    assert '{"max": 3}' in result.out
    assert "feature default" in result.out


def test_a_feature_is_explained_to_the_condition(powertools, written):
    """Flags evaluate --feature: each rule and condition, and why not."""
    result = powertools(
        "flags", "evaluate", written(FEATURES), "--context", '{"tier": "premium"}', "--feature", "new_layout"
    )

    assert result.code == 0
    assert result.out.splitlines() == [
        "new_layout is false",
        "  feature default",
        "  rule 'premium in Europe': does not match",
        '    tier EQUALS "premium": yes',
        '    country IN ["NL", "DE"]: the context has no \'country\'',
    ]


def test_an_evaluation_can_be_read_by_machines(powertools, written, project):
    """Flags evaluate --json: the explanations; the context may come from a file, the features from stdin and a part."""
    (project.folder / "context.json").write_text('{"tier": "premium", "country": "DE"}')

    result = powertools(
        "flags",
        *("evaluate", "-", "--envelope", "app.features", "--context", "@context.json", "--json"),
        stdin=json.dumps({"app": {"features": FEATURES}}),
    )

    assert result.code == 0
    assert [(one["feature"], one["value"], one["rule"]) for one in result.json] == [
        ("new_layout", True, "premium in Europe"),
        ("limits", {"max": 3}, None),
    ]


def test_a_configuration_may_be_yaml(powertools, written):
    """flags: by the suffix of the file; times need no quotes."""
    name = written(YAML, "features.yaml")

    assert powertools("flags", "validate", name).code == 0
    assert [one["value"] for one in powertools("flags", "evaluate", name, "--json").json] == [True]


def test_a_failed_comparison_is_a_warning(powertools, written):
    """Flags evaluate: values of the wrong kind are told, and do not match."""
    condition = {"action": "KEY_GREATER_THAN_VALUE", "key": "age", "value": 18}
    features = {"f": {"default": False, "rules": {"r": {"when_match": True, "conditions": [condition]}}}}

    result = powertools("flags", "evaluate", written(features), "--context", '{"age": "x"}')

    assert result.code == 0
    assert "Warning: A condition does not match as its comparison fails with TypeError" in result.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("validate", "nowhere.json"), 2, "nowhere.json does not exist"),
        (("validate", "broken.json"), 2, "the document is not JSON: Expecting property name"),
        (("validate", "features.json", "--envelope", "a["), 2, "cannot be parsed"),
        (("evaluate", "features.json", "--context", "tier=premium"), 2, "--context is not JSON"),
        (("evaluate", "features.json", "--context", "[1]"), 2, "--context must be a JSON object, not list"),
        (("evaluate", "features.json", "--context", "@nowhere.json"), 2, "context file nowhere.json cannot be read"),
        (("evaluate", "features.json", "--feature", "new_layuot"), 2, "did you mean 'new_layout'"),
        (("evaluate", "invalid.json"), 1, "invalid.json: A feature must be a non-empty dictionary, feature=f"),
        (("evaluate", "-"), 2, "standard input is not JSON"),
    ],
)
def test_what_cannot_work_is_one_message(powertools, written, arguments, code, message):
    """flags: bad input is told in one message, without a traceback."""
    written(FEATURES)
    written("{", "broken.json")
    written({"f": {}}, "invalid.json")

    result = powertools("flags", *arguments)

    assert result.code == code
    assert message in result.err
    assert "Traceback" not in result.err


def test_without_the_package_it_says_what_to_install(powertools, project, tmp_path):
    """flags: the package is asked for when it is used, and one message names it."""
    (project.folder / "block.py").write_text(
        "import sys\nsys.modules['lambda_powertools.feature_flags'] = None\n"
        "from lambda_powertools.cli.main import main\nmain(['flags', 'validate', 'x.json'], prog_name='powertools')\n"
    )
    import subprocess
    import sys

    result = subprocess.run(
        [sys.executable, "block.py"], cwd=project.folder, capture_output=True, text=True, check=False
    )

    assert result.returncode == 2
    assert 'pip install "lambda-powertools-feature-flags[yaml]"' in result.stderr
    assert "Traceback" not in result.stderr
