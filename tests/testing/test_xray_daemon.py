from __future__ import annotations

import json
import os
import socket

import pytest

from lambda_powertools.testing import PowertoolsTestingError, SegmentsMissingError, XRayDaemon, build_trace

HEADER = '{"format":"json","version":1}\n'


def send(daemon, *payloads):
    """Send datagrams from one socket, so that they arrive in order."""
    host, _, port = daemon.address.rpartition(":")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        for payload in payloads:
            client.sendto(payload.encode(), (host, int(port)))


def segment(key, parent=None, start=0.0, end=1.0, **more):
    """Return a subsegment document."""
    return {"id": key, "parent_id": parent, "name": key, "start_time": start, "end_time": end, **more}


def test_segments_arrive_in_order(xray_daemon):
    """What is sent to the address is kept, in the order of sending, whatever the spacing of its header."""
    send(xray_daemon, HEADER + '{"id": "a"}', '{"format": "json", "version": 1}\n{"id": "b"}')

    assert [item["id"] for item in xray_daemon.wait_for(2)] == ["a", "b"]
    assert os.environ["AWS_XRAY_DAEMON_ADDRESS"] == xray_daemon.address


@pytest.mark.parametrize("payload", ["", "hello", HEADER, HEADER + "{", HEADER + "[]", '{"format":"text"}\n{"id":"a"}'])
def test_datagram_that_is_no_segment_is_rejected(xray_daemon, payload):
    """The listener survives what the real daemon would not understand, and shows it."""
    send(xray_daemon, payload, HEADER + '{"id": "a"}')

    assert xray_daemon.drain() == [{"id": "a"}]
    assert xray_daemon.rejected == [payload.encode()]


def test_drain_sees_all_that_was_sent_before(xray_daemon):
    """After drain no segment sent earlier is still on its way; clear forgets them."""
    send(xray_daemon, *(HEADER + json.dumps({"id": str(number)}) for number in range(200)))

    assert len(xray_daemon.drain()) == 200
    xray_daemon.clear()
    assert xray_daemon.segments == []


def test_missing_segments_are_named(xray_daemon):
    """Waiting in vain tells how many came, of how many, and their names."""
    send(xray_daemon, HEADER + '{"name": "only"}')
    xray_daemon.drain()

    with pytest.raises(SegmentsMissingError, match=r"^1 of 2 segments arrived within 0\.05 seconds: only$") as caught:
        xray_daemon.wait_for(2, timeout=0.05)
    assert isinstance(caught.value, TimeoutError)
    assert isinstance(caught.value, PowertoolsTestingError)


def test_two_daemons_do_not_meet():
    """Each listener has a port of its own, so tests run in parallel."""
    with XRayDaemon() as first, XRayDaemon() as second:
        send(first, HEADER + '{"id": "a"}')

        assert len(first.wait_for(1)) == 1
        assert second.drain() == []


def test_trace_is_a_tree_in_order_of_start():
    """Subsegments sent on their own, children first, form the tree that their parent ids describe."""
    roots = build_trace(
        [
            segment("late", "root", start=0.5),
            segment("early", "root", start=0.2),
            segment("leaf", "early", start=0.3, end=0.3125),
            segment("root", "0000"),
        ]
    )

    assert [node.name for node in roots[0].walk()] == ["root", "early", "leaf", "late"]
    assert len(roots) == 1
    assert [node.duration_ms for node in roots[0].walk()][2] == pytest.approx(12.5)


def test_embedded_subsegments_are_part_of_the_tree():
    """Subsegments inside their parent's document count like those sent alone; without an end they have no duration."""
    roots = build_trace([segment("root", subsegments=[{"id": "inner", "name": "inner", "start_time": 0.1}])])

    (inner,) = roots[0].children
    assert (inner.name, inner.duration_ms) == ("inner", None)


def test_segment_sent_again_counts_once():
    """A segment in progress that is sent again at its end appears once, as it was at the end."""
    (root,) = build_trace([segment("a", end=None, in_progress=True), segment("a", end=2.0)])

    assert root.duration_ms == 2000
