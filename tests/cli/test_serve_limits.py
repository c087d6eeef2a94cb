from __future__ import annotations

import contextlib
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

MEBIBYTE = 1024 * 1024

# Tells the size of an upload, and returns as much as it is asked for.
SIZES = """
    import json

    def handler(event, context):
        query = event.get("queryStringParameters") or {}
        if "answer" in query:
            return {"statusCode": 200, "headers": {"content-type": "text/plain"}, "body": "x" * int(query["answer"])}
        return {"statusCode": 200, "body": str(len(event.get("body") or ""))}
"""


@pytest.mark.parametrize(
    ("front_end", "fits", "too_large", "message"),
    [
        ("rest", 6 * MEBIBYTE - 9000, 10 * MEBIBYTE + 1, "Request Too Long"),
        ("http", 6 * MEBIBYTE - 9000, 10 * MEBIBYTE + 1, "Request Too Long"),
        ("url", 6 * MEBIBYTE - 9000, 6 * MEBIBYTE + 1, "Request must be smaller than 6291456 bytes"),
        ("alb", MEBIBYTE, MEBIBYTE + 1, "413 Request Entity Too Large"),
        ("lattice", 6 * MEBIBYTE - 9000, 6 * MEBIBYTE + 1, "Request Too Long"),
    ],
)
def test_uploads_have_the_size_that_the_front_end_takes(project, serve, front_end, fits, too_large, message):
    """A body up to the limit reaches the handler; a larger one is answered with 413, and the handler is not called."""
    project(app=SIZES)
    server = serve("app:handler", "--as", front_end)
    headers = {"content-type": "text/plain"}

    accepted = server.post("/", content=b"x" * fits, headers=headers)
    refused = server.post("/", content=b"x" * too_large, headers=headers)

    assert (accepted.status_code, accepted.text) == (200, str(fits))
    assert refused.status_code == 413
    assert message in refused.text
    assert " 413 " in (line := server.wait_for(" 413 "))
    assert " - route=-" in line


@pytest.mark.parametrize("front_end", ["rest", "http"])
def test_event_has_the_size_that_lambda_takes(project, serve, front_end):
    """API Gateway takes 10 MB, but Lambda 6 MB of JSON, base64 included: 413 for what is in between."""
    project(app=SIZES)
    server = serve("app:handler", "--as", front_end, *(["--binary-media-type", "*/*"] if front_end == "rest" else []))

    refused = server.post("/", content=b"x" * (5 * MEBIBYTE), headers={"content-type": "image/png"})

    assert refused.status_code == 413
    assert "Lambda takes 6291456" in server.wait_for("bytes as JSON")


def test_an_endless_upload_is_not_read_to_its_end(project, serve):
    """A body without a declared length is cut off at the limit: answered, and the connection closed."""
    project(app=SIZES)
    server = serve("app:handler", "--as", "alb")
    sent = 0

    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=30) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        with contextlib.suppress(ConnectionError):
            while sent < 64 * MEBIBYTE:
                connection.sendall(chunk)
                sent += 0x10000

    assert MEBIBYTE <= sent < 32 * MEBIBYTE
    server.wait_for(" 413 ")
    assert server.get("/").status_code == 200


def test_a_declared_length_over_the_limit_is_refused_before_the_upload(project, serve):
    """A client that waits for `100 Continue` is spared the upload."""
    project(app=SIZES)
    server = serve("app:handler")

    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=30) as connection:
        head = f"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {11 * MEBIBYTE}\r\nExpect: 100-continue\r\n\r\n"
        connection.sendall(head.encode())
        answer = connection.makefile("rb").read()

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in answer.lower()


@pytest.mark.parametrize(
    ("front_end", "fits", "too_large", "status"),
    [
        ("rest", 6 * MEBIBYTE - 500, 6 * MEBIBYTE + 100, 502),
        ("http", 6 * MEBIBYTE - 500, 6 * MEBIBYTE + 100, 500),
        ("url", 6 * MEBIBYTE - 500, 6 * MEBIBYTE + 100, 502),
        ("alb", MEBIBYTE - 500, MEBIBYTE, 502),
        ("lattice-v2", 6 * MEBIBYTE - 500, 6 * MEBIBYTE + 100, 502),
    ],
)
def test_responses_have_the_size_that_the_front_end_takes(project, serve, front_end, fits, too_large, status):
    """What the handler returns may be as large as AWS allows, as JSON; more is a failure that the log explains."""
    project(app=SIZES.replace('int(query["answer"])', 'int("".join(query["answer"]))'))
    server = serve("app:handler", "--as", front_end)

    accepted = server.get("/", params={"answer": fits})
    refused = server.get("/", params={"answer": too_large})

    assert (accepted.status_code, len(accepted.content)) == (200, fits)
    assert refused.status_code == status
    assert "the response has" in server.wait_for("bytes as JSON")


# Takes as long as it is asked to, unless it sees that its time is up.
SLOW = """
    import json, threading, time

    running, most = 0, 0
    lock = threading.Lock()

    def handler(event, context):
        global running, most
        query = event.get("queryStringParameters") or event.get("query_string_parameters") or {}
        with lock:
            running += 1
            most = max(most, running)
        try:
            time.sleep(float(query.get("seconds", 0)))
        finally:
            with lock:
                running -= 1
        return {"statusCode": 200, "body": json.dumps({"most": most, "left": context.get_remaining_time_in_millis()})}
"""


@pytest.mark.parametrize(
    ("front_end", "status"), [("rest", 502), ("http", 500), ("url", 502), ("alb", 502), ("lattice", 502)]
)
def test_a_function_that_takes_longer_than_its_timeout_is_answered_for(project, serve, front_end, status):
    """The client gets the front end's error in time, the log says that the handler runs on, and others are served."""
    project(app=SLOW)
    server = serve("app:handler", "--as", front_end, "--timeout", "0.3")

    start = time.monotonic()
    answer = server.get("/", params={"seconds": 20})
    took = time.monotonic() - start
    after = server.get("/")

    assert answer.status_code == status
    assert 0.3 <= took < 10
    assert "the handler runs on" in server.wait_for("Task timed out after 0.30 seconds")
    assert after.status_code == 200


@pytest.mark.parametrize(("front_end", "status", "message"), [("rest", 504, "timed out"), ("http", 503, "Unavailable")])
def test_an_api_does_not_wait_for_the_whole_timeout_of_the_function(project, serve, front_end, status, message):
    """The API's own time may be shorter than the function's: it answers, and the function goes on."""
    project(app=SLOW)
    server = serve("app:handler", "--as", front_end, "--integration-timeout", "0.2")

    answer = server.get("/", params={"seconds": 0.6})

    assert answer.status_code == status
    assert message in answer.json()["message"]
    assert "waits 0.20 seconds" in server.wait_for("the function goes on without it")
    assert server.get("/").json()["most"] == 1  # it has waited for the function to finish


def test_the_context_counts_down_to_the_timeout(project, serve):
    """The remaining time begins at the timeout when the handler is called, not when the request came."""
    project(app=SLOW)
    server = serve("app:handler", "--timeout", "5")

    def ask(seconds):
        return server.get("/", params={"seconds": seconds}).json()["left"]

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(ask, (1, 1))

    assert 3000 < first <= 4000
    assert 3000 < second <= 4000


@pytest.mark.parametrize(("options", "most"), [((), 1), (("--concurrency", "4"), 4)])
def test_requests_run_as_many_at_a_time_as_allowed(project, serve, options, most):
    """An environment has one request at a time, unless --concurrency says otherwise; the others wait."""
    project(app=SLOW)
    server = serve("app:handler", *options)
    together = threading.Barrier(8)

    def ask(_):
        together.wait()
        return server.get("/", params={"seconds": 0.3}).json()["most"]

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(ask, range(8)))

    assert max(seen) == most
