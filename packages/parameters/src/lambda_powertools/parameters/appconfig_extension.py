"""Configurations of AWS AppConfig, through its Lambda extension: no SDK, and the extension does the polling.

https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-lambda-extensions.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.core.settings import Setting
from lambda_powertools.parameters.appconfig import resolve_application
from lambda_powertools.parameters.base import BaseProvider
from lambda_powertools.parameters.exceptions import GetParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

HOST = "localhost"
_OK = 200
_MAX_PORT = 65535


def _port(value: str) -> int:
    if value.strip().isdecimal() and 0 < int(value) <= _MAX_PORT:
        return int(value)
    raise ValueError("allowed is a port number, 1 to 65535")


PORT = Setting("AWS_APPCONFIG_EXTENSION_HTTP_PORT", default=2772, parse=_port)
"""Port of the AppConfig extension on the function's own machine."""


class AppConfigExtensionProvider(BaseProvider):
    """Reads configurations of AppConfig from the extension that runs beside the function.

    Its Lambda layer must be attached to the function. boto3 is not needed.

    Args:
        environment: name or id of the environment.
        application: name or id of the application. Default: `POWERTOOLS_SERVICE_NAME`, then `service_undefined`.
        port: port that the extension listens on. Default: `AWS_APPCONFIG_EXTENSION_HTTP_PORT`, then 2772.
        timeout: seconds to wait for the extension.
        max_entries: bound of the cache.
        max_ages: seconds to keep single configurations for, by name.
        stale_if_error: seconds after its expiry in which a cached value still serves when it cannot be fetched anew.

    Raises:
        ValueError: the timeout is not positive.
    """

    def __init__(
        self,
        environment: str,
        application: str | None = None,
        port: int | None = None,
        timeout: float = 3.0,
        *,
        max_entries: int = 1000,
        max_ages: Mapping[str, int] | None = None,
        stale_if_error: float | None = None,
    ) -> None:
        super().__init__(max_entries=max_entries, max_ages=max_ages, stale_if_error=stale_if_error)
        if not timeout > 0:
            raise ValueError(f"timeout is {timeout}: the seconds to wait for the extension must be more than 0")
        self.environment = environment
        self.application = resolve_application(application)
        self.port = PORT.resolve(port)
        self.timeout = timeout

    def _get(self, name: str, **sdk_options: Any) -> bytes:
        import http.client  # not urllib: no proxy and no redirect may come in between

        path = self._path(name, sdk_options)
        connection = http.client.HTTPConnection(HOST, self.port, timeout=self.timeout)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise GetParameterError(
                f"the AppConfig extension does not answer at {HOST}:{self.port} ({type(error).__name__}): attach its "
                "Lambda layer to the function"
            ) from error
        finally:
            connection.close()
        if response.status != _OK:
            text = body.decode("utf-8", errors="replace")
            raise GetParameterError(f"the AppConfig extension answered {response.status} to {path}: {text}")
        return body

    def _get_multiple(self, path: str, **sdk_options: Any) -> dict[str, Any]:
        raise NotImplementedError("AppConfig has no configurations under a path: fetch them one by one")

    def _path(self, name: str, sdk_options: dict[str, Any]) -> str:
        from urllib.parse import quote, urlencode

        application, environment, profile = (quote(one, safe="") for one in (self.application, self.environment, name))
        path = f"/applications/{application}/environments/{environment}/configurations/{profile}"
        return f"{path}?{urlencode(sdk_options, doseq=True)}" if sdk_options else path


__all__ = ["AppConfigExtensionProvider"]
