"""Parameters of AWS Systems Manager Parameter Store.

https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.parameters._settings import resolve_decrypt, resolve_max_age
from lambda_powertools.parameters._ssm_provider import SSMProvider
from lambda_powertools.parameters.base import MISSING
from lambda_powertools.parameters.constants import DEFAULT_PROVIDERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_powertools.parameters.constants import SSM_PARAMETER_TIER, SSM_PARAMETER_TYPES
    from lambda_powertools.parameters.types import TransformOptions

_OWN = SSMProvider


def default_provider() -> Any:
    """Return the provider behind the functions of this module, made now if there is none."""
    provider = DEFAULT_PROVIDERS.get("ssm")
    # Two threads may both make one: both shall use the one that is kept.
    return DEFAULT_PROVIDERS.setdefault("ssm", SSMProvider()) if provider is None else provider


def get_parameter(
    name: str,
    transform: TransformOptions = None,
    decrypt: bool | None = None,
    force_fetch: bool = False,
    max_age: int | None = None,
    **sdk_options: Any,
) -> Any:
    """Return a parameter of Parameter Store: the cached value while it is live, else fetched, decoded and cached.

    Args:
        name: name, path or ARN of the parameter, a version or label included where one is wanted.
        transform: how to decode it: `"json"`, `"binary"` (base64), or `"auto"` by the suffix of the name.
        decrypt: whether to decrypt a SecureString. Default: `POWERTOOLS_PARAMETERS_SSM_DECRYPT`, then no.
        force_fetch: fetch it even if it is cached.
        max_age: seconds to keep it for. Default: `POWERTOOLS_PARAMETERS_MAX_AGE`, then 300.
        sdk_options: `stale_if_error`, and what is passed on to `GetParameter`.

    Raises:
        GetParameterError: it cannot be fetched; the service's own exception is the cause.
        TransformParameterError: it cannot be decoded.

    Example:
        >>> from lambda_powertools.parameters import DEFAULT_PROVIDERS, SSMProvider, clear_caches, get_parameter
        >>> class Client:
        ...     def get_parameter(self, Name, WithDecryption):
        ...         return {"Parameter": {"Name": Name, "Type": "String", "Value": '{"max": 3}'}}
        >>> DEFAULT_PROVIDERS["ssm"] = SSMProvider(boto3_client=Client())
        >>> get_parameter("/shop/limits", transform="json")
        {'max': 3}
        >>> clear_caches()
    """
    provider = DEFAULT_PROVIDERS.get("ssm") or default_provider()
    decrypt = resolve_decrypt(decrypt)
    if type(provider) is _OWN and not (force_fetch or sdk_options):
        # What `get` would do, at a third of the time: a warm function passes here on every invocation.
        value = provider.cached(name, transform, decrypt)
        if value is not MISSING:
            return value
    return provider.get(
        name,
        max_age=resolve_max_age(max_age, provider, name),
        transform=transform,
        decrypt=decrypt,
        force_fetch=force_fetch,
        **sdk_options,
    )


def get_parameters(
    path: str,
    transform: TransformOptions = None,
    recursive: bool = True,
    decrypt: bool | None = None,
    force_fetch: bool = False,
    max_age: int | None = None,
    raise_on_transform_error: bool = False,
    **sdk_options: Any,
) -> dict[str, Any]:
    """Return the parameters under a path, by the rest of their names.

    Args:
        path: the path, such as `/shop`.
        transform: how to decode them, as in `get_parameter`.
        recursive: whether parameters of deeper paths are included.
        decrypt: whether to decrypt SecureStrings.
        force_fetch: fetch them even if they are cached.
        max_age: seconds to keep them for.
        raise_on_transform_error: whether one that cannot be decoded is an error; without, it is None.
        sdk_options: `stale_if_error`, and what is passed on to `GetParametersByPath`.

    Raises:
        GetParameterError: they cannot be fetched; the service's own exception is the cause.
        TransformParameterError: one cannot be decoded, and `raise_on_transform_error` is set.
    """
    provider = default_provider()
    found: dict[str, Any] = provider.get_multiple(
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


def get_parameters_by_name(
    parameters: Mapping[str, Mapping[str, Any] | None],
    transform: TransformOptions = None,
    decrypt: bool | None = None,
    max_age: int | None = None,
    raise_on_error: bool = True,
) -> dict[str, Any]:
    """Return several parameters by their full names, fetched together where possible.

    Args:
        parameters: by name, what is different for it: any of `transform`, `decrypt` and `max_age`, or None.
        transform: how to decode those that do not say.
        decrypt: whether to decrypt those that do not say.
        max_age: seconds to keep those that do not say.
        raise_on_error: without, the names of those that failed are listed under `"_errors"`.

    Raises:
        GetParameterError: some do not exist or cannot be fetched, or one is called `_errors` and `raise_on_error` is
            off.
        TransformParameterError: one cannot be decoded.

    Example:
        >>> from lambda_powertools.parameters import DEFAULT_PROVIDERS, SSMProvider, clear_caches
        >>> class Client:
        ...     def get_parameters(self, Names):
        ...         return {"Parameters": [{"Name": name, "Type": "String", "Value": "[1, 2]"} for name in Names]}
        >>> DEFAULT_PROVIDERS["ssm"] = SSMProvider(boto3_client=Client())
        >>> get_parameters_by_name({"/shop/text": None, "/shop/list": {"transform": "json"}})
        {'/shop/text': '[1, 2]', '/shop/list': [1, 2]}
        >>> clear_caches()
    """
    provider = default_provider()
    found: dict[str, Any] = provider.get_parameters_by_name(
        parameters=parameters,
        max_age=max_age if max_age is not None or getattr(provider, "max_ages", None) else resolve_max_age(None),
        transform=transform,
        decrypt=resolve_decrypt(decrypt),
        raise_on_error=raise_on_error,
    )
    return found


def set_parameter(
    name: str,
    value: str | list[str],
    *,
    overwrite: bool = False,
    description: str = "",
    parameter_type: SSM_PARAMETER_TYPES = "String",
    tier: SSM_PARAMETER_TIER = "Standard",
    kms_key_id: str | None = None,
    **sdk_options: Any,
) -> dict[str, Any]:
    """Write a parameter of Parameter Store and forget what is cached of it.

    Args:
        name: its name.
        value: its value; the list of a `StringList` is joined by commas.
        overwrite: whether one that exists is replaced.
        description: its description.
        parameter_type: `"String"`, `"StringList"` or `"SecureString"`.
        tier: `"Standard"`, `"Advanced"` or `"Intelligent-Tiering"`.
        kms_key_id: key to encrypt a `SecureString` with, other than the account's default.
        sdk_options: passed on to `PutParameter`; win over the above.

    Returns:
        What the service answers: the version and the tier.

    Raises:
        SetParameterError: it cannot be written; the service's own exception is the cause.
    """
    answer: dict[str, Any] = default_provider().set(
        name,
        value,
        overwrite=overwrite,
        description=description,
        parameter_type=parameter_type,
        tier=tier,
        kms_key_id=kms_key_id,
        **sdk_options,
    )
    return answer


__all__ = [
    "DEFAULT_PROVIDERS",
    "SSMProvider",
    "default_provider",
    "get_parameter",
    "get_parameters",
    "get_parameters_by_name",
    "set_parameter",
]
