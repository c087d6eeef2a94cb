"""The functions of this package, to be awaited: a value that is not cached is fetched in a thread.

Tasks that ask for the same value at the same time share one fetch, with each other and with threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.parameters import appconfig, secrets, ssm
from lambda_powertools.parameters._settings import resolve_decrypt, resolve_max_age

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_powertools.parameters.types import TransformOptions


async def aget_parameter(
    name: str,
    transform: TransformOptions = None,
    decrypt: bool | None = None,
    force_fetch: bool = False,
    max_age: int | None = None,
    **sdk_options: Any,
) -> Any:
    """Return a parameter of Parameter Store, as `get_parameter` does.

    Raises:
        GetParameterError: it cannot be fetched.
        TransformParameterError: it cannot be decoded.

    Example:
        >>> from lambda_powertools.core.loop import run
        >>> from lambda_powertools.parameters import DEFAULT_PROVIDERS, SSMProvider, aget_parameter, clear_caches
        >>> class Client:
        ...     def get_parameter(self, Name, WithDecryption):
        ...         return {"Parameter": {"Name": Name, "Type": "String", "Value": "https://shop.example"}}
        >>> DEFAULT_PROVIDERS["ssm"] = SSMProvider(boto3_client=Client())
        >>> async def handler():
        ...     return await aget_parameter("/shop/url")
        >>> run(handler())
        'https://shop.example'
        >>> clear_caches()
    """
    provider = ssm.default_provider()
    return await provider.aget(
        name,
        max_age=resolve_max_age(max_age, provider, name),
        transform=transform,
        decrypt=resolve_decrypt(decrypt),
        force_fetch=force_fetch,
        **sdk_options,
    )


async def aget_parameters(
    path: str,
    transform: TransformOptions = None,
    recursive: bool = True,
    decrypt: bool | None = None,
    force_fetch: bool = False,
    max_age: int | None = None,
    raise_on_transform_error: bool = False,
    **sdk_options: Any,
) -> dict[str, Any]:
    """Return the parameters under a path, as `get_parameters` does.

    Raises:
        GetParameterError: they cannot be fetched.
        TransformParameterError: one cannot be decoded, and `raise_on_transform_error` is set.
    """
    provider = ssm.default_provider()
    found: dict[str, Any] = await provider.aget_multiple(
        path,
        max_age=resolve_max_age(max_age, provider, path),
        transform=transform,
        raise_on_transform_error=raise_on_transform_error,
        recursive=recursive,
        decrypt=resolve_decrypt(decrypt),
        force_fetch=force_fetch,
        **sdk_options,
    )
    return found


async def aget_parameters_by_name(
    parameters: Mapping[str, Mapping[str, Any] | None],
    transform: TransformOptions = None,
    decrypt: bool | None = None,
    max_age: int | None = None,
    raise_on_error: bool = True,
) -> dict[str, Any]:
    """Return several parameters by their full names, as `get_parameters_by_name` does.

    Raises:
        GetParameterError: some do not exist or cannot be fetched.
        TransformParameterError: one cannot be decoded.
    """
    import asyncio

    return await asyncio.to_thread(ssm.get_parameters_by_name, parameters, transform, decrypt, max_age, raise_on_error)


async def aget_secret(
    name: str,
    transform: TransformOptions = None,
    force_fetch: bool = False,
    max_age: int | None = None,
    **sdk_options: Any,
) -> Any:
    """Return a secret, as `get_secret` does.

    Raises:
        GetParameterError: it cannot be fetched.
        TransformParameterError: it cannot be decoded.
    """
    provider = secrets.default_provider()
    age = resolve_max_age(max_age, provider, name)
    return await provider.aget(name, max_age=age, transform=transform, force_fetch=force_fetch, **sdk_options)


async def aget_secrets_by_name(
    names: list[str],
    transform: TransformOptions = None,
    force_fetch: bool = False,
    max_age: int | None = None,
    raise_on_transform_error: bool = False,
    **sdk_options: Any,
) -> dict[str, Any]:
    """Return several secrets by their names, as `get_secrets_by_name` does.

    Raises:
        GetSecretError: no name is given, none of the secrets exists, or one may not be read.
        TransformParameterError: one cannot be decoded, and `raise_on_transform_error` is set.
    """
    provider = secrets.default_provider()
    found: dict[str, Any] = await provider.aget_multiple(
        names,
        max_age=resolve_max_age(max_age, provider, None),
        transform=transform,
        raise_on_transform_error=raise_on_transform_error,
        force_fetch=force_fetch,
        **sdk_options,
    )
    return found


async def aget_app_config(
    name: str,
    environment: str,
    application: str | None = None,
    transform: TransformOptions = None,
    force_fetch: bool = False,
    max_age: int | None = None,
    **sdk_options: Any,
) -> Any:
    """Return a configuration of AppConfig, as `get_app_config` does.

    Raises:
        GetParameterError: it cannot be fetched.
        TransformParameterError: it cannot be decoded.
    """
    provider = appconfig.default_provider(environment, application)
    age = resolve_max_age(max_age, provider, name)
    return await provider.aget(name, max_age=age, transform=transform, force_fetch=force_fetch, **sdk_options)


__all__ = [
    "aget_app_config",
    "aget_parameter",
    "aget_parameters",
    "aget_parameters_by_name",
    "aget_secret",
    "aget_secrets_by_name",
]
