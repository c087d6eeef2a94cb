from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest
from botocore.exceptions import ClientError

from lambda_powertools.feature_flags import (
    AppConfigExtensionStore,
    AppConfigStore,
    ConfigurationStoreError,
    FeatureFlags,
    StoreClientError,
)
from lambda_powertools.jmespath import InvalidEnvelopeExpressionError

FEATURES = {"f": {"default": True}}


class AppConfig:
    """A double of AppConfig's client: a document, and an error to fail with."""

    def __init__(self, document=FEATURES):
        self.body = document if isinstance(document, bytes) else json.dumps(document).encode()
        self.error = None
        self.fetched = 0

    def start_configuration_session(self, **identifiers):
        self.identifiers = identifiers
        return {"InitialConfigurationToken": "1"}

    def get_latest_configuration(self, ConfigurationToken):  # noqa: N803  # the SDK's own name
        self.fetched += 1
        if self.error is not None:
            raise ClientError({"Error": {"Code": self.error, "Message": "no"}}, "GetLatestConfiguration")
        return {"NextPollConfigurationToken": "2", "Configuration": io.BytesIO(self.body)}


def make(client, **options):
    return AppConfigStore("prod", "shop", "features", boto3_client=client, **options)


def test_the_document_is_fetched_and_kept():
    """FF-30: by environment, application and name; the same object while it is cached."""
    client = AppConfig()
    store = make(client)

    first = store.get_configuration()

    assert first == FEATURES
    assert store.get_configuration() is store.get_raw_configuration is first
    assert client.fetched == 1
    assert client.identifiers == {
        "EnvironmentIdentifier": "prod",
        "ApplicationIdentifier": "shop",
        "ConfigurationProfileIdentifier": "features",
    }


def test_without_an_age_every_call_fetches():
    """FF-30: max_age 0 asks AppConfig at each evaluation."""
    client = AppConfig()
    flags = FeatureFlags(make(client, max_age=0))

    for _ in range(3):
        assert flags.evaluate(name="f", default=False) is True

    assert client.fetched == 3


def test_the_age_is_not_that_of_parameters(monkeypatch):
    """POWERTOOLS_PARAMETERS_MAX_AGE does not concern feature flags."""
    monkeypatch.setenv("POWERTOOLS_PARAMETERS_MAX_AGE", "0")
    client = AppConfig()
    store = make(client)

    store.get_configuration()
    store.get_configuration()

    assert (client.fetched, store.cache_seconds) == (1, 5)


def test_an_envelope_finds_the_features():
    """FF-31: the expression, with the powertools functions, is applied once to each document."""
    client = AppConfig({"nested": json.dumps({"features": FEATURES}), "colour": "blue"})
    store = make(client, envelope="powertools_json(nested).features")

    first = store.get_configuration()

    assert first == FEATURES
    assert store.get_configuration() is first
    assert store.get_raw_configuration["colour"] == "blue"
    assert FeatureFlags(store).evaluate(name="f", default=False) is True


def test_an_envelope_that_cannot_be_parsed_fails_at_once():
    """FF-31: a syntax error is told when the store is built."""
    with pytest.raises(InvalidEnvelopeExpressionError):
        make(AppConfig(), envelope="features[")


def test_options_of_the_envelope_replace_ours():
    """FF-31: jmespath_options are handed on."""
    from collections import OrderedDict

    store = make(AppConfig({"a": 1}), envelope="{f: a}", jmespath_options={"dict_cls": OrderedDict})

    assert type(store.get_configuration()) is OrderedDict


@pytest.mark.parametrize("code", ["AccessDeniedException", "AccessDenied"])
def test_a_missing_permission_propagates(code):
    """FF-32: access denied is a StoreClientError with the details, and no default."""
    client = AppConfig()
    client.error = code
    flags = FeatureFlags(make(client))

    with pytest.raises(StoreClientError, match=f"shop/prod/features is denied: .*{code}") as caught:
        flags.evaluate(name="f", default=True)

    assert isinstance(caught.value.__cause__.__cause__, ClientError)


def test_any_other_failure_means_the_default():
    """FF-32: what cannot be read, or decoded, is a ConfigurationStoreError with its cause."""
    client = AppConfig()
    client.error = "InternalServerException"
    store = make(client)

    with pytest.raises(
        ConfigurationStoreError, match="AppConfig configuration shop/prod/features cannot be read"
    ) as caught:
        store.get_configuration()
    assert isinstance(caught.value.__cause__.__cause__, ClientError)
    with pytest.raises(ConfigurationStoreError, match="transform 'json'"):
        make(AppConfig(b"{secret")).get_configuration()
    assert FeatureFlags(store).evaluate(name="f", default="mine") == "mine"


def test_in_an_outage_not_every_evaluation_waits(monkeypatch):
    """After a good read, a failed one is repeated when the document's age has passed, not at each evaluation."""
    import time

    from lambda_powertools.parameters.base import ExpirableValue

    client = AppConfig()
    store = make(client, max_age=60)
    flags = FeatureFlags(store)
    assert flags.evaluate(name="f", default=False) is True
    (key,) = store._provider.store
    entry = store._provider.store[key]
    store._provider.store[key] = ExpirableValue(entry.value, entry.ttl.replace(year=2000))
    client.error = "InternalServerException"

    assert [flags.evaluate(name="f", default=False) for _ in range(5)] == [True] * 5
    assert client.fetched == 2
    assert flags.last_good_served == 5

    client.error = None
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 61)
    assert flags.evaluate(name="f", default=False) is True
    assert client.fetched == 3
    assert flags.last_good_served == 5


def test_its_attributes_tell_how_it_was_made():
    """Users read them."""
    store = AppConfigStore(
        "prod", "shop", "features", 7, sdk_config="config", envelope="a", jmespath_options={}, boto3_client=AppConfig()
    )

    assert (store.environment, store.application, store.name, store.cache_seconds) == ("prod", "shop", "features", 7)
    assert (store.envelope, store.jmespath_options, store.config) == ("a", {}, "config")
    assert callable(store.logger.debug)
    assert AppConfigStore("e", "a", "n", boto_config="other").config == "other"


def test_the_session_and_configuration_are_used():
    """FF-33: either name of the configuration, without a deprecation warning, and the marker of feature flags."""
    import boto3
    import local_servers
    from botocore.config import Config

    session = boto3.session.Session(**local_servers.CREDENTIALS)
    agents = []
    for name in ("sdk_config", "boto_config"):
        store = AppConfigStore("e", "a", "n", boto3_session=session, **{name: Config(connect_timeout=7)})
        client = store._provider.client
        assert client.meta.config.connect_timeout == 7
        assert client.meta.service_model.service_name == "appconfigdata"

        def answer(request, **_):
            agents.append(str(request.headers["User-Agent"]))
            raise RuntimeError("sent enough")

        client.meta.events.register("before-send", answer)
        with pytest.raises(ConfigurationStoreError, match="sent enough"):
            store.get_configuration()

    assert all("lambda-powertools-feature-flags/" in agent for agent in agents)
    assert not any("lambda-powertools-parameters" in agent for agent in agents)


@pytest.mark.parametrize(
    "make_store", [AppConfigExtensionStore, lambda *names: AppConfigStore(*names, use_extension=True)]
)
def test_the_extension_is_read_without_the_sdk(make_store, monkeypatch, extension):
    """FF-34: the Lambda extension on localhost is asked; one that is not there is no default of the document."""
    monkeypatch.setenv("AWS_APPCONFIG_EXTENSION_HTTP_PORT", str(extension.server_address[1]))

    assert make_store("prod", "shop", "features").get_configuration() == {"f": {"default": True}}
    monkeypatch.setenv("AWS_APPCONFIG_EXTENSION_HTTP_PORT", "9")
    with pytest.raises(ConfigurationStoreError, match="attach its Lambda layer"):
        make_store("prod", "shop", "features").get_configuration()


def test_a_missing_sdk_is_no_outage():
    """A package that was left out is told, and not taken for a store that is down."""
    code = """
import sys
sys.modules["boto3"] = None
from lambda_powertools.feature_flags import AppConfigStore, FeatureFlags, FeatureFlagsDependencyError
try:
    FeatureFlags(AppConfigStore("e", "a", "n")).evaluate(name="f", default=False)
except FeatureFlagsDependencyError as error:
    assert "pip install" in str(error)
    print("told")
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout.split() == ["told"]
