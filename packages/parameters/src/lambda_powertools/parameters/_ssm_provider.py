"""The provider of Parameter Store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.parameters._masking import mask
from lambda_powertools.parameters._settings import resolve_decrypt
from lambda_powertools.parameters._ssm_by_name import ERRORS_KEY, MAX_NAMES, ByNameProvider, match_answers
from lambda_powertools.parameters.base import MISSING
from lambda_powertools.parameters.exceptions import GetParameterError, SetParameterError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambda_powertools.parameters.constants import SSM_PARAMETER_TIER, SSM_PARAMETER_TYPES
    from lambda_powertools.parameters.types import TransformOptions


class SSMProvider(ByNameProvider):
    """Reads and writes parameters of Parameter Store.

    Needs the permissions `ssm:GetParameter`, `ssm:GetParameters`, `ssm:GetParametersByPath`, `ssm:PutParameter`, and
    `kms:Decrypt` where it decrypts. boto3 is imported when the first parameter is fetched. What was decrypted is
    registered as a secret, so that the logger masks it.

    Args:
        config: goes away, use `boto_config`.
        boto_config: botocore configuration to make the client with.
        boto3_session: session to make the client from.
        boto3_client: the client to use.
        max_entries: bound of the cache.
        max_ages: seconds to keep single parameters for, by name.
        stale_if_error: seconds after its expiry in which a cached value still serves when it cannot be fetched anew.

    Example:
        >>> from lambda_powertools.parameters import SSMProvider
        >>> class Client:
        ...     def get_parameter(self, Name, WithDecryption):
        ...         return {"Parameter": {"Name": Name, "Type": "String", "Value": "https://shop.example"}}
        >>> SSMProvider(boto3_client=Client()).get("/shop/url")
        'https://shop.example'
    """

    _MAX_GET_PARAMETERS_ITEM = MAX_NAMES
    _ERRORS_KEY = ERRORS_KEY
    _service = "ssm"

    def get(  # type: ignore[override]  # `decrypt` stands where users of this provider expect it
        self,
        name: str,
        max_age: int | None = None,
        transform: TransformOptions = None,
        decrypt: bool | None = None,
        force_fetch: bool = False,
        **sdk_options: Any,
    ) -> Any:
        """Return a parameter: the cached value while it is live, else fetched, decoded and cached.

        Args:
            name: name, path or ARN of the parameter, a version or label included where one is wanted.
            max_age: seconds to keep it for.
            transform: how to decode it: `"json"`, `"binary"` or `"auto"`.
            decrypt: whether to decrypt a SecureString. Default: `POWERTOOLS_PARAMETERS_SSM_DECRYPT`, then no.
            force_fetch: fetch it even if it is cached.
            sdk_options: `stale_if_error`, and what is passed on to `GetParameter`.

        Raises:
            GetParameterError: it cannot be fetched.
            TransformParameterError: it cannot be decoded.
        """
        decrypt = resolve_decrypt(decrypt)
        if not (force_fetch or sdk_options) and (value := self.cached(name, transform, decrypt)) is not MISSING:
            return value
        return super().get(name, max_age, transform, force_fetch, **{**sdk_options, "decrypt": decrypt})

    async def aget(  # type: ignore[override]  # as `get`
        self,
        name: str,
        max_age: int | None = None,
        transform: TransformOptions = None,
        decrypt: bool | None = None,
        force_fetch: bool = False,
        **sdk_options: Any,
    ) -> Any:
        """Return a parameter as `get` does, without blocking the event loop.

        Raises:
            GetParameterError: it cannot be fetched.
            TransformParameterError: it cannot be decoded.
        """
        decrypt = resolve_decrypt(decrypt)
        return await super().aget(name, max_age, transform, force_fetch, **{**sdk_options, "decrypt": decrypt})

    def get_multiple(  # type: ignore[override]  # `decrypt` stands where users of this provider expect it
        self,
        path: str,
        max_age: int | None = None,
        transform: TransformOptions = None,
        raise_on_transform_error: bool = False,
        decrypt: bool | None = None,
        force_fetch: bool = False,
        recursive: bool = False,
        **sdk_options: Any,
    ) -> dict[str, Any]:
        """Return the parameters under a path, by the rest of their names.

        Args:
            path: the path, such as `/shop`.
            max_age: seconds to keep them for.
            transform: how to decode them.
            raise_on_transform_error: whether one that cannot be decoded is an error; without, it is None.
            decrypt: whether to decrypt SecureStrings.
            force_fetch: fetch them even if they are cached.
            recursive: whether parameters of deeper paths are included.
            sdk_options: `stale_if_error`, and what is passed on to `GetParametersByPath`.

        Raises:
            GetParameterError: they cannot be fetched.
            TransformParameterError: one cannot be decoded, and `raise_on_transform_error` is set.
        """
        options = {**sdk_options, "decrypt": resolve_decrypt(decrypt), "recursive": recursive}
        return super().get_multiple(path, max_age, transform, raise_on_transform_error, force_fetch, **options)

    async def aget_multiple(  # type: ignore[override]  # as `get_multiple`
        self,
        path: str,
        max_age: int | None = None,
        transform: TransformOptions = None,
        raise_on_transform_error: bool = False,
        decrypt: bool | None = None,
        force_fetch: bool = False,
        recursive: bool = False,
        **sdk_options: Any,
    ) -> dict[str, Any]:
        """Return the parameters under a path as `get_multiple` does, without blocking the event loop.

        Raises:
            GetParameterError: they cannot be fetched.
            TransformParameterError: one cannot be decoded, and `raise_on_transform_error` is set.
        """
        options = {**sdk_options, "decrypt": resolve_decrypt(decrypt), "recursive": recursive}
        return await super().aget_multiple(path, max_age, transform, raise_on_transform_error, force_fetch, **options)

    def get_parameters_by_name(
        self,
        parameters: Mapping[str, Mapping[str, Any] | None],
        transform: TransformOptions = None,
        decrypt: bool | None = None,
        max_age: int | None = None,
        raise_on_error: bool = True,
    ) -> dict[str, Any]:
        """Return several parameters by their full names, fetched together where possible.

        Args:
            parameters: by name, what is different for it: any of `transform`, `decrypt` and `max_age`.
            transform: how to decode those that do not say.
            decrypt: whether to decrypt those that do not say.
            max_age: seconds to keep those that do not say.
            raise_on_error: without, the names of those that failed are listed under `"_errors"`.

        Raises:
            GetParameterError: some do not exist or cannot be fetched, or one is called `_errors` and
                `raise_on_error` is off.
            TransformParameterError: one cannot be decoded.
        """
        return self._by_name(parameters, transform, resolve_decrypt(decrypt), max_age, raise_on_error)

    def set(  # the parameters of the service's own call
        self,
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
        """Write a parameter and forget what is cached of it.

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
        text = ",".join(value) if isinstance(value, (list, tuple)) else value
        if not isinstance(text, str):  # the SDK's own message would quote the value
            raise SetParameterError(
                f"parameter {name!r} cannot be written: its value is a {type(value).__name__}, not a str or a list"
            )
        if parameter_type == "SecureString":
            mask(text)
        options = {
            "Name": name,
            "Value": text,
            "Overwrite": overwrite,
            "Type": parameter_type,
            "Tier": tier,
            "Description": description,
            **({"KeyId": kms_key_id} if kms_key_id else {}),
            **sdk_options,
        }
        try:
            answer: dict[str, Any] = self.client.put_parameter(**options)
        except Exception as error:
            raise SetParameterError(f"parameter {name!r} cannot be written: {error}") from error
        self._forget(name)
        return answer

    def _get(self, name: str, decrypt: bool = False, **sdk_options: Any) -> Any:
        parameter = self.client.get_parameter(**{**sdk_options, "Name": name, "WithDecryption": decrypt})["Parameter"]
        if decrypt and parameter.get("Type", "SecureString") == "SecureString":
            mask(parameter["Value"])
        return parameter["Value"]

    def _get_multiple(
        self, path: str, decrypt: bool = False, recursive: bool = False, **sdk_options: Any
    ) -> dict[str, Any]:
        options = {**sdk_options, "Path": path, "WithDecryption": decrypt, "Recursive": recursive}
        found: dict[str, Any] = {}
        for page in self.client.get_paginator("get_parameters_by_path").paginate(**options):
            for parameter in page.get("Parameters", []):
                if decrypt and parameter.get("Type", "SecureString") == "SecureString":
                    mask(parameter["Value"])
                found[_below(path, parameter["Name"])] = parameter["Value"]
        return found

    def _get_parameters_by_name(
        self, parameters: Mapping[str, Any], raise_on_error: bool = True, decrypt: bool = False
    ) -> tuple[dict[str, Any], list[str]]:
        """Ask once, for at most ten names; return values by name, and the names that have none."""
        options: dict[str, Any] = {"Names": list(parameters)}
        if decrypt:
            options["WithDecryption"] = True
        values, unknown = match_answers(self.client.get_parameters(**options), options["Names"], decrypt)
        if unknown and raise_on_error:
            raise GetParameterError(f"parameters that do not exist: {', '.join(unknown)}")
        return values, unknown


def _below(path: str, name: str) -> str:
    folder = f"{path.rstrip('/')}/"
    return name[len(folder) :].lstrip("/") if name.startswith(folder) else name.lstrip("/")
