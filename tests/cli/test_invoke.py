from __future__ import annotations

import json

import pytest

# A function that does by hand what logger, metrics and tracer do.
ORDERS = """
    import json, os, socket

    print("at import")

    def handler(event, context):
        print(json.dumps({"level": "WARNING", "message": "placed", "timestamp": "noon", "order": event.get("id")}))
        print(json.dumps({
            "_aws": {"Timestamp": 1, "CloudWatchMetrics": [{
                "Namespace": "Shop", "Dimensions": [["service"]], "Metrics": [{"Name": "Orders", "Unit": "Count"}],
            }]},
            "service": "orders", "Orders": [3.0],
        }))
        trace()
        if event.get("fail"):
            raise ValueError("declined")
        return {"id": event.get("id")}

    def trace():
        header = dict(part.split("=") for part in os.environ["_X_AMZN_TRACE_ID"].split(";"))
        host, port = os.environ["AWS_XRAY_DAEMON_ADDRESS"].split(":")
        segment = {
            "id": "a" * 16, "parent_id": header["Parent"], "trace_id": header["Root"], "name": "## handler",
            "start_time": 1.0, "end_time": 1.25, "annotations": {"ColdStart": True},
            "subsegments": [{"id": "b" * 16, "name": "payment", "start_time": 1.0, "end_time": 1.125, "fault": True}],
        }
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.sendto(b'{"format":"json","version":1}\\n' + json.dumps(segment).encode(), (host, int(port)))
"""


def test_everything_of_an_invocation_is_shown(project, powertools):
    """Response, logs, metrics and trace of one invocation appear, each under its heading, with the timings."""
    project(app=ORDERS)

    finished = powertools("invoke", "app:handler", "-e", "-", stdin='{"id": 7}')

    assert finished.code == 0, finished.err
    lines = finished.out.splitlines()
    assert "at import" in lines
    assert "noon WARNING  placed  order=7" in lines
    assert any(line.split() == ["Shop", "Orders", "3", "Count", "service=orders"] for line in lines)
    assert "└── ## handler  250.00 ms  ColdStart=True" in lines
    assert "    └── payment  125.00 ms  FAULT" in lines
    assert lines[lines.index("Response") + 1 :] == ["{", '  "id": 7', "}"]
    assert " init " in lines[1]
    assert " duration " in lines[1]
    assert "\x1b" not in finished.out


def test_json_has_everything_for_machines(project, powertools):
    """With --json one document holds response, logs, metrics, trace, timings and the plugins of the handler."""
    project(app=ORDERS)
    (project.folder / "event.json").write_text('{"id": 7}', encoding="utf-8")

    finished = powertools("invoke", "app:handler", "-e", "event.json", "--json")

    (invocation,) = finished.json["invocations"]
    assert finished.json["failed"] is False
    assert invocation["response"] == {"id": 7}
    assert invocation["cold_start"] is True
    assert [record["order"] for record in invocation["logs"]] == [7]
    assert [item["Orders"] for item in invocation["metrics"]] == [[3.0]]
    assert invocation["trace"][0]["children"][0]["fault"] is True
    assert invocation["duration_ms"] > 0
    (environment,) = finished.json["environments"]
    assert environment["output"] == ["at import"]
    assert environment["duration_ms"] > 0


def test_handler_error_is_shown_and_fails_the_command(project, powertools):
    """Exit code 1, with type, message and the function's own frames, and all that was written before."""
    project(app=ORDERS)

    finished = powertools("invoke", "app:handler", "-e", "-", stdin='{"fail": true}')

    assert finished.code == 1
    assert "ValueError: declined" in finished.out
    assert "app.py" in finished.out
    assert "_worker.py" not in finished.out
    assert "placed" in finished.out


CONTEXT = """
    import os

    def handler(event, context):
        return {
            "name": context.function_name,
            "memory": context.memory_limit_in_mb,
            "remaining": context.get_remaining_time_in_millis(),
            "id": context.aws_request_id,
            "environment": dict(os.environ),
            "stdin": __import__("sys").stdin.read(),
        }
"""


def test_handler_sees_a_lambda_like_world(project, powertools):
    """Context, deadline and environment are as in Lambda, with what the options say."""
    project(app=CONTEXT)

    options = ("--timeout", "5", "--memory", "512", "--function-name", "orders", "--region", "eu-west-1")
    finished = powertools("invoke", "app:handler", "--json", *options, "--env", "STAGE=test", "--env", "EMPTY=")

    (invocation,) = finished.json["invocations"]
    response = invocation["response"]
    environment = response.pop("environment")
    assert 4000 < response.pop("remaining") <= 5000
    assert response == {"name": "orders", "memory": 512, "id": invocation["request_id"], "stdin": ""}
    assert environment["AWS_LAMBDA_FUNCTION_NAME"] == "orders"
    assert environment["AWS_REGION"] == "eu-west-1"
    assert environment["LAMBDA_TASK_ROOT"] == str(project.folder)
    assert environment["_HANDLER"] == "app.handler"
    assert environment["AWS_XRAY_DAEMON_ADDRESS"].startswith("127.0.0.1:")
    assert environment["_X_AMZN_TRACE_ID"].endswith("Sampled=1")
    assert (environment["STAGE"], environment["EMPTY"]) == ("test", "")


def test_function_name_is_the_module_s_by_default(project, powertools):
    """Without --function-name the function is called like its module."""
    project(app="def handler(event, context): return context.function_name")

    assert powertools("invoke", "app:handler", "--json").json["invocations"][0]["response"] == "app"


def test_event_is_empty_by_default(project, powertools):
    """Without -e the event is an empty object."""
    project(app="def handler(event, context): return event")

    assert powertools("invoke", "app:handler", "--json").json["invocations"][0]["response"] == {}


@pytest.mark.parametrize("path", ["shop.api:handler", "shop.api:service.handle"])
def test_handler_in_a_package_or_an_object_is_found(project, powertools, path):
    """Dotted paths lead into packages and into objects."""
    folder = project()
    (folder / "shop").mkdir()
    (folder / "shop" / "api.py").write_text(
        "class Service:\n    def handle(self, event, context): return 1\nservice = Service()\n"
        "def handler(event, context): return 1\n"
    )

    assert powertools("invoke", path, "--json").json["invocations"][0]["response"] == 1


@pytest.mark.parametrize(
    ("source", "kind", "message"),
    [
        ("async def handler(event, context): return 1", "Runtime.MarshalError", "@powertools an async handler works"),
        ("def handler(event, context): return object()", "Runtime.MarshalError", "object is not JSON serializable"),
        ("import os\ndef handler(event, context): os._exit(3)", "Runtime.ExitError", "exit status 3"),
        ("import sys\ndef handler(event, context): sys.exit(4)", "Runtime.ExitError", "exit status 4"),
        ("import os\ndef handler(event, context): os.abort()", "Runtime.ExitError", "signal SIGABRT"),
        ("import time\ndef handler(event, context): time.sleep(60)", "Sandbox.Timedout", "after 0.20 seconds"),
    ],
    ids=["coroutine", "object", "exit", "sys-exit", "crash", "timeout"],
)
def test_what_lambda_would_refuse_or_end_fails_the_command(project, powertools, source, kind, message):
    """A response that is no JSON, a process that dies and a handler that takes too long are errors, as in Lambda."""
    project(app=source)

    finished = powertools("invoke", "app:handler", "--timeout", "0.2", "--json")

    (invocation,) = finished.json["invocations"]
    assert finished.code == 1
    assert invocation["error"]["type"] == kind
    assert message in invocation["error"]["message"]


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("raise KeyError('TABLE')", "KeyError"),
        ("def handler(:", "SyntaxError"),
        ("import not_installed_anywhere", "ModuleNotFoundError"),
        ("import os; os._exit(5)", "Runtime.ExitError"),
    ],
    ids=["exception", "syntax", "import", "exit"],
)
def test_failed_initialisation_fails_the_command(project, powertools, source, kind):
    """What goes wrong while the module is imported is told as that, with exit code 1."""
    project(app=f"print('before')\n{source}")

    finished = powertools("invoke", "app:handler")

    assert finished.code == 1
    if kind != "SyntaxError":
        assert "before" in finished.out
    assert finished.out.partition("Initialisation failed\n")[2].startswith(kind)
    assert "importlib" not in finished.out


def test_output_of_any_kind_comes_through(project, powertools):
    """Partial lines, stderr, bytes that are no UTF-8, and a replaced stdout neither get lost nor break anything."""
    project(
        app="""
        import io, os, sys

        def handler(event, context):
            print("no newline", end="")
            sys.stdout.flush()
            os.write(1, b" \\xff\\n")
            print("to stderr", file=sys.stderr)
            os.system("echo from a child")
            sys.stdout = io.StringIO()
            return "fine \\u2713"
        """
    )

    (invocation,) = powertools("invoke", "app:handler", "--json").json["invocations"]

    assert invocation["output"] == ["no newline \ufffd", "to stderr", "from a child"]
    assert invocation["response"] == "fine \u2713"


def test_process_that_the_function_left_behind_does_not_hold_the_command(project, powertools):
    """A child that goes on running ends with the environment."""
    project(
        app="""
        import subprocess

        def handler(event, context):
            return subprocess.Popen(["sleep", "300"]).pid
        """
    )

    assert powertools("invoke", "app:handler").code == 0


def test_repeated_invocations_give_latencies_of_cold_and_warm_ones(project, powertools):
    """--repeat and --environments count what they say, and every environment has one cold start."""
    project(
        app="def handler(event, context): return event.pop('id')"
    )  # an event changed by one call is whole in the next

    options = ("-e", "-", "--repeat", "5", "--environments", "2")
    finished = powertools("invoke", "app:handler", "--json", *options, stdin='{"id": 7}')

    assert [item["response"] for item in finished.json["invocations"]] == [7] * 10
    assert [item["cold_start"] for item in finished.json["invocations"]] == [True, *[False] * 4] * 2
    assert len({item["request_id"] for item in finished.json["invocations"]}) == 10
    latency = finished.json["latency_ms"]
    assert {kind: figures["samples"] for kind, figures in latency.items()} == {"init": 2, "cold": 2, "warm": 8}
    for figures in latency.values():
        assert figures["min"] <= figures["p50"] <= figures["p95"] <= figures["max"]


def test_latency_table_is_plain_without_a_terminal(project, powertools):
    """The table has a line for each kind, the progress bar stays away, and a failure is counted and shown."""
    project(
        app="""
        calls = []

        def handler(event, context):
            calls.append(1)
            if len(calls) == 2:
                raise OSError("once")
        """
    )

    finished = powertools("invoke", "app:handler", "--repeat", "4")

    assert finished.code == 1
    assert "4 invocations in 1 environments, 1 failed" in finished.out
    assert [line.split()[:2] for line in finished.out.splitlines() if line[:4] in {"init", "cold", "warm"}] == [
        ["init", "1"],
        ["cold", "1"],
        ["warm", "3"],
    ]
    assert "OSError: once" in finished.out
    assert finished.err == ""


def test_environment_that_crashes_is_replaced(project, powertools):
    """After a crash the next invocation is a cold start of a new environment, as in Lambda."""
    project(
        app="""
        import os
        calls = []

        def handler(event, context):
            calls.append(1)
            if len(calls) == 2:
                os._exit(1)
        """
    )

    finished = powertools("invoke", "app:handler", "--repeat", "4", "--json")

    assert [item["cold_start"] for item in finished.json["invocations"]] == [True, False, True, False]
    assert len(finished.json["environments"]) == 2


def test_plugins_around_the_handler_are_named(project, powertools, site):
    """The plugins of a decorated handler are shown, outermost first."""
    folder = site(
        inner="    name = 'inner'\n    order = 2\n    @hookimpl\n    def before_invoke(self): print('in')",
        outer="    name = 'outer'\n    order = 1\n    @hookimpl\n    def before_invoke(self): print('out')",
    )
    project(app="from lambda_powertools.core import powertools\n@powertools\ndef handler(event, context): pass")

    finished = powertools(
        "invoke", "app:handler", "--json", env={"PYTHONPATH": str(folder), "POWERTOOLS_PLUGINS": "inner,outer"}
    )

    assert finished.json["environments"][0]["plugins"] == ["outer", "inner"]
    assert finished.json["invocations"][0]["output"] == ["out", "in"]


def test_output_fits_80_columns_where_they_are_asked_for(project, powertools):
    """With COLUMNS=80 no line of the frame is longer, and NO_COLOR changes nothing of plain output."""
    project(app=ORDERS)

    narrow = powertools("invoke", "app:handler", env={"COLUMNS": "80", "NO_COLOR": "1"})

    assert narrow.code == 0
    assert max(map(len, narrow.out.splitlines())) <= 80


def test_progress_is_shown_on_a_terminal_only(project):
    """On a terminal --repeat draws a progress bar to stderr; stdout stays what it is without one."""
    pty = pytest.importorskip("pty", reason="needs pseudo-terminals")
    import os
    import subprocess
    import sys

    project(app="def handler(event, context): pass")
    ours, theirs = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("POWERTOOLS_", "AWS_"))}
    command = [sys.executable, "-m", "lambda_powertools.cli", "invoke", "app:handler", "--repeat", "3", "--json"]
    result = subprocess.run(
        command,
        cwd=project.folder,
        env=environment | {"TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=True,
    )
    os.close(theirs)
    drawn = os.read(ours, 100_000)
    os.close(ours)

    assert b"Invoking" in drawn
    assert len(json.loads(result.stdout)["invocations"]) == 3
