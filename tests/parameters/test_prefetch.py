from __future__ import annotations

import threading

import pytest

from lambda_powertools import parameters
from lambda_powertools.parameters import GetParameterError, ParameterSourceError, prefetch
from lambda_powertools.parameters.sources import Source


def test_what_was_prefetched_needs_no_call_later(ssm, secrets, path, shelf):
    """prefetch: parameters with equal options come in one call, and everything is cached for the handler."""
    for name, value in [("a", "1"), ("b", "2"), ("c", "[3]")]:
        parameters.set_parameter(f"{path}/{name}", value)
    parameters.set_secret(f"{path}/s", "secret")
    parameters.DEFAULT_PROVIDERS["appconfig"] = shelf({"settings": b'{"x": 1}'})
    ssm.sent.clear()
    secrets.sent.clear()

    found = prefetch(
        [
            f"ssm:{path}/a",
            f"{path}/b",
            f"ssm:{path}/c?transform=json&max_age=60&decrypt=false",
            f"secret:{path}/s",
            "appconfig:shop/prod/settings?transform=json",
        ]
    )

    assert list(found.values()) == ["1", "2", [3], "secret", {"x": 1}]
    assert sorted(ssm.operations) == ["GetParameter", "GetParameters"]
    assert parameters.get_parameter(f"{path}/a") == "1"
    assert parameters.get_parameter(f"{path}/c", transform="json") == [3]
    assert parameters.get_secret(f"{path}/s") == "secret"
    assert parameters.get_app_config("settings", "prod", "shop", transform="json") == {"x": 1}
    assert len(ssm.sent) + len(secrets.sent) == 3


def test_sources_are_fetched_in_parallel():
    """prefetch: slow sources wait side by side, each in a thread."""
    barrier = threading.Barrier(4)

    found = prefetch({number: lambda: barrier.wait(10) for number in range(4)})

    assert sorted(found.values()) == [0, 1, 2, 3]
    assert list(found) == [0, 1, 2, 3]


def test_a_single_source_needs_no_thread():
    """prefetch: one source is fetched where it is asked for."""
    assert prefetch({"here": threading.get_ident}) == {"here": threading.get_ident()}


def test_a_source_that_fails_is_raised_after_the_others_have_been_fetched(shelf):
    """prefetch: the failure is the caller's, what succeeded is cached all the same."""
    parameters.DEFAULT_PROVIDERS["secrets"] = provider = shelf({"good": "1"})

    with pytest.raises(GetParameterError):
        prefetch(["secret:bad", "secret:good"])

    assert list(provider.store) == [("good", None, False)]


def test_a_failure_can_be_left_for_later(shelf, capsys):
    """prefetch: without raise_on_error what fails is left out and reported on stderr."""
    parameters.DEFAULT_PROVIDERS["secrets"] = shelf({"good": "1", "bad": RuntimeError("locked")})

    assert prefetch(["secret:bad", "secret:good"], raise_on_error=False) == {"secret:good": "1"}
    report = capsys.readouterr().err
    assert "a parameter cannot be fetched ahead" in report
    assert "locked" in report


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("url", "begin it with ssm:, secret: or appconfig:"),
        ("s3:bucket/key", "begin it with ssm:, secret: or appconfig:"),
        ("ssm:", "the name is missing"),
        ("appconfig:shop/settings", "write appconfig:application/environment/name"),
        ("appconfig:shop//settings", "write appconfig:application/environment/name"),
        ("ssm:/a?transform=yaml", "transform is 'yaml': known are json, binary, auto"),
        ("ssm:/a?maxage=1", "ssm has no option 'maxage', it has transform, max_age, decrypt"),
        ("secret:a?decrypt=true", "secret has no option 'decrypt'"),
        ("ssm:/a?max_age=soon", "max_age is 'soon'"),
        ("ssm:/a?decrypt=perhaps", "decrypt is 'perhaps': allowed are"),
        (7, "a source is a text such as 'ssm:/name' or a callable, not int"),
    ],
)
def test_a_source_that_cannot_be_understood_is_refused(source, message):
    """prefetch: the message names the source and what is wrong with it, before anything is fetched."""
    with pytest.raises(ParameterSourceError, match=message):
        prefetch([source])


def test_an_arn_is_a_name_like_others():
    """prefetch: the colons of an ARN belong to the name."""
    source = Source("secret:arn:aws:secretsmanager:eu-west-1:1:secret:shop/db-AbCdEf")

    assert source.name == "arn:aws:secretsmanager:eu-west-1:1:secret:shop/db-AbCdEf"


def test_one_name_under_two_keys_is_fetched_once(ssm, path):
    """prefetch: by mapping, the same parameter may serve two names."""
    parameters.set_parameter(f"{path}/a", "1")
    parameters.set_parameter(f"{path}/b", "2")
    ssm.sent.clear()

    found = prefetch({"x": f"{path}/a", "y": f"{path}/a", "z": f"{path}/b"})

    assert found == {"x": "1", "y": "1", "z": "2"}
    assert ssm.sent == [("GetParameters", {"Names": [f"{path}/a", f"{path}/b"]})]
