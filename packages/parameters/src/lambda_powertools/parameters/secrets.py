"""Secrets of AWS Secrets Manager. What is fetched here is masked in the logs.

https://docs.aws.amazon.com/secretsmanager/latest/userguide/intro.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.parameters._secrets_provider import SecretsProvider
from lambda_powertools.parameters._settings import resolve_max_age
from lambda_powertools.parameters.constants import DEFAULT_PROVIDERS

if TYPE_CHECKING:
    from lambda_powertools.parameters.types import TransformOptions


def default_provider() -> Any:
    """Return the provider behind the functions of this module, made now if there is none."""
    provider = DEFAULT_PROVIDERS.get("secrets")
    return DEFAULT_PROVIDERS.setdefault("secrets", SecretsProvider()) if provider is None else provider


def get_secret(
    name: str,
    transform: TransformOptions = None,
    force_fetch: bool = False,
    max_age: int | None = None,
    **sdk_options: Any,
) -> Any:
    """Return a secret: the cached value while it is live, else fetched, decoded and cached.

    Args:
        name: name or ARN of the secret.
        transform: how to decode it: `"json"`, `"binary"` (base64), or `"auto"` by the suffix of the name.
        force_fetch: fetch it even if it is cached.
        max_age: seconds to keep it for. Default: `POWERTOOLS_PARAMETERS_MAX_AGE`, then 300.
        sdk_options: `stale_if_error`, and what is passed on to `GetSecretValue`, such as `VersionStage`.

    Raises:
        GetParameterError: it cannot be fetched; the service's own exception is the cause.
        TransformParameterError: it cannot be decoded.

    Example:
        >>> from lambda_powertools.parameters import DEFAULT_PROVIDERS, SecretsProvider, clear_caches, get_secret
        >>> class Client:
        ...     def get_secret_value(self, SecretId):
        ...         return {"Name": SecretId, "SecretString": '{"password": "correct horse"}'}
        >>> DEFAULT_PROVIDERS["secrets"] = SecretsProvider(boto3_client=Client())
        >>> get_secret("shop/database", transform="json")["password"]
        'correct horse'
        >>> clear_caches()
    """
    provider = default_provider()
    return provider.get(
        name,
        max_age=resolve_max_age(max_age, provider, name),
        transform=transform,
        force_fetch=force_fetch,
        **sdk_options,
    )


def get_secrets_by_name(
    names: list[str],
    transform: TransformOptions = None,
    force_fetch: bool = False,
    max_age: int | None = None,
    raise_on_transform_error: bool = False,
    **sdk_options: Any,
) -> dict[str, Any]:
    """Return several secrets by their names; those that do not exist are left out.

    Args:
        names: names or ARNs of the secrets.
        transform: how to decode them, as in `get_secret`.
        force_fetch: fetch them even if they are cached.
        max_age: seconds to keep them for.
        raise_on_transform_error: whether one that cannot be decoded is an error; without, it is None.
        sdk_options: `stale_if_error`, and what is passed on to `BatchGetSecretValue`.

    Raises:
        GetSecretError: no name is given, none of the secrets exists, or one may not be read.
        TransformParameterError: one cannot be decoded, and `raise_on_transform_error` is set.
    """
    provider = default_provider()
    found: dict[str, Any] = provider.get_multiple(
        names,
        max_age=resolve_max_age(max_age, provider, None),
        transform=transform,
        raise_on_transform_error=raise_on_transform_error,
        force_fetch=force_fetch,
        **sdk_options,
    )
    return found


def set_secret(
    name: str, value: str | bytes | dict[str, Any], *, client_request_token: str | None = None, **sdk_options: Any
) -> dict[str, Any]:
    """Write a new version of a secret, or create the secret, and forget what is cached of it.

    Args:
        name: its name or ARN.
        value: its value; a dict is written as JSON.
        client_request_token: makes a repeated call write one version only.
        sdk_options: passed on to `PutSecretValue` and `CreateSecret`, each as far as it knows them.

    Returns:
        What the service answers: the ARN, the name and the version.

    Raises:
        SetSecretError: it cannot be written; the service's own exception is the cause.
    """
    answer: dict[str, Any] = default_provider().set(
        name, value, client_request_token=client_request_token, **sdk_options
    )
    return answer


__all__ = [
    "DEFAULT_PROVIDERS",
    "SecretsProvider",
    "default_provider",
    "get_secret",
    "get_secrets_by_name",
    "set_secret",
]
