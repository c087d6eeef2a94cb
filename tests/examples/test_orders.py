from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import md5
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent.parent / "examples" / "orders"
EVENTS = json.loads((FOLDER / "events.json").read_text())
SETTINGS = {"POWERTOOLS_SERVICE_NAME": "orders", "POWERTOOLS_METRICS_NAMESPACE": "Shop"}


def run(*arguments, given=None):
    """Run Python in the folder of the example, with the settings of its functions."""
    return subprocess.run(
        [sys.executable, *arguments],
        input=given,
        cwd=FOLDER,
        env={**os.environ, **SETTINGS, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def invoke(handler, event):
    """Invoke a handler of the example with `powertools invoke` and return its report."""
    command = run(
        "-m", "lambda_powertools.cli", "invoke", f"app:{handler}", "-e", "-", "--json", given=json.dumps(event)
    )
    assert command.stderr == ""
    [invocation] = json.loads(command.stdout)["invocations"]
    return invocation


def nodes(trace):
    """Return every node of a trace by its name, several of one name as one list."""
    found = {}
    for node in trace:
        found.setdefault(node["name"], []).append(node)
        for name, below in nodes(node["children"]).items():
            found.setdefault(name, []).extend(below)
    return found


def metrics_of(invocation):
    """Return all values that an invocation measured."""
    return {name: emf[name] for emf in invocation["metrics"] for name in emf if isinstance(emf[name], list)}


def test_an_order_is_priced_logged_measured_and_traced():
    """place_order answers 201 with the price after the rebate; log, metrics and trace tell of the same order."""
    invocation = invoke("place_order", EVENTS["order"])

    assert invocation["response"]["statusCode"] == 201
    assert json.loads(invocation["response"]["body"])["total"] == 207.86
    [log] = invocation["logs"]
    assert (log["message"], log["customer"], log["total"]) == ("order placed", "ada@example.com", 207.86)
    assert metrics_of(invocation) == {"ColdStart": [1.0], "OrderPlaced": [1.0], "OrderValue": [207.86]}
    assert invocation["metrics"][-1]["channel"] == "web"
    found = nodes(invocation["trace"])
    assert list(found) == ["## place_order", "## app.calculate_price"]
    assert found["## app.calculate_price"][0]["annotations"] == {"items": 2}


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ([{"sku": "tea", "quantity": 1}], "we do not sell tea"),
        ([{"sku": "grinder", "quantity": 0}], "0 pieces of grinder cannot be ordered"),
    ],
)
def test_a_wrong_order_is_an_answer_and_a_fault_in_the_trace(items, reason):
    """What cannot be sold is answered with 422, counted, and marks only the step that found it."""
    event = {**EVENTS["order"], "body": json.dumps({"customer": "ada@example.com", "items": items})}

    invocation = invoke("place_order", event)

    assert invocation["response"]["statusCode"] == 422
    assert json.loads(invocation["response"]["body"]) == {"message": reason}
    assert [(log["level"], log["reason"]) for log in invocation["logs"]] == [("WARNING", reason)]
    assert metrics_of(invocation)["OrderRejected"] == [1.0]
    found = nodes(invocation["trace"])
    assert [found[name][0]["fault"] for name in ("## place_order", "## app.calculate_price")] == [False, True]


def test_a_declined_payment_goes_back_to_the_queue_alone():
    """charge_orders reports the declined message as failed and keeps the other; each log line names its own order."""
    invocation = invoke("charge_orders", EVENTS["payments"])

    declined = EVENTS["payments"]["Records"][1]["messageId"]
    assert invocation["response"] == {"batchItemFailures": [{"itemIdentifier": declined}]}
    taken, error = invocation["logs"]
    assert (taken["message"], taken["order_id"]) == ("payment taken", "order-JKJaXmPLvHcESHA=")
    assert (error["message"], error["exception_name"]) == ("payment declined", "PaymentDeclinedError")
    assert (error["message_id"], error["order_id"]) == (declined, "order-JKJaYnQEvHcEJ4w=")
    assert metrics_of(invocation)["PaymentDeclined"] == [1.0]
    assert [node["fault"] for node in nodes(invocation["trace"])["## app.take_payment"]] == [False, True]


def test_a_provider_that_is_down_fails_the_invocation_with_one_structured_line():
    """An exception that nobody catches leaves the handler as it is, one line in the log, and faults in the trace."""
    invocation = invoke("charge_orders", EVENTS["payments_while_the_provider_is_down"])

    assert invocation["error"]["type"] == "PaymentProviderError"
    [log] = invocation["logs"]
    assert (log["level"], log["exception_name"]) == ("ERROR", "PaymentProviderError")
    assert log["stack_trace"]["frames"][-1]["function"] == "charge"
    found = nodes(invocation["trace"])
    assert [found[name][0]["fault"] for name in ("## charge_orders", "## app.take_payment")] == [True, True]


def test_warehouses_are_asked_at_once_and_stand_side_by_side_in_the_trace():
    """The async handler returns the stock of each warehouse; their subsegments overlap below its own."""
    invocation = invoke("reserve_stock", EVENTS["stock_question"])

    assert invocation["response"] == {"berlin": 84, "lyon": 56, "porto": 70}
    assert metrics_of(invocation)["UnitsInStock"] == [210.0]
    [handler] = invocation["trace"]
    assert [node["annotations"]["warehouse"] for node in handler["children"]] == ["berlin", "lyon", "porto"]
    assert sum(node["duration_ms"] for node in handler["children"]) > handler["duration_ms"]


def test_the_events_are_shaped_like_those_that_aws_writes():
    """Keys of the HTTP and SQS events are those of the samples in aws-sam-cli; digests of messages are right."""
    samples = pytest.importorskip("samcli.lib.generated_sample_events")
    folder = Path(samples.__file__).parent / "events"
    http = json.loads((folder / "apigateway" / "HttpApi.json").read_text())
    sqs = json.loads((folder / "sqs" / "Sqs.json").read_text())

    for name in ("order", "small_order", "unknown_article"):
        assert EVENTS[name].keys() <= http.keys()
        assert EVENTS[name]["requestContext"].keys() <= http["requestContext"].keys()
        assert EVENTS[name]["requestContext"]["http"].keys() == http["requestContext"]["http"].keys()
    for name in ("payments", "payments_while_the_provider_is_down"):
        for record in EVENTS[name]["Records"]:
            assert record.keys() == sqs["Records"][0].keys()
            assert record["attributes"].keys() == sqs["Records"][0]["attributes"].keys()
            assert record["md5OfBody"] == md5(record["body"].encode()).hexdigest()  # noqa: S324  # what SQS uses


def test_the_demo_goes_as_its_story_says():
    """`hatch run demo` shows every step, the timings, and ends well."""
    demo = run("demo.py")

    assert demo.returncode == 0, demo.stdout[-2000:] + demo.stderr
    for shown in ("1. A customer orders", "5. Three warehouses", "every other invocation", "Everything went as told."):
        assert shown in demo.stdout
    assert "Traceback" not in demo.stderr


def test_the_demo_fails_when_the_story_changes(tmp_path):
    """A function that does something else than told makes the demo end with exit code 1 and say what is missing."""
    for file in FOLDER.glob("*.*"):
        (tmp_path / file.name).write_text(file.read_text())
    app = (tmp_path / "app.py").read_text()
    assert "order placed" in app
    (tmp_path / "app.py").write_text(app.replace("order placed", "order dropped"))

    demo = run(str(tmp_path / "demo.py"))

    assert demo.returncode == 1
    assert "A customer orders: no 'order placed' was seen" in " ".join(demo.stdout.split())
