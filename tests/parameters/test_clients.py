from __future__ import annotations

import subprocess
import sys

import boto3
import local_servers
import pytest
from botocore.config import Config

from lambda_powertools import parameters
from lambda_powertools.core.warnings import PowertoolsDeprecationWarning
from lambda_powertools.parameters import AppConfigProvider, DynamoDBProvider, SecretsProvider, SSMProvider

PROVIDERS = {
    "ssm": SSMProvider,
    "secretsmanager": SecretsProvider,
    "appconfigdata": lambda **options: AppConfigProvider("prod", "shop", **options),
    "dynamodb": lambda **options: DynamoDBProvider("table", **options),
}


def client_of(provider):
    return provider.table.meta.client if isinstance(provider, DynamoDBProvider) else provider.client


@pytest.mark.parametrize("service", PROVIDERS)
def test_a_session_and_a_configuration_are_used(service):
    """PRM-80: the client comes from the given session, made with boto_config."""
    session = boto3.session.Session(**local_servers.CREDENTIALS)

    provider = PROVIDERS[service](boto3_session=session, boto_config=Config(connect_timeout=7))

    client = client_of(provider)
    assert client.meta.service_model.service_name == service
    assert client.meta.config.connect_timeout == 7
    assert client.meta.region_name == "eu-west-1"


@pytest.mark.parametrize("service", PROVIDERS)
def test_the_old_name_of_the_configuration_is_deprecated(service):
    """PRM-80: config= still works, warns and names boto_config, which wins if both are given."""
    session = boto3.session.Session(**local_servers.CREDENTIALS)

    with pytest.warns(PowertoolsDeprecationWarning, match="use boto_config") as caught:
        old = PROVIDERS[service](boto3_session=session, config=Config(connect_timeout=7))
    with pytest.warns(PowertoolsDeprecationWarning, match="use boto_config"):
        both = PROVIDERS[service](boto3_session=session, config=Config(), boto_config=Config(connect_timeout=9))

    assert len(caught) == 1
    assert client_of(old).meta.config.connect_timeout == 7
    assert client_of(both).meta.config.connect_timeout == 9


def test_a_given_client_wins(clients):
    """PRM-80: with a client neither session nor configuration matters; it can be replaced later."""
    client = clients("ssm")
    provider = SSMProvider(boto3_client=client, boto3_session=object(), boto_config=object())

    assert provider.client is client
    provider.client = other = object()
    assert provider.client is other


def test_requests_carry_the_package_s_name(appconfig, appconfig_client):
    """PRM-81: the user agent of each request has one marker, however many providers use the client."""
    appconfig.documents["a"] = b"1"

    for _ in range(2):
        AppConfigProvider("prod", "shop", boto3_client=appconfig_client).get("a")

    agents = [headers["User-Agent"] for *_, headers in appconfig.requests]
    assert len(agents) == 4
    for agent in agents:
        assert agent.startswith("Boto3/")
        assert agent.count(f"lambda-powertools-parameters/{parameters.__version__}") == 1


@pytest.mark.parametrize("service", PROVIDERS)
def test_a_double_needs_only_the_methods_that_are_used(service):
    """PRM-81: a client without events or exceptions is accepted."""

    class Double:
        def get_parameter(self, **_):
            return {"Parameter": {"Value": "1"}}

        def get_secret_value(self, **_):
            return {"SecretString": "1"}

        def start_configuration_session(self, **_):
            return {"InitialConfigurationToken": "t"}

        def get_latest_configuration(self, **_):
            return {"NextPollConfigurationToken": "t", "Configuration": b"1"}

        def Table(self, name):  # noqa: N802  # the SDK's own name
            return self

        def get_item(self, **_):
            return {"Item": {"value": "1"}}

    assert PROVIDERS[service](boto3_client=Double()).get("a") in {"1", b"1"}


def test_a_base_marks_the_client_and_resource_that_it_is_given(moto_url):
    """PRM-81: a custom provider that hands its client to the base gets the marker as well."""
    session = boto3.session.Session(**local_servers.CREDENTIALS)
    client = session.client("s3", endpoint_url=moto_url)
    resource = session.resource("dynamodb", endpoint_url=moto_url)
    seen = []

    class Own(parameters.BaseProvider):
        def _get(self, name, **sdk_options): ...

        def _get_multiple(self, path, **sdk_options): ...

    Own(client=client, resource=resource)
    for one in (client, resource.meta.client):
        one.meta.events.register("before-send", lambda request, **_: seen.append(str(request.headers["User-Agent"])))
    client.list_buckets()
    resource.meta.client.list_tables()

    assert [agent.count(f"lambda-powertools-parameters/{parameters.__version__}") for agent in seen] == [1, 1]
    client.close()
    resource.meta.client.close()


def python(code):
    result = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout.split()


def test_the_sdk_is_imported_at_the_first_fetch():
    """Importing the package, looking up its names and building every provider imports no SDK."""
    code = """
import sys
from lambda_powertools import parameters
from lambda_powertools.core.warnings import PowertoolsDeprecationWarning
for name in parameters.__all__:
    getattr(parameters, name)
parameters.SSMProvider(), parameters.SecretsProvider()
parameters.AppConfigProvider("e"), parameters.DynamoDBProvider("t")
print([name for name in ("boto3", "botocore", "asyncio", "logging", "concurrent.futures") if name in sys.modules])
"""

    assert python(code) == ["[]"]


def test_a_missing_sdk_says_what_to_install():
    """Without boto3 the first fetch fails with the name of the extra."""
    code = """
import sys
sys.modules["boto3"] = None
from lambda_powertools import parameters
from lambda_powertools.core.warnings import PowertoolsDeprecationWarning
try:
    parameters.get_parameter("/a")
except parameters.GetParameterError as error:
    assert isinstance(error.__cause__, parameters.ParametersDependencyError)
    assert 'pip install "lambda-powertools-parameters[aws-sdk]"' in str(error), error
    print("told")
"""

    assert python(code) == ["told"]


@pytest.mark.parametrize(
    "name",
    ["appconfig", "appconfig_extension", "base", "constants", "dynamodb", "exceptions", "secrets", "ssm", "types"],
)
def test_modules_are_attributes_of_the_package(name):
    """Users patch names in parameters.<module>, so every module can be reached from the package."""
    assert python(f"from lambda_powertools import parameters; print(parameters.{name}.__name__)") == [
        f"lambda_powertools.parameters.{name}"
    ]


def test_an_unknown_name_is_an_attribute_error():
    """A typo in a name of the package is told as usual."""
    with pytest.raises(AttributeError, match="has no attribute 'get_paramter'"):
        parameters.get_paramter  # noqa: B018  # looking it up is what is tested


@pytest.mark.parametrize("service", PROVIDERS)
def test_the_deprecation_points_at_whoever_wrote_it(service):
    """PRM-80: the warning names this file, however many constructors stand in between."""
    with pytest.warns(PowertoolsDeprecationWarning, match="boto_config") as caught:
        PROVIDERS[service](config=Config())

    assert caught[0].filename == __file__
