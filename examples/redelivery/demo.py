"""Shows what becomes of messages that fail: `hatch run redelivery`. No AWS account and no network are needed.

An SQS of this machine (moto) holds six orders. Four are shipped at once, one when its warehouse answers again, and one
is no order at all: after three deliveries the queue moves it to the dead-letter queue. Exit code 0 if it went that way.
"""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

import app
import boto3
from lambda_poller import Poller

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIVERIES = 3
ORDERS = [
    {"number": 1, "warehouse": "berlin"},
    {"number": 2, "warehouse": "porto"},
    {"number": 3, "warehouse": "lyon"},
    {"number": 4, "warehouse": "berlin"},
    {"number": 5, "warehouse": "porto"},
]
POISON = '{"number": "six", "warehouse":'


def main() -> int:
    """Tell the story; return 1 if it went another way."""
    with aws() as url:
        sqs = boto3.client(
            "sqs",
            endpoint_url=url,
            region_name="eu-west-1",
            aws_access_key_id="testing",
            aws_secret_access_key="testing",  # noqa: S106  # works nowhere else
        )
        queue, dead_letters = create_queues(sqs)
        names = send_orders(sqs, queue)
        poller = Poller(sqs, queue, app.handler)
        for number in range(1, DELIVERIES + 3):
            delivery = poller.poll()
            if delivery is None:
                break
            told = [f"{names[one]} (received {count}x)" for one, count in delivery.receive_counts.items()]
            print(f"delivery {number}: {', '.join(told)}")
            print(f"    shipped so far: {app.shipped}")
            print(f"    reported as failed: {', '.join(names[one] for one in delivery.reported) or 'nothing'}")
        dead = sqs.receive_message(QueueUrl=dead_letters, MaxNumberOfMessages=10).get("Messages", [])
        print(f"dead-letter queue: {', '.join(names[one['MessageId']] for one in dead) or 'empty'}")
    as_told = app.shipped == [1, 2, 4, 5, 3] and [one["Body"] for one in dead] == [POISON]
    print("Everything went as told." if as_told else "It should have gone another way.")
    return 0 if as_told else 1


def create_queues(sqs: Any) -> tuple[str, str]:
    """Create a queue that gives a message three chances, and the one for those that used them up."""
    dead_letters = sqs.create_queue(QueueName="orders-dead")["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=dead_letters, AttributeNames=["QueueArn"])["Attributes"]
    redrive = {"deadLetterTargetArn": attributes["QueueArn"], "maxReceiveCount": str(DELIVERIES)}
    queue = sqs.create_queue(QueueName="orders", Attributes={"RedrivePolicy": json.dumps(redrive)})
    return queue["QueueUrl"], dead_letters


def send_orders(sqs: Any, queue: str) -> dict[str, str]:
    """Send the orders and what is none; return a name for each message."""
    bodies = {f"order {order['number']}": json.dumps(order) for order in ORDERS}
    bodies["the poison message"] = POISON
    return {sqs.send_message(QueueUrl=queue, MessageBody=body)["MessageId"]: name for name, body in bodies.items()}


@contextlib.contextmanager
def aws() -> Iterator[str]:
    """Run moto's server in a process of its own; give its URL."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with tempfile.TemporaryFile() as log, subprocess.Popen(command, stdout=log, stderr=log) as process:  # noqa: S603  # our own command
        try:
            for _ in range(600):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                    break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


if __name__ == "__main__":
    sys.exit(main())
