from __future__ import annotations

import copy

import pytest
from e2e_support.samples import sample_event
from e2e_support.segments import documents_of, named

from lambda_powertools.testing import make_trace_header

pytestmark = pytest.mark.e2e


def field_event(type_name="Mutation", field_name="createSomething", **changes):
    """Return AWS's event of a direct Lambda resolver."""
    event = sample_event("appsync", "resolver")
    event["info"] |= {"parentTypeName": type_name, "fieldName": field_name}
    return event | changes


def batch_event(count):
    """Return what AppSync sends for a field of many objects: one such event for each."""
    event = field_event("Order", "owner", arguments={"size": 2})
    return [copy.deepcopy(event) | {"source": {"id": number}} for number in range(count)]


def channel_event(operation, path, *payloads, username="jdoe"):
    """Return an event of a channel, with identity and headers of AWS's event of a resolver.

    https://docs.aws.amazon.com/appsync/latest/eventapi/runtime-context-reference-events.html
    """
    event = sample_event("appsync", "resolver")
    events = [{"id": f"id-{number}", "payload": payload} for number, payload in enumerate(payloads)]
    segments = path.split("/")[1:]
    return {
        "identity": event["identity"] | {"username": username},
        "result": None,
        "request": event["request"] | {"domainName": None},
        "info": {
            "channel": {"path": path, "segments": segments},
            "channelNamespace": {"name": segments[0]},
            "operation": operation,
        },
        "error": None,
        "prev": None,
        "stash": {},
        "outErrors": [],
        "events": events if operation == "PUBLISH" else None,
    }


@pytest.mark.parametrize("handler", ["fields", "fields_by_function"])
def test_sample_of_aws_is_resolved_in_the_runtime(emulator, handler):
    """A coroutine function answers the field, with the arguments and the caller of the event."""
    answer = emulator(f"graph.{handler}").invoke(field_event(), make_trace_header())

    assert answer.payload == {"id": "my identifier", "by": "jdoe", "left": None}


def test_batch_of_a_hundred_has_its_failures_in_their_places(emulator):
    """Three events fail; AppSync gets null for those and the results of the others, in their order."""
    answer = emulator("graph.fields").invoke(batch_event(100), make_trace_header())

    assert answer.payload == [None if number in {19, 59, 99} else {"owner": number, "size": 2} for number in range(100)]


def test_field_is_known_to_logs_and_traces(emulator, daemon):
    """A log line has the correlation id of the event and the field; the trace is named after that."""
    function = emulator("graph.fields")

    function.invoke(field_event(), make_trace_header())

    [log] = function.output().logs
    assert (log["message"], log["http.route"]) == ("creating", "Mutation.createSomething")
    assert log["correlation_id"] == "Root=1-5f512f51-fac632066c5e848ae714"
    assert named(documents_of(daemon), "## Mutation.createSomething")


def test_failure_is_the_function_s_and_leaves_nothing_behind(emulator):
    """AppSync gets the error of a field; the next invocation of the environment finds an empty context."""
    function = emulator("graph.fields")

    broken = function.invoke(field_event("Query", "broken", arguments={}), make_trace_header()).payload
    unknown = function.invoke(field_event("Query", "unknown"), make_trace_header()).payload
    fine = function.invoke(field_event(), make_trace_header()).payload

    assert (broken["errorType"], broken["errorMessage"]) == ("RuntimeError", "the shelf fell down")
    assert (unknown["errorType"], unknown["errorMessage"]) == (
        "ResolverNotFoundError",
        "No resolver found for 'Query.unknown'",
    )
    assert fine["left"] is None


def test_other_events_are_the_function_s(emulator):
    """What AppSync did not send is left to the function."""
    assert emulator("graph.fields").invoke({"source": "aws.events"}).payload == "no event of AppSync"


@pytest.mark.parametrize("handler", ["events", "bare_events"])
def test_channels_are_answered_in_the_runtime(emulator, handler):
    """What is published is answered one by one or together; a subscription is accepted, or fails the function."""
    function = emulator(f"graph.{handler}")

    def ask(*arguments, **options):
        return function.invoke(channel_event(*arguments, **options), make_trace_header()).payload

    each = ask("PUBLISH", "/orders/new", {"order": 7}, {"item": 1})
    together = ask("PUBLISH", "/all/a/b", 1, 2)
    accepted = ask("SUBSCRIBE", "/orders/new")
    refused = ask("SUBSCRIBE", "/orders/new", username="jane")

    assert each == {
        "events": [
            {"id": "id-0", "payload": {"order": 7, "seen": True}},
            {"id": "id-1", "error": "ValueError - no order"},
        ]
    }
    assert together == {"events": [{"id": "id-0", "payload": 1}]}
    assert accepted is None
    assert (refused["errorType"], refused["errorMessage"]) == ("UnauthorizedException", "not your orders")


def test_path_of_the_channel_is_known_to_logs(emulator):
    """It is the path that is registered."""
    function = emulator("graph.events")

    function.invoke(channel_event("PUBLISH", "/orders/new", {"order": 7}), make_trace_header())

    output = function.output()
    assert output.strays == []
    assert [log["http.route"] for log in output.logs] == ["/orders/*"]
