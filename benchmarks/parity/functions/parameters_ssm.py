"""A lighthouse reads its settings from the SSM parameter store."""

from aws_lambda_powertools.utilities import parameters
from aws_lambda_powertools.utilities.parameters import SSMProvider

EVENTS = [{"lamp": "red"}, {"lamp": "green"}]

ssm = SSMProvider()


def prepare(aws):
    client = aws("ssm")
    for name, value in {
        "/lighthouse/lamp/red": '{"watts": 60}',
        "/lighthouse/lamp/green": '{"watts": 40}',
        "/lighthouse/lamp/blue.json": '{"watts": 20}',
        "/lighthouse/horn": "aGVsbG8=",
    }.items():
        client.put_parameter(Name=name, Value=value, Type="String")
    client.put_parameter(Name="/lighthouse/key", Value="under the mat", Type="SecureString")


def handler(event, context):
    lamp = parameters.get_parameter(f"/lighthouse/lamp/{event['lamp']}", transform="json", max_age=60)
    return {
        "lamp": lamp,
        "horn": parameters.get_parameter("/lighthouse/horn", transform="binary").decode(),
        "key": ssm.get("/lighthouse/key", decrypt=True),
        "all": parameters.get_parameters("/lighthouse/lamp"),
        "auto": parameters.get_parameters("/lighthouse/lamp", transform="auto"),
        "plain": ssm.get_multiple("/lighthouse", recursive=False),
    }
