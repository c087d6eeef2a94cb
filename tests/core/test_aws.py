"""The mark in the user agent of requests to AWS."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.session import Session

from lambda_powertools.core.aws import mark_user_agent

MARKER = "audit/1.0"


def made(kind):
    options = {"region_name": "eu-west-1", "aws_access_key_id": "x", "aws_secret_access_key": "x"}
    return getattr(boto3, kind)("dynamodb", **options)


def agents_of(client):
    """Give the user agents of the requests that the client makes from now on; none leaves the machine."""
    seen = []

    def answer(request, **_):
        agent = request.headers["User-Agent"]
        seen.append(agent.decode() if isinstance(agent, bytes) else agent)
        return AWSResponse(request.url, 200, {}, SimpleNamespace(stream=lambda: iter([b"{}"]), read=lambda: b"{}"))

    client.meta.events.register("before-send", answer)
    client.list_tables()
    return seen


@pytest.mark.parametrize("times", [1, 2])
def test_request_carries_the_marker_once(times):
    """However often a client is marked, the marker follows the SDK's own agent once."""
    client = made("client")
    for _ in range(times):
        assert mark_user_agent(client, MARKER) is client

    (agent,) = agents_of(client)

    assert agent.startswith("Boto3/")
    assert agent.count(MARKER) == 1


def test_client_carries_the_markers_of_all_who_share_it():
    """Two packages that use one client are both named."""
    client = mark_user_agent(mark_user_agent(made("client"), MARKER), "other/2.0")

    (agent,) = agents_of(client)

    assert agent.endswith(f"{MARKER} other/2.0")


def test_resource_is_marked_through_its_client():
    """A resource of boto3 makes its requests with a client, which is marked."""
    resource = mark_user_agent(made("resource"), MARKER)

    assert [agent.count(MARKER) for agent in agents_of(resource.meta.client)] == [1]


def test_session_marks_the_clients_it_makes():
    """A botocore session passes the marker on to every client."""
    session = mark_user_agent(Session(), MARKER)
    client = session.create_client("dynamodb", "eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")

    assert [agent.count(MARKER) for agent in agents_of(client)] == [1]


@pytest.mark.parametrize(
    "stand_in", [object(), SimpleNamespace(meta=None), SimpleNamespace(meta=SimpleNamespace(events=None))]
)
def test_stand_in_without_events_is_left_alone(stand_in):
    """What has no events is returned as it is."""
    assert mark_user_agent(stand_in, MARKER) is stand_in


def test_the_sdk_is_not_imported():
    """Importing the module, and marking a stand-in, loads no part of the SDK."""
    code = (
        "import sys; from lambda_powertools.core.aws import mark_user_agent; mark_user_agent(object(), 'a/1'); "
        "print([name for name in sys.modules if name.startswith(('boto3', 'botocore'))])"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
