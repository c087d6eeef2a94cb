from __future__ import annotations

import pytest

HANDLER = """
    config = {}

    def handler(event, context):
        return event
"""


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["invoke", "app.handler"],
            "'app.handler' does not name a handler as MODULE:HANDLER, e.g. app:handler. Did you mean",
        ),
        (["invoke", "app.py:handler"], "Did you mean app:handler?"),
        (["invoke", "src/app.py:handler"], "Did you mean src.app:handler?"),
        (["invoke", "app:"], "'app:' does not name a handler"),
        (["invoke", "a b:c"], "'a b:c' does not name a handler"),
        (["invoke", "ap:handler"], "there is no module 'ap' in "),
        (["invoke", "ap:handler"], "did you mean 'app'?"),
        (["invoke", "app.inner:handler"], "there is no module 'app.inner' in "),
        (["invoke", "app:hander"], "module 'app' has no 'hander': did you mean 'handler'?"),
        (["invoke", "app:config.get_it"], "dict {} has no 'get_it'"),
        (["invoke", "app:config"], "app:config is not callable: it is a dict"),
        (["invoke", "app:handler", "-e", "missing.json"], "event file missing.json does not exist"),
        (["invoke", "app:handler", "-e", "."], "event file . cannot be read"),
        (["invoke", "app:handler", "-e", "bad.json"], "bad.json, line 2, column 8: not JSON: Expecting"),
        (["invoke", "app:handler", "-e", "bytes.json"], "bytes.json is not JSON: byte 1 is not UTF-8"),
        (["invoke", "app:handler", "-e", "-"], "standard input, line 1, column 1: not JSON: Expecting value"),
        (["invoke", "app:handler", "--env", "STAGE"], "--env takes KEY=VALUE, not 'STAGE'"),
        (["invoke", "app:handler", "--repeat", "0"], "Invalid value for '--repeat'"),
        (["invoke", "app:handler", "--timeout", "soon"], "Invalid value for '--timeout'"),
        (["invoke", "app:handler", "--timeout", "0"], "Invalid value for '--timeout'"),
        (["invoke", "app:config.get", "--runtime"], "app:config.get is inside an object: leave --runtime out"),
        (["invoke"], "Missing argument 'MODULE:HANDLER'"),
        (["invok"], "There is no command 'invok': did you mean 'invoke'?"),
        (["doctor", "--budget", "fast"], "--budget takes a duration such as 20ms or 0.5s, not 'fast'"),
        (["doctor", "--budget", "0ms"], "--budget takes a duration such as 20ms or 0.5s, not '0ms'"),
        (["freeze", "--path", "missing"], "--path missing is not a folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_each_mistake_is_one_message(project, powertools, arguments, message):
    """Bad input ends with exit code 2, one message that names it and the mend, and no traceback."""
    folder = project(app=HANDLER)
    (folder / "bad.json").write_text('{"id":\n 7, "x"}', encoding="utf-8")
    (folder / "bytes.json").write_bytes(b'"\xff"')

    finished = powertools(*arguments)

    assert finished.code == 2
    assert finished.out == ""
    assert message in finished.err
    assert finished.err.count("Error: ") == 1
    assert "Traceback" not in finished.err


@pytest.mark.parametrize("given", ["environment", "option"])
def test_setting_that_is_no_boolean_is_named(project, powertools, given):
    """A malformed POWERTOOLS_* variable is one message, whether it is inherited or given with --env."""
    project(app=HANDLER)
    if given == "environment":
        finished = powertools("invoke", "app:handler", env={"POWERTOOLS_TRACE_DISABLED": "perhaps"})
    else:
        finished = powertools("invoke", "app:handler", "--env", "POWERTOOLS_TRACE_DISABLED=perhaps")

    assert finished.code == 2
    assert finished.err.startswith("Error: environment variable POWERTOOLS_TRACE_DISABLED is 'perhaps': allowed are")


@pytest.mark.parametrize(
    ("decorator", "message"),
    [
        ("powertools(audti=True)", "no plugin is called 'audti': did you mean 'audit'?"),
        ("powertools(audit={'topik': 'x'})", "plugin 'audit' has no option 'topik': did you mean 'topic'?"),
        ("powertools(disable='audit')", "disable takes names of plugins"),
    ],
)
@pytest.mark.parametrize("runtime", [[], ["--runtime"]], ids=["local", "runtime"])
def test_typo_in_the_decorator_is_shown_as_core_words_it(project, powertools, site, decorator, message, runtime):
    """An unknown plugin or option is the core's own message, no traceback, exit code 2."""
    if runtime:
        pytest.importorskip("awslambdaric", reason="awslambdaric is not installed")
        pytest.importorskip("samcli", reason="aws-sam-cli is not installed")
    folder = site(
        audit="class Options:\n    def __init__(self, *, topic='a'): pass\n"
        "class Plug(Plugin[Options]):\n    name = 'audit'\n    Options = Options"
    )
    project(
        app=f"from lambda_powertools.core import powertools\n@{decorator}\ndef handler(event, context): return 1",
    )

    finished = powertools("invoke", "app:handler", *runtime, env={"PYTHONPATH": str(folder)})

    assert finished.code == 2
    assert finished.err.startswith(f"Error: {message}")
    assert "Traceback" not in finished.err
    assert finished.out == ""


def test_missing_emulator_is_named_with_what_to_install(project, powertools, bare):
    """--runtime without its distributions is one message that holds the command to install them."""
    project(app=HANDLER)
    python, path = bare
    finished = powertools("invoke", "app:handler", "--runtime", python=python, env={"PYTHONPATH": ":".join(path)})

    assert finished.code == 2
    assert "pip install awslambdaric aws-sam-cli" in finished.err
    assert "which are not installed" in finished.err
