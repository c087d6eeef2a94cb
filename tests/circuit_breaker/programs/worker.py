"""One execution environment: takes calls over stdin, answers with their outcome on stdout.

Arguments: the store and where it is, `dynamodb URL` or `redis URL`, and the circuit's name. Each line of input is a
call: `serve`, `fail`, or `hang`, which says `hanging` and never returns; or `later N`, which sets the clock forward.
"""

import sys
import time

from lambda_powertools.circuit_breaker import CircuitBreakerConfig, circuit_breaker
from lambda_powertools.circuit_breaker.persistence import (
    CircuitBreakerDynamoDBPersistence,
    CircuitBreakerRedisPersistence,
)

kind, url, name = sys.argv[1:4]


def make_store():
    if kind == "redis":
        return CircuitBreakerRedisPersistence(url=url)
    import boto3

    client = boto3.client(
        "dynamodb", endpoint_url=url, region_name="eu-west-1", aws_access_key_id="x", aws_secret_access_key="x"
    )
    return CircuitBreakerDynamoDBPersistence("circuits", boto3_client=client)


ahead = 0
real_time = time.time
time.time = lambda: real_time() + ahead
config = CircuitBreakerConfig(failure_threshold=1, recovery_timeout=30, success_threshold=2, local_cache_max_age=0)


@circuit_breaker(name=name, persistence_store=make_store(), config=config)
def call(order):
    if order == "fail":
        raise TimeoutError
    if order == "hang":
        print("hanging", flush=True)
        time.sleep(600)
    return "served"


print("ready", flush=True)
for line in sys.stdin:
    if line.startswith("later"):
        ahead += int(line.split()[1])
        continue
    try:
        print(call(line.strip()), flush=True)
    except Exception as error:
        print(type(error).__name__, flush=True)
