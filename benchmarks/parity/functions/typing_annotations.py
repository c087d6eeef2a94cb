"""The context's type, found by its module's path, at run time."""

import inspect

from aws_lambda_powertools.utilities.typing import LambdaContext
from aws_lambda_powertools.utilities.typing.lambda_context import LambdaContext as SameContext

EVENTS = [{}]


def handler(event: dict, context: LambdaContext) -> dict:
    parameters = inspect.signature(handler).parameters
    return {"type": parameters["context"].annotation.__name__, "same": LambdaContext is SameContext}
