"""A pharmacy stops asking a supplier that keeps failing."""

from resources import make_table

from aws_lambda_powertools.utilities.circuit_breaker import CircuitBreakerConfig, circuit_breaker
from aws_lambda_powertools.utilities.circuit_breaker.exceptions import CircuitBreakerOpenError
from aws_lambda_powertools.utilities.circuit_breaker.persistence import CircuitBreakerDynamoDBPersistence

EVENTS = [{"up": True}, {"up": False}, {"up": False}, {"up": True}]


def prepare(aws):
    make_table(aws, "circuits")


@circuit_breaker(
    name="supplier",
    persistence_store=CircuitBreakerDynamoDBPersistence(table_name="circuits"),
    config=CircuitBreakerConfig(failure_threshold=2, recovery_timeout=60, local_cache_max_age=0),
)
def ask(up: bool):
    if not up:
        raise ConnectionError("no answer")
    return "aspirin"


def handler(event, context):
    try:
        return ask(event["up"])
    except CircuitBreakerOpenError as error:
        return {"open": error.circuit.name, "state": error.circuit.state.name}
    except ConnectionError as error:
        return str(error)
