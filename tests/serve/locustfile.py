"""What each user of the load test does; `tests/serve/test_load.py` runs it with locust."""

from __future__ import annotations

import itertools
import os
import uuid

import gevent
from locust import FastHttpUser, constant, events, task

ENOUGH = int(os.environ.get("ENOUGH_REQUESTS", "0"))
answered = itertools.count(1)


@events.init.add_listener
def stop_when_it_is_enough(environment, **_):
    """Stop by the number of requests: a time would be too short for a machine that is busy."""

    def count(**_):
        if next(answered) == ENOUGH:
            gevent.spawn(environment.runner.quit)  # from a greenlet of its own: a user's is ended by it

    environment.events.request.add_listener(count)


class Customer(FastHttpUser):
    """Reviews, orders and looks up, and minds whether the answers are its own."""

    wait_time = constant(0)

    def on_start(self):
        self.name = uuid.uuid4().hex
        self.numbers = itertools.count()

    def check(self, answer, status, **expected):
        """Note a failure unless the answer has the status and the values."""
        if answer.status_code != status:
            answer.failure(f"status {answer.status_code}")
        elif any(answer.json()[key] != value for key, value in expected.items()):
            answer.failure("an answer of somebody else")

    @task(3)
    def review(self):
        text = f"{self.name} {next(self.numbers)}"
        draft = {"stars": 5, "text": text}
        with self.client.post("/books/1/reviews", json=draft, name="review", catch_response=True) as answer:
            self.check(answer, 201, text=text, book_id=1)

    @task(3)
    def add_author(self):
        name = f"{self.name} {next(self.numbers)}"
        with self.client.post("/authors", json={"name": name}, name="author", catch_response=True) as answer:
            self.check(answer, 201, name=name)
            number = answer.json()["id"]
        with self.client.get(f"/authors/{number}", name="look up", catch_response=True) as answer:
            self.check(answer, 200, name=name, id=number)

    @task(1)
    def subscribe(self):
        email = f"{self.name}@example.org"
        with self.client.post("/newsletter", data={"email": email}, name="form", catch_response=True) as answer:
            self.check(answer, 201, email=email)
