"""A webhook behind a function URL."""

from events import function_url

from aws_lambda_powertools.event_handler import LambdaFunctionUrlResolver
from aws_lambda_powertools.event_handler.exceptions import UnauthorizedError

EVENTS = [
    function_url("POST", "/hook", {"kind": "push"}, headers={"x-token": "t"}),
    function_url("POST", "/hook", {"kind": "push"}),
    function_url("GET", "/hook/3/edit"),
]

app = LambdaFunctionUrlResolver()


@app.post("/hook")
def hook():
    if app.current_event.headers.get("x-token") != "t":
        raise UnauthorizedError("no token")
    return {"kind": app.current_event.json_body["kind"], "domain": app.current_event.request_context.domain_name}


@app.get("/hook/<number>/<action>")
def act(number: int, action: str):
    return {"number": number, "action": action}


def handler(event, context):
    return app.resolve(event, context)
