"""A middleware's parameters have to be named."""

from aws_lambda_powertools.middleware_factory import lambda_handler_decorator
from aws_lambda_powertools.middleware_factory.exceptions import MiddlewareInvalidArgumentError

EVENTS = [{}]


@lambda_handler_decorator
def limited(handler, event, context, limit=1):
    return handler(event, context)


def handler(event, context):
    try:

        @limited(5)
        def inner(event, context):
            return "made"

        return inner(event, context)
    except MiddlewareInvalidArgumentError as error:
        return type(error).__name__
