"""Requests, and applications of many routes, alike for both libraries."""

from types import SimpleNamespace

CONTEXT = SimpleNamespace(
    function_name="orders",
    memory_limit_in_mb=512,
    invoked_function_arn="arn:aws:lambda:eu-central-1:123456789012:function:orders",
    aws_request_id="8f8a3f5e-0f7c-4f36-9a71-0d3b9a3a3c55",
    get_remaining_time_in_millis=lambda: 30_000,
)


def request(method, path, body=None):
    """Return the event of a REST API for a request."""
    headers = {"Accept": "application/json", "Content-Type": "application/json", "Host": "api.example.com"}
    return {
        "version": "1.0",
        "resource": "/{proxy+}",
        "path": path,
        "httpMethod": method,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": {"proxy": path[1:]},
        "stageVariables": None,
        "requestContext": {
            "stage": "prod",
            "path": f"/prod{path}",
            "httpMethod": method,
            "requestId": "id",
            "identity": {"sourceIp": "192.0.2.1"},
        },
        "body": body,
        "isBase64Encoded": False,
    }


def add_static_routes(app, count):
    """Register routes without parameters, each with a function of its own."""
    for number in range(count):
        app.get(f"/things/number-{number}/details")(lambda: {"done": True})
    return app


def add_dynamic_routes(app, count):
    """Register routes with a parameter each."""
    for number in range(count):
        app.get(f"/things-{number}/<thing_id>/details")(lambda thing_id: {"id": thing_id})
    return app


def resolving(app, event):
    """Return a callable that resolves the event, after checking that it finds its route."""
    answer = app.resolve(event, CONTEXT)
    if answer["statusCode"] != 200:  # noqa: PLR2004  # OK
        raise AssertionError(answer)

    def resolve():
        app.resolve(event, CONTEXT)

    return resolve
