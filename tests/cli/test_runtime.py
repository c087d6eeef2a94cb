from __future__ import annotations

import pytest

pytest.importorskip("awslambdaric", reason="awslambdaric is not installed, --runtime cannot be tested")
pytest.importorskip("samcli", reason="aws-sam-cli is not installed, --runtime cannot be tested")

APP = """
    import json, os, socket, sys, time

    def handler(event, context):
        print(json.dumps({"level": "INFO", "message": "placed"}))
        if event.get("fail"):
            raise ValueError("declined")
        if event.get("exit"):
            sys.exit(3)
        if event.get("sleep"):
            time.sleep(event["sleep"])
        header = dict(part.split("=") for part in os.environ["_X_AMZN_TRACE_ID"].split(";"))
        host, port = os.environ["AWS_XRAY_DAEMON_ADDRESS"].split(":")
        segment = {"id": "a" * 16, "trace_id": header["Root"], "name": "## handler", "start_time": 1, "end_time": 2}
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.sendto(b'{"format":"json","version":1}\\n' + json.dumps(segment).encode(), (host, int(port)))
        return {"context": type(context).__module__, "name": context.function_name, "remaining":
                context.get_remaining_time_in_millis()}
"""


def test_handler_runs_under_lambda_s_own_runtime(project, powertools):
    """With --runtime the context is the real one, environment, trace and output are as without it."""
    project(app=APP)

    finished = powertools("invoke", "app:handler", "--runtime", "--json", "--timeout", "5", "--repeat", "3")

    assert finished.code == 0, finished.out + finished.err
    assert finished.json["mode"] == "runtime"
    assert [item["cold_start"] for item in finished.json["invocations"]] == [True, False, False]
    for invocation in finished.json["invocations"]:
        response = invocation["response"]
        assert response["context"] == "awslambdaric.lambda_context"
        assert response["name"] == "app"
        assert 3000 < response["remaining"] <= 5000
        assert invocation["logs"] == [{"level": "INFO", "message": "placed"}]
        assert invocation["output"] == []
        assert [node["name"] for node in invocation["trace"]] == ["## handler"]
        assert invocation["duration_ms"] > 0
    assert finished.json["environments"][0]["duration_ms"] > 0


@pytest.mark.parametrize(
    ("event", "kind", "message"),
    [
        ('{"fail": true}', "ValueError", "declined"),
        ('{"exit": true}', "Runtime.ExitError", "exit status 3"),
        ('{"sleep": 30}', "Sandbox.Timedout", "Task timed out after 1.00 seconds"),
    ],
)
def test_failure_under_the_runtime_fails_the_command(project, powertools, event, kind, message):
    """Error, exit and timeout are told as the runtime and the emulator tell them, with exit code 1."""
    project(app=APP)

    finished = powertools("invoke", "app:handler", "-e", "-", "--runtime", "--json", "--timeout", "1", stdin=event)

    (invocation,) = finished.json["invocations"]
    assert finished.code == 1
    assert invocation["error"]["type"] == kind
    assert message in invocation["error"]["message"]
    assert invocation["logs"] == [{"level": "INFO", "message": "placed"}]


def test_failed_initialisation_under_the_runtime_fails_the_command(project, powertools):
    """What goes wrong at import is the runtime's init error."""
    project(app="raise KeyError('TABLE')")

    finished = powertools("invoke", "app:handler", "--runtime")

    assert finished.code == 1
    assert "Initialisation failed\nKeyError: 'TABLE'" in finished.out


def test_wrong_path_under_the_runtime_is_a_usage_error(project, powertools):
    """A handler that does not exist is told with a suggestion, as without --runtime."""
    project(app=APP)

    finished = powertools("invoke", "app:hander", "--runtime")

    assert finished.code == 2
    assert "did you mean 'handler'?" in finished.err
