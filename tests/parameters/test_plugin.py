from __future__ import annotations

import pytest

from lambda_powertools import parameters
from lambda_powertools.core import PluginOptionsError, Registry, current_invocation, powertools
from lambda_powertools.parameters import GetParameterError, ParameterSourceError
from lambda_powertools.parameters.plugin import ParametersPlugin


@pytest.fixture
def registry():
    registry = Registry()
    registry.register(ParametersPlugin)
    return registry


def published(event, context):
    """Serve as the handler: return what the invocation was given."""
    return current_invocation().state.get("parameters")


def test_every_invocation_is_given_the_values(registry, ssm, secrets, path):
    """Plugin: values are published by name; a warm invocation fetches nothing."""
    parameters.set_parameter(f"{path}/url", "https://shop.example")
    parameters.set_parameter(f"{path}/currency", "EUR")
    parameters.set_secret(f"{path}/db", {"password": "hunter2-hunter2"})
    ssm.sent.clear()
    secrets.sent.clear()
    handler = powertools(
        registry=registry,
        parameters={
            "preload": {
                "url": f"ssm:{path}/url",
                "currency": f"ssm:{path}/currency",
                "db": f"secret:{path}/db?transform=json",
                "answer": lambda: 42,
            }
        },
    )(published)
    assert not ssm.sent

    first = handler({}, None)

    assert first == {
        "url": "https://shop.example",
        "currency": "EUR",
        "db": {"password": "hunter2-hunter2"},
        "answer": 42,
    }
    assert (ssm.operations, secrets.operations) == (["GetParameters"], ["GetSecretValue"])
    assert handler({}, None) == first
    assert len(ssm.sent) + len(secrets.sent) == 2
    assert repr(first) == "<parameters url, currency, db, answer>"


def test_an_expired_value_is_fetched_by_the_next_invocation(registry, shelf, expire):
    """Plugin: what has expired between two invocations is fetched anew."""
    parameters.DEFAULT_PROVIDERS["secrets"] = provider = shelf({"a": "1"})
    handler = powertools(registry=registry, parameters=["secret:a"])(published)

    assert handler({}, None) == {"secret:a": "1"}
    provider.values["a"] = "2"
    expire(provider)

    assert handler({}, None) == {"secret:a": "2"}


def test_on_init_fetches_when_the_handler_is_decorated(registry, shelf):
    """Plugin: with on_init the first invocation finds everything in the cache."""
    parameters.DEFAULT_PROVIDERS["secrets"] = provider = shelf({"a": "1"})

    handler = powertools(registry=registry, parameters={"preload": {"a": "secret:a"}, "on_init": True})(published)

    assert len(provider.calls) == 1
    assert handler({}, None) == {"a": "1"}
    assert len(provider.calls) == 1


def test_a_failure_in_on_init_is_tried_again(registry, shelf, capsys):
    """Plugin: what cannot be fetched in INIT is reported, and the first invocation tries for itself."""
    parameters.DEFAULT_PROVIDERS["secrets"] = provider = shelf({"a": RuntimeError("locked")})
    handler = powertools(registry=registry, parameters={"preload": {"a": "secret:a"}, "on_init": True})(published)
    assert "locked" in capsys.readouterr().err

    with pytest.raises(GetParameterError, match="locked"):
        handler({}, None)
    provider.values["a"] = "1"

    assert handler({}, None) == {"a": "1"}


@pytest.mark.parametrize("options", [True, {}])
def test_without_options_nothing_happens(registry, options):
    """Plugin: it is inert unless it is told what to fetch."""
    handler = powertools(registry=registry, parameters=options)(published)

    assert handler({}, None) is None


def test_a_source_that_cannot_be_understood_fails_at_decoration(registry):
    """Plugin: a malformed source does not wait for the first request."""
    with pytest.raises(ParameterSourceError, match="'ssn:/a' is no source"):
        powertools(registry=registry, parameters={"preload": {"a": "ssn:/a"}})(published)


@pytest.mark.parametrize(
    ("options", "message"), [("ssm:/a", "a list of sources"), ({"prelaod": {}}, "did you mean 'preload'")]
)
def test_wrong_options_fail_at_decoration(registry, options, message):
    """Plugin: options that do not fit are one clear error."""
    with pytest.raises(PluginOptionsError, match=message):
        powertools(registry=registry, parameters=options)(published)
