from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from botocore.exceptions import ClientError

from lambda_powertools import parameters
from lambda_powertools.parameters import AppConfigProvider, GetParameterError, get_app_config


@pytest.fixture
def provider(appconfig_client):
    return AppConfigProvider("prod", "shop", boto3_client=appconfig_client)


def kinds(appconfig):
    return [kind for kind, *_ in appconfig.requests]


def test_the_first_fetch_starts_a_session_later_ones_go_on_with_it(appconfig, provider):
    """PRM-51: the session is told profile, application and environment; then each token leads to the next."""
    appconfig.documents["settings"] = b'{"a": 1}'

    assert provider.get("settings", transform="json") == {"a": 1}
    appconfig.documents["settings"] = b'{"a": 2}'
    assert provider.get("settings", transform="json") == {"a": 1}
    assert provider.get("settings", transform="json", force_fetch=True) == {"a": 2}

    assert kinds(appconfig) == ["start", "latest", "latest"]
    assert appconfig.requests[0][1] == {
        "ApplicationIdentifier": "shop",
        "EnvironmentIdentifier": "prod",
        "ConfigurationProfileIdentifier": "settings",
    }


def test_each_configuration_has_its_own_session(appconfig, provider):
    """PRM-51: the tokens of two names are not mixed up."""
    appconfig.documents.update(a=b"1", b=b"2")

    for _ in range(2):
        assert provider.get("a", force_fetch=True) == b"1"
        assert provider.get("b", force_fetch=True) == b"2"
    assert kinds(appconfig).count("start") == 2


def test_options_of_the_sdk_go_to_the_session(appconfig, provider):
    """PRM-51, 9: the session gets them, and our own identifiers win."""
    appconfig.documents["a"] = b"1"

    provider.get("a", RequiredMinimumPollIntervalInSeconds=60, EnvironmentIdentifier="other")

    asked = appconfig.requests[0][1]
    assert (asked["RequiredMinimumPollIntervalInSeconds"], asked["EnvironmentIdentifier"]) == (60, "prod")


def test_nothing_new_means_the_last_configuration(appconfig, provider):
    """PRM-52: an empty answer stands for the body that came before."""
    appconfig.documents["a"] = b"1"

    assert [provider.get("a", force_fetch=True) for _ in range(3)] == [b"1", b"1", b"1"]


def test_an_empty_configuration_is_empty_bytes(appconfig, provider):
    """PRM-52: nothing on the very first fetch is an empty configuration."""
    appconfig.documents["a"] = b""

    assert provider.get("a") == b""


def test_an_expired_token_starts_the_session_anew(appconfig, provider):
    """PRM-54: an environment that slept for longer than a day goes on working."""
    appconfig.documents["a"] = b"1"
    provider.get("a")
    appconfig.forget_tokens()
    appconfig.documents["a"] = b"2"

    assert provider.get("a", force_fetch=True) == b"2"
    assert kinds(appconfig) == ["start", "latest", "latest", "start", "latest"]


def test_threads_do_not_spend_one_token_twice(appconfig, provider):
    """PRM-54: fetches of one name take turns, so that one session serves them all."""
    appconfig.documents["a"] = b"1"

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: provider.get("a", force_fetch=True), range(24)))

    assert found == [b"1"] * 24
    assert kinds(appconfig) == ["start", *["latest"] * 24]


def test_denied_access_is_chained(appconfig, provider):
    """PRM-8: the service's refusal is the cause, and costs the session nothing."""
    appconfig.documents["a"] = b"1"
    provider.get("a")
    appconfig.failing = True

    with pytest.raises(GetParameterError, match="AccessDeniedException") as caught:
        provider.get("a", force_fetch=True)
    appconfig.failing = False

    assert isinstance(caught.value.__cause__, ClientError)
    assert provider.get("a", force_fetch=True) == b"1"
    assert kinds(appconfig).count("start") == 1


def test_there_are_no_paths(provider):
    """PRM-53: several configurations at once is something AppConfig does not have."""
    with pytest.raises(GetParameterError, match="no configurations under a path"):
        provider.get_multiple("a")


@pytest.mark.parametrize(
    ("argument", "environment", "expected"),
    [("shop", "orders", "shop"), (None, "orders", "orders"), (None, None, "service_undefined")],
)
def test_the_application_comes_from_argument_service_or_nowhere(monkeypatch, argument, environment, expected):
    """PRM-50: application, then POWERTOOLS_SERVICE_NAME, then service_undefined."""
    if environment:
        monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", environment)

    assert AppConfigProvider("prod", argument).application == expected


def test_the_helper_keeps_a_provider_for_each_environment(appconfig, appconfig_client, monkeypatch):
    """PRM-55: another environment or application is asked for by itself, the same one not again."""

    def make(environment, application):
        return AppConfigProvider(environment, application, boto3_client=appconfig_client)

    monkeypatch.setattr(parameters.appconfig, "AppConfigProvider", make)
    appconfig.documents["a"] = b"1"

    for _ in range(2):
        for environment, application in [("prod", "shop"), ("test", "shop"), ("prod", "stock")]:
            assert get_app_config("a", environment, application) == b"1"

    asked = [
        (body["EnvironmentIdentifier"], body["ApplicationIdentifier"])
        for kind, body, _ in appconfig.requests
        if kind == "start"
    ]
    assert asked == [("prod", "shop"), ("test", "shop"), ("prod", "stock")]


def test_a_provider_that_does_not_say_serves_every_environment(shelf):
    """PRM-55, 10: a custom provider under "appconfig" answers whatever the environment."""
    parameters.DEFAULT_PROVIDERS["appconfig"] = shelf({"a": b"double"})

    assert get_app_config("a", "prod", "shop") == get_app_config("a", "test") == b"double"
