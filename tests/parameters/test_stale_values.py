from __future__ import annotations

import pytest

from lambda_powertools.parameters import GetParameterError, SSMProvider, TransformParameterError


def test_an_expired_value_serves_while_fetching_fails(shelf, expire, capsys):
    """stale_if_error: within its time the last value is served, counted, and reported with the cause."""
    provider = shelf({"a": "1"}, stale_if_error=60)
    provider.get("a")
    expire(provider, seconds=59)
    provider.values["a"] = RuntimeError("the shelf burns")

    assert provider.get("a") == "1"
    assert provider.get("a", force_fetch=True) == "1"

    assert provider.stale_served == 2
    report = capsys.readouterr().err
    assert "'a' cannot be fetched: its last value, which expired 59 s ago, serves" in report
    assert "the shelf burns" in report


def test_beyond_its_time_a_stale_value_does_not_serve(shelf, expire):
    """stale_if_error: a value that expired longer ago is gone, and the failure is told."""
    provider = shelf({"a": "1"}, stale_if_error=60)
    provider.get("a")
    expire(provider, seconds=61)
    provider.values["a"] = RuntimeError("the shelf burns")

    with pytest.raises(GetParameterError, match="the shelf burns"):
        provider.get("a")
    assert not provider.store
    assert provider.stale_served == 0


def test_without_it_a_failure_is_a_failure(shelf, expire):
    """stale_if_error: nobody is served an old value who did not ask for it."""
    provider = shelf({"a": "1"})
    provider.get("a")
    expire(provider)
    provider.values["a"] = RuntimeError("the shelf burns")

    with pytest.raises(GetParameterError):
        provider.get("a")


def test_a_single_call_may_ask_for_it(shelf, expire, capsys):
    """stale_if_error: the argument of a call wins over the provider's, in both directions."""
    provider = shelf({"a": "1"})
    provider.get("a")
    expire(provider)
    provider.values["a"] = RuntimeError("the shelf burns")

    assert provider.get("a", stale_if_error=60) == "1"
    provider.stale_if_error = 60
    with pytest.raises(GetParameterError):
        provider.get("a", stale_if_error=0)
    assert "'a' cannot be fetched" in capsys.readouterr().err


def test_a_value_that_cannot_be_decoded_any_more_is_a_failure_like_others(shelf, expire, capsys):
    """stale_if_error: a broken document does not take the place of the last good one."""
    provider = shelf({"a": "[1]"}, stale_if_error=60)
    provider.get("a", transform="json")
    expire(provider)
    provider.values["a"] = "[1"

    assert provider.get("a", transform="json") == [1]
    with pytest.raises(TransformParameterError):
        provider.get("a", transform="json", stale_if_error=0)
    assert "transform 'json' of 'a' failed" in capsys.readouterr().err


def test_a_recovered_service_is_used_at_once(shelf, expire, capsys):
    """stale_if_error: the first fetch that succeeds again brings the new value."""
    provider = shelf({"a": "1"}, stale_if_error=60)
    provider.get("a")
    expire(provider)
    provider.values["a"] = RuntimeError("the shelf burns")
    provider.get("a")

    provider.values["a"] = "2"

    assert provider.get("a") == "2"
    assert capsys.readouterr().err.count("cannot be fetched") == 1


def test_paths_and_names_have_stale_values_too(expire, capsys):
    """stale_if_error: get_multiple and get_parameters_by_name serve what they have, and name what they have not."""

    class Client:
        failing = False

        def get_parameters(self, Names):  # noqa: N803  # the SDK's own name
            if self.failing:
                raise RuntimeError("out of service")
            return {"Parameters": [{"Name": name, "Value": name, "Type": "String"} for name in Names]}

        def get_paginator(self, operation):
            return self

        def paginate(self, **_):
            return [self.get_parameters(["/x/a"])]

    provider = SSMProvider(boto3_client=Client(), stale_if_error=60)
    provider.get_parameters_by_name({"/a": None})
    provider.get_multiple("/x")
    expire(provider)
    provider.client.failing = True

    assert provider.get_multiple("/x") == {"a": "/x/a"}
    assert provider.get_parameters_by_name({"/a": None}) == {"/a": "/a"}
    with pytest.raises(GetParameterError, match="out of service"):
        provider.get_parameters_by_name({"/a": None, "/b": None})
    found = provider.get_parameters_by_name({"/a": None, "/b": None}, raise_on_error=False)
    assert found == {"/a": "/a", "_errors": ["/b"]}
    assert "parameters cannot be fetched: /b" in capsys.readouterr().err
