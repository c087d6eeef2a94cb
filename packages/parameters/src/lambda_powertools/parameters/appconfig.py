"""Configurations of AWS AppConfig, through its API.

https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-retrieving-simplified-methods.html
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.settings import Settings
from lambda_powertools.parameters._client_provider import ClientProvider
from lambda_powertools.parameters._settings import resolve_max_age
from lambda_powertools.parameters.constants import DEFAULT_PROVIDERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_powertools.parameters.types import TransformOptions

UNDEFINED = "service_undefined"


def resolve_application(application: str | None) -> str:
    """Return the application: the argument, else `POWERTOOLS_SERVICE_NAME`, else `service_undefined`."""
    return Settings.service_name.resolve(application) or UNDEFINED


class _Session:
    """The conversation with the service about one configuration."""

    __slots__ = ("body", "lock", "token")

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.token: str | None = None
        self.body = b""


class AppConfigProvider(ClientProvider):
    """Reads configurations of AppConfig.

    Needs the permissions `appconfig:StartConfigurationSession` and `appconfig:GetLatestConfiguration`. boto3 is
    imported when the first configuration is fetched.

    Args:
        environment: name or id of the environment.
        application: name or id of the application. Default: `POWERTOOLS_SERVICE_NAME`, then `service_undefined`.
        config: goes away, use `boto_config`.
        boto_config: botocore configuration to make the client with.
        boto3_session: session to make the client from.
        boto3_client: the client to use.
        max_entries: bound of the cache.
        max_ages: seconds to keep single configurations for, by name.
        stale_if_error: seconds after its expiry in which a cached value still serves when it cannot be fetched anew.
    """

    _service = "appconfigdata"

    def __init__(  # noqa: PLR0913  # the documented signature
        self,
        environment: str,
        application: str | None = None,
        config: Any = None,
        boto_config: Any = None,
        boto3_session: Any = None,
        boto3_client: Any = None,
        *,
        max_entries: int = 1000,
        max_ages: Mapping[str, int] | None = None,
        stale_if_error: float | None = None,
    ) -> None:
        super().__init__(
            config,
            boto_config,
            boto3_session,
            boto3_client,
            max_entries=max_entries,
            max_ages=max_ages,
            stale_if_error=stale_if_error,
        )
        self.environment = environment
        self.application = resolve_application(application)
        self._sessions: dict[Any, _Session] = {}

    def _get(self, name: str, **sdk_options: Any) -> bytes:
        session = self._sessions.setdefault(name, _Session())
        with session.lock:  # a token can be spent once
            if session.token is None:
                session.token = self._start(name, sdk_options)
                answer = self._latest(session.token)
            else:
                try:
                    answer = self._latest(session.token)
                except Exception as error:
                    if not _is_bad_request(error):
                        raise
                    # Tokens live for a day: an environment that slept for longer begins anew.
                    session.token = None
                    session.token = self._start(name, sdk_options)
                    answer = self._latest(session.token)
            session.token = answer["NextPollConfigurationToken"]
            # Nothing in it means that nothing has changed.
            session.body = _read(answer["Configuration"]) or session.body
            return session.body

    def _get_multiple(self, path: str, **sdk_options: Any) -> dict[str, Any]:
        raise NotImplementedError("AppConfig has no configurations under a path: fetch them one by one")

    def _start(self, name: str, sdk_options: dict[str, Any]) -> str:
        answer = self.client.start_configuration_session(
            **{
                **sdk_options,
                "ConfigurationProfileIdentifier": name,
                "ApplicationIdentifier": self.application,
                "EnvironmentIdentifier": self.environment,
            }
        )
        token: str = answer["InitialConfigurationToken"]
        return token

    def _latest(self, token: str) -> dict[str, Any]:
        answer: dict[str, Any] = self.client.get_latest_configuration(ConfigurationToken=token)
        return answer


def _read(body: Any) -> bytes:
    data: bytes = body.read() if hasattr(body, "read") else body
    return data


def _is_bad_request(error: Exception) -> bool:
    response = getattr(error, "response", None)
    code = response.get("Error", {}).get("Code") if isinstance(response, dict) else type(error).__name__
    return code == "BadRequestException"


def default_provider(environment: str, application: str | None = None) -> Any:
    """Return the provider of an environment and application, made now if there is none.

    The one in `DEFAULT_PROVIDERS["appconfig"]` serves what it says it is for; one that does not say serves everything.
    """
    application = resolve_application(application)
    provider = DEFAULT_PROVIDERS.get("appconfig")
    if provider is None:
        made = AppConfigProvider(environment=environment, application=application)
        provider = DEFAULT_PROVIDERS.setdefault("appconfig", made)
    if _serves(provider, environment, application):
        return provider
    key = f"appconfig {application}/{environment}"
    further = DEFAULT_PROVIDERS.get(key)
    if further is None:
        made = AppConfigProvider(environment=environment, application=application)
        further = DEFAULT_PROVIDERS.setdefault(key, made)
    return further


def _serves(provider: Any, environment: str, application: str) -> bool:
    pair = (getattr(provider, "environment", None), getattr(provider, "application", None))
    return pair[0] in {None, environment} and pair[1] in {None, application}


def get_app_config(
    name: str,
    environment: str,
    application: str | None = None,
    transform: TransformOptions = None,
    force_fetch: bool = False,
    max_age: int | None = None,
    **sdk_options: Any,
) -> Any:
    """Return a configuration: the cached one while it is live, else fetched, decoded and cached.

    Args:
        name: name or id of the configuration profile.
        environment: name or id of the environment.
        application: name or id of the application. Default: `POWERTOOLS_SERVICE_NAME`, then `service_undefined`.
        transform: how to decode it: `"json"`, `"binary"` (base64), `"auto"` by the suffix of the name; bytes without.
        force_fetch: fetch it even if it is cached.
        max_age: seconds to keep it for. Default: `POWERTOOLS_PARAMETERS_MAX_AGE`, then 300.
        sdk_options: `stale_if_error`, and what is passed on to `StartConfigurationSession`.

    Raises:
        GetParameterError: it cannot be fetched; the service's own exception is the cause.
        TransformParameterError: it cannot be decoded.
    """
    provider = default_provider(environment, application)
    return provider.get(
        name,
        max_age=resolve_max_age(max_age, provider, name),
        transform=transform,
        force_fetch=force_fetch,
        **sdk_options,
    )


__all__ = ["DEFAULT_PROVIDERS", "AppConfigProvider", "default_provider", "get_app_config"]
