from __future__ import annotations

import re

import pytest


def request_lines(server):
    """Return the lines of the request log."""
    return [line for line in server.lines if line and re.search(r" \d{3} [\d.]+ ms ", line)]


def test_each_request_has_a_line_in_the_log(project, serve):
    """Method, path without query string, status, duration, cold or warm, route and id: one line on stderr."""
    project(app="def handler(event, context):\n    return {'statusCode': 418, 'body': 'tea'}\n")
    server = serve("app:handler")

    server.get("/tea/green?token=secret")
    server.client.delete("/tea")
    server.wait_for("DELETE /tea 418 ")

    first, second = request_lines(server)
    assert re.fullmatch(r"GET /tea/green 418 \d+\.\d ms cold route=- id=\S{16}", first)
    assert re.fullmatch(r"DELETE /tea 418 \d+\.\d ms warm route=- id=\S{16}", second)
    assert server.end() == 0
    assert server.process.stdout.read() == ""


ROUTED = """
    from lambda_powertools.core import current_invocation, invocation_scope, powertools

    def route(event, context):
        # as a router does: through the state of the invocation, whoever began it
        with invocation_scope(event, context) as invocation:
            path = event["rawPath"]
            invocation.state["event_handler"] = {"route": "/orders/<id>", "method": "GET", "status_code": 200}
            if path == "/orders/broken":
                raise LookupError("no such order")
            return {"statusCode": 200, "body": path}

    plain = route

    @powertools
    def decorated(event, context):
        return route(event, context)

    @powertools
    async def asynchronous(event, context):
        return route(event, context)

    async def coroutine(event, context):
        return route(event, context)
"""


@pytest.mark.parametrize("handler", ["plain", "decorated", "asynchronous", "coroutine"])
def test_the_route_that_was_taken_is_in_the_log(project, serve, handler):
    """Whatever a router tells other plugins is seen, under @powertools or not, also when the handler fails."""
    project(app=ROUTED)
    server = serve(f"app:{handler}")

    answers = [server.get("/orders/7"), server.get("/orders/broken")]
    server.wait_for("GET /orders/broken 500")

    assert [answer.status_code for answer in answers] == [200, 500]
    routes = [re.search(r"(cold|warm) route=(\S+)", line).groups() for line in request_lines(server)]
    assert routes == [("cold", "/orders/<id>"), ("warm", "/orders/<id>")]


def test_an_error_of_the_handler_is_shown_with_its_own_frames(project, serve):
    """Type, message and traceback are on stderr, the machinery's frames are not; the client sees none of it."""
    project(app="def handler(event, context):\n    return charge()\ndef charge():\n    raise ValueError('declined')\n")
    server = serve("app:handler", "--as", "rest")

    answer = server.get("/")
    server.wait_for("GET / 502 ")

    assert answer.json() == {"message": "Internal server error"}
    text = "\n".join(server.lines)
    assert "[ERROR] ValueError: declined" in text
    assert 'app.py", line 4, in charge' in text
    assert "environment.py" not in text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("raise SystemExit(3)", "Runtime.ExitError"),
        ("return {'statusCode': 200, 'body': object()}", "Runtime.MarshalError"),
        ("event['self'] = event; return event", "Runtime.MarshalError"),
    ],
    ids=["exit", "object", "circle"],
)
def test_what_is_no_response_at_all_fails_the_request_only(project, serve, body, expected):
    """A handler that exits, or returns what is no JSON, does not end the server."""
    project(app=f"def handler(event, context):\n    if event['rawPath'] == '/bad':\n        {body}\n    return 'ok'\n")
    server = serve("app:handler", "--as", "url")

    bad, good = server.get("/bad"), server.get("/good")

    assert (bad.status_code, good.text) == (502, "ok")
    server.wait_for(expected)


def test_the_function_finds_what_lambda_gives_it(project, serve):
    """Context and environment are those of the options, and the current folder is where modules come from."""
    project(
        helper="GREETING = 'hello'",
        app="""
            import os, helper

            def handler(event, context):
                return {
                    "greeting": helper.GREETING,
                    "name": context.function_name,
                    "memory": context.memory_limit_in_mb,
                    "left": context.get_remaining_time_in_millis(),
                    "ids": context.aws_request_id != event["requestContext"]["requestId"],
                    "handler": os.environ["_HANDLER"],
                    "region": os.environ["AWS_REGION"],
                    "stage": os.environ["STAGE"],
                }
            """,
    )
    options = ("--function-name", "shop", "--memory", "512", "--timeout", "3", "--region", "eu-west-1")
    server = serve("app:handler", *options, "--env", "STAGE=test")

    found = server.get("/").json()

    assert 2000 < found.pop("left") <= 3000
    assert found == {
        "greeting": "hello",
        "name": "shop",
        "memory": 512,
        "ids": True,
        "handler": "app.handler",
        "region": "eu-west-1",
        "stage": "test",
    }


def test_what_the_module_makes_at_import_can_be_used_by_the_handler(project, serve):
    """Import and invocations share a thread, so a connection that belongs to its thread works, as in Lambda."""
    project(
        app="""
            import sqlite3

            stock = sqlite3.connect(":memory:")
            stock.execute("create table item (name text)")

            def handler(event, context):
                stock.execute("insert into item values ('tea')")
                return stock.execute("select count(*) from item").fetchone()[0]
            """
    )
    server = serve("app:handler")

    assert [server.get("/").json() for _ in range(3)] == [1, 2, 3]


def test_an_async_handler_keeps_its_loop(project, serve):
    """All invocations of an async handler run on one loop, so that a lock or client of the module survives."""
    project(
        app="""
            import asyncio
            from lambda_powertools.core import powertools

            loops = []

            @powertools
            async def handler(event, context):
                await asyncio.sleep(0)
                loops.append(asyncio.get_running_loop())
                return len(set(map(id, loops)))
            """
    )
    server = serve("app:handler")

    assert [server.get("/").json() for _ in range(3)] == [1, 1, 1]


def test_the_output_of_the_function_is_passed_through(project, serve):
    """What the handler prints goes to stdout, so that it can be piped; the server writes to stderr."""
    project(app="def handler(event, context):\n    print('in stock', flush=True)\n    return 'ok'\n")
    server = serve("app:handler")

    server.get("/")
    server.end()

    assert server.process.stdout.read() == "in stock\n"
    assert not any("in stock" in line for line in server.lines if line)


@pytest.mark.parametrize(
    ("arguments", "code", "messages"),
    [
        (("ap:handler",), 2, ("no module 'ap'", "'app'")),
        (("app:hander",), 2, ("has no 'hander'", "'handler'")),
        (("app.py",), 2, ("Did you mean app:handler?",)),
        (("app:handler", "--as", "rpc"), 2, ("rpc",)),
        (("app:handler", "--as", "url", "--stage", "dev"), 2, ("--stage is for --as http or rest, not for url",)),
        (("app:handler", "--multi-value"), 2, ("--multi-value is for --as alb",)),
        (("app:handler", "--binary-media-type", "*/*"), 2, ("--binary-media-type is for --as rest",)),
        (("app:handler", "--env", "STAGE"), 2, ("--env takes KEY=VALUE",)),
        (("app:handler", "--env", "POWERTOOLS_DEV=perhaps"), 2, ("POWERTOOLS_DEV",)),
        (("app:handler", "--host", "192.0.2.1"), 2, ("cannot listen on 192.0.2.1, port 3000",)),
        (("broken:handler",), 1, ("broken:handler cannot be imported", "ZeroDivisionError", 'broken.py", line 1')),
    ],
)
def test_what_cannot_be_served_is_said_at_once(project, powertools, arguments, code, messages):
    """One message says what is wrong and what was probably meant; nothing is left running."""
    project(app="def handler(event, context): return {}", broken="1 / 0")

    finished = powertools("serve", *arguments)

    assert finished.code == code
    assert all(message in finished.err for message in messages), finished.err
    assert finished.out == ""


def test_a_port_that_is_taken_is_named(project, serve, powertools):
    """Two servers cannot have one port; the second says which."""
    project(app="def handler(event, context): return {}")
    port = serve("app:handler").url.rpartition(":")[2]

    finished = powertools("serve", "app:handler", "--port", port)

    assert finished.code == 2
    assert f"cannot listen on 127.0.0.1, port {port}: Address already in use" in finished.err


def test_missing_libraries_name_the_extra(project, powertools, bare):
    """Without uvicorn the command says what to install."""
    project(app="def handler(event, context): return {}")
    python, path = bare

    finished = powertools("serve", "app:handler", python=python, env={"PYTHONPATH": ":".join(path)})

    assert finished.code == 2
    assert 'pip install "lambda-powertools-cli[serve]"' in finished.err


@pytest.mark.parametrize("options", [(), ("--concurrency", "2")])
def test_an_invocation_knows_the_trace_of_its_request(project, serve, options):
    """The tracing header of a request is that of its invocation, also where several run in one process."""
    project(
        app="""
            from lambda_powertools.core import current_invocation, powertools

            @powertools
            def handler(event, context):
                return current_invocation().trace_header
            """
    )
    server = serve("app:handler", *options)
    headers = [f"Root=1-5759e988-{number:024d};Parent={number:016d};Sampled=1" for number in range(3)]

    seen = [server.get("/", headers={"x-amzn-trace-id": header}).text for header in headers]

    assert seen == headers
