TITLE = "get_parameter, cached"
WHAT = "get_parameter of a value that has been fetched before"
FRESH = False
GOAL = ("ratio", 0.4)
PACKAGES = ("parameters",)


def ours():
    from lambda_powertools import parameters

    return reading(parameters)


def original():
    from aws_lambda_powertools.utilities import parameters

    return reading(parameters)


def reading(parameters):
    from unittest.mock import MagicMock

    client = MagicMock()
    client.get_parameter.return_value = {"Parameter": {"Name": "/limit", "Value": "7"}}
    parameters.base.DEFAULT_PROVIDERS["ssm"] = parameters.SSMProvider(boto3_client=client)

    def read():
        return parameters.get_parameter("/limit", max_age=3600)

    if (read(), read()) != ("7", "7") or client.get_parameter.call_count != 1:
        raise AssertionError(client.mock_calls)
    return read
