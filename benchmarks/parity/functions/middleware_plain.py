"""A cloakroom's middleware looks at the event before, and at the response after."""

from aws_lambda_powertools.middleware_factory import lambda_handler_decorator

EVENTS = [{"coat": "blue"}, {}]


@lambda_handler_decorator
def hang_up(handler, event, context):
    if "coat" not in event:
        return {"refused": True}
    event["hook"] = 7
    response = handler(event, context)
    response["tag"] = "done"
    return response


@hang_up
def handler(event, context):
    return {"hook": event["hook"], "coat": event["coat"]}
