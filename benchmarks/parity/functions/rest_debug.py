"""A debugging switch tells of exceptions in the response's body."""

from events import rest

from aws_lambda_powertools.event_handler import APIGatewayRestResolver

EVENTS = [rest("GET", "/fine"), rest("GET", "/broken")]

app = APIGatewayRestResolver(debug=True)


@app.get("/fine")
def fine():
    return {"a": 1}


@app.get("/broken")
def broken():
    raise ValueError("broken on purpose")


def handler(event, context):
    response = app.resolve(event, context)
    return {"status": response["statusCode"], "tells": "broken on purpose" in response["body"]}
