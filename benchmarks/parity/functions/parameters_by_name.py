"""A bus depot fetches many parameters at once, and some that are not there."""

from aws_lambda_powertools.utilities.parameters import GetParameterError, get_parameters_by_name, set_parameter

EVENTS = [{"names": {"/bus/a": None, "/bus/b": {"transform": "json"}}}, {"names": {"/bus/a": {}, "/bus/none": {}}}]


def prepare(aws):
    for name, value in {"/bus/a": "1", "/bus/b": '{"seats": 40}'}.items():
        aws("ssm").put_parameter(Name=name, Value=value, Type="String")


def handler(event, context):
    set_parameter("/bus/c", "new", description="a third", overwrite=True)
    try:
        return get_parameters_by_name(parameters=event["names"])
    except GetParameterError as error:
        values = get_parameters_by_name(parameters=event["names"], raise_on_error=False)
        return {"error": type(error).__name__, **values}


def stored(aws):
    found = aws("ssm").get_parameter(Name="/bus/c")["Parameter"]
    return {key: found[key] for key in ("Name", "Value", "Type", "Version")}
