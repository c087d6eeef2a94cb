"""What a caller is told that calls too often."""

from __future__ import annotations

import threading

import pytest
from rate_limit import RateLimitPlugin

from lambda_powertools.core import PluginOptionsError, Registry, powertools
from lambda_powertools.testing import TestClient, events, invoke


@pytest.fixture
def limited():
    """Make a handler that is limited."""
    registry = Registry()
    registry.register(RateLimitPlugin)

    def make(**options):
        @powertools(registry=registry, rate_limit=options)
        def handler(event, context):
            return {"statusCode": 200, "body": "done"}

        return handler

    return make


def test_a_caller_that_calls_too_often_is_told_when_to_call_again(limited, clock):
    """Calls beyond the burst are answered with 429 and the seconds to wait; later ones are let through."""
    client = TestClient(limited(rate=0.5, burst=2), front_end="rest")

    answers = [client.get("/") for _ in range(3)]
    clock.advance(2)
    later = client.get("/")

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["retry-after"] == "2"
    assert answers[2].json() == {"message": "Too Many Requests"}
    later.expect(200)


def test_each_caller_has_a_limit_of_its_own(limited, clock):
    """Who the caller is, is read from the event; an event that does not tell is not limited."""
    handler = limited(rate=1, burst=1, key="requestContext.http.sourceIp")
    event = events.http_api()
    other = events.http_api()
    other["requestContext"]["http"]["sourceIp"] = "198.51.100.7"

    answers = [invoke(handler, one).returned()["statusCode"] for one in (event, event, other, {}, {})]

    assert answers == [200, 429, 200, 200, 200]


def test_a_function_may_tell_who_calls(limited, clock):
    """The key may be a function, and the answer anything."""
    handler = limited(rate=1, burst=1, key=lambda event: event["tenant"], response={"error": "slow down"})

    answers = [invoke(handler, {"tenant": tenant}).returned() for tenant in ("a", "b", "a")]

    assert answers[2] == {"error": "slow down"}
    assert answers[0]["statusCode"] == answers[1]["statusCode"] == 200


def test_callers_in_threads_share_the_limit(limited, clock):
    """Of calls at the same moment as many are let through as the burst allows."""
    handler, answers = limited(rate=1, burst=5), []
    threads = [threading.Thread(target=lambda: answers.append(handler({}, None)["statusCode"])) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (answers.count(200), answers.count(429)) == (5, 15)


def test_callers_are_forgotten_at_some_time(limited, clock):
    """No more callers are remembered than were asked for: the one that called longest ago may call again."""
    handler = limited(rate=1, burst=1, key="id", max_callers=2)

    answers = [invoke(handler, {"id": one}).returned()["statusCode"] for one in ("a", "b", "c", "a", "c")]

    assert answers == [200, 200, 200, 200, 429]


@pytest.mark.parametrize("options", [{"rate": 0}, {"rate": "5"}, {"burst": -1}, {"key": 7}, {"rat": 5}])
def test_wrong_options_are_refused(limited, options):
    """A value that makes no sense, and an option that there is not, are errors where the handler is decorated."""
    with pytest.raises(PluginOptionsError, match=next(iter(options))):
        limited(**options)


def test_without_a_rate_it_takes_no_part(limited):
    """Installed and not asked for anything, it costs the invocations nothing."""
    assert [invoke(limited()).returned()["statusCode"] for _ in range(50)] == [200] * 50
