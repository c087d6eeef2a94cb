"""A vault's secrets: read, cached, and written."""

from aws_lambda_powertools.utilities import parameters
from aws_lambda_powertools.utilities.parameters import set_secret

EVENTS = [{}, {"again": True}]


def prepare(aws):
    client = aws("secretsmanager")
    client.create_secret(Name="vault/door", SecretString='{"code": 1234}')
    client.create_secret(Name="vault/raw", SecretBinary=b"\x01\x02")


def handler(event, context):
    set_secret(name="vault/new", value="fresh")
    door = parameters.get_secret("vault/door", transform="json", force_fetch=event.get("again", False))
    provider = parameters.SecretsProvider()
    return {
        "door": door["code"],
        "raw": list(parameters.get_secret("vault/raw")),
        "new": provider.get("vault/new", max_age=1),
        "many": sorted(parameters.get_secrets_by_name(["vault/door"], transform="json")["vault/door"]),
    }


def stored(aws):
    return aws("secretsmanager").get_secret_value(SecretId="vault/new")["SecretString"]
