"""What cannot be fetched or transformed is told by exceptions."""

from aws_lambda_powertools.utilities import parameters
from aws_lambda_powertools.utilities.parameters.exceptions import GetParameterError, TransformParameterError

EVENTS = [{"name": "/none"}, {"name": "/text", "transform": "json"}, {"name": "/text", "transform": "binary"}]


def prepare(aws):
    aws("ssm").put_parameter(Name="/text", Value="no json", Type="String")


def handler(event, context):
    try:
        return parameters.get_parameter(event["name"], transform=event.get("transform"))
    except TransformParameterError as error:
        return {"transform": type(error).__name__}
    except GetParameterError as error:
        return {"get": type(error).__name__}
