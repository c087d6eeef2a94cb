"""A concierge's agent calls functions by their names."""

from events import bedrock_function

from aws_lambda_powertools.event_handler import BedrockAgentFunctionResolver, BedrockFunctionResponse

EVENTS = [
    bedrock_function("book", ("guests", "integer", "4"), ("outside", "boolean", "true")),
    bedrock_function("cancel", ("number", "number", "1.5")),
    bedrock_function("unknown"),
    bedrock_function("fails"),
]

app = BedrockAgentFunctionResolver()


@app.tool(name="book", description="Books a table")
def book(guests: int, outside: bool = False):
    return {"guests": guests, "outside": outside, "session": app.current_event.session_id}


@app.tool(description="Cancels")
def cancel(number: float):
    return BedrockFunctionResponse(body=f"cancelled {number}", session_attributes={"cancelled": "1"})


@app.tool(name="fails")
def fails():
    raise ValueError("no table")


def handler(event, context):
    return app.resolve(event, context)
