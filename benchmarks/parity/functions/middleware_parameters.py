"""A translator's middleware takes parameters, and the handler takes more than two."""

from aws_lambda_powertools.middleware_factory import lambda_handler_decorator

EVENTS = [{"text": "hello"}, {"text": 3}]


@lambda_handler_decorator
def translated(handler, event, context, language="en", fields=None, **kwargs):
    for field in fields or []:
        event[field] = f"{language}:{event[field].upper()}"
    return handler(event, context, **kwargs)


@translated(language="de", fields=["text"])
def handler(event, context, loud=False):
    return {"text": event["text"], "loud": loud}
