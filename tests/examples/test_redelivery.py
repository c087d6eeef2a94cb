from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent.parent.parent / "examples" / "redelivery"


def run(folder):
    """Run the demo of a folder."""
    return subprocess.run(
        [sys.executable, "demo.py"],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_a_failed_message_comes_again_and_a_poison_message_ends_in_the_dead_letter_queue():
    """On a real queue over HTTP each order is shipped once, late or not, and what is no order leaves the queue."""
    demo = run(FOLDER)

    assert demo.returncode == 0, demo.stdout + demo.stderr
    for shown in (
        "reported as failed: ",
        "delivery 2: order 3 (received 2x), the poison message (received 2x)",
        "delivery 3: the poison message (received 3x)",
        "shipped so far: [1, 2, 4, 5, 3]",
        "dead-letter queue: the poison message",
        "Everything went as told.",
    ):
        assert shown in demo.stdout
    assert "Traceback" not in demo.stderr


def test_the_demo_fails_when_a_failed_message_is_acknowledged(tmp_path):
    """A poller that deletes what was reported loses order 3, and the demo says so."""
    for file in FOLDER.glob("*.py"):
        (tmp_path / file.name).write_text(file.read_text())
    poller = (tmp_path / "lambda_poller.py").read_text()
    assert "if message[" in poller
    (tmp_path / "lambda_poller.py").write_text(poller.replace("in reported:  #", 'in {"nothing"}:  #'))

    demo = run(tmp_path)

    assert demo.returncode == 1, demo.stdout + demo.stderr
    assert "dead-letter queue: empty" in demo.stdout


def test_a_queue_of_its_own_is_drained_by_the_poller(moto_url):
    """The poller deletes exactly the messages that the response does not name."""
    from local_servers import client

    sys.path.insert(0, str(FOLDER))
    try:
        from lambda_poller import Poller
    finally:
        sys.path.remove(str(FOLDER))
    from lambda_powertools.batch import batch_handler

    @batch_handler
    def handler(record):
        if record.json_body["fails"]:
            raise ValueError

    sqs = client("sqs", moto_url)
    url = sqs.create_queue(QueueName="drained-by-the-poller")["QueueUrl"]
    sent = [sqs.send_message(QueueUrl=url, MessageBody=json.dumps({"fails": fails})) for fails in (False, True, False)]

    first = Poller(sqs, url, handler).poll()

    assert len(first.receive_counts) == 3
    assert first.reported == {sent[1]["MessageId"]}
    left = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)["Messages"]
    assert [message["MessageId"] for message in left] == [sent[1]["MessageId"]]
