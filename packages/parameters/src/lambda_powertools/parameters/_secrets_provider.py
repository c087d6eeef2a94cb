"""The provider of Secrets Manager."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.parameters._client_provider import ClientProvider
from lambda_powertools.parameters._masking import mask
from lambda_powertools.parameters._secrets_batch import fetch_batch
from lambda_powertools.parameters.exceptions import GetSecretError, SetSecretError

if TYPE_CHECKING:
    from lambda_powertools.parameters.types import TransformOptions

# What only one of the two calls takes; the rest goes to both.
_PUT_ONLY = frozenset({"RotationToken", "VersionStages"})
_CREATE_ONLY = frozenset({"AddReplicaRegions", "Description", "ForceOverwriteReplicaSecret", "KmsKeyId", "Tags"})


class SecretsProvider(ClientProvider):
    """Reads and writes secrets of Secrets Manager.

    Needs the permissions `secretsmanager:GetSecretValue`, `secretsmanager:BatchGetSecretValue`,
    `secretsmanager:PutSecretValue` and `secretsmanager:CreateSecret`. boto3 is imported when the first secret is
    fetched. Everything fetched is registered as a secret, so that the logger masks it: its text, and the texts in it
    where it is a JSON document, except for the public keys of a database secret (user name, host, engine and so on).

    Args:
        config: goes away, use `boto_config`.
        boto_config: botocore configuration to make the client with.
        boto3_session: session to make the client from.
        boto3_client: the client to use.
        max_entries: bound of the cache.
        max_ages: seconds to keep single secrets for, by name.
        stale_if_error: seconds after its expiry in which a cached value still serves when it cannot be fetched anew.
    """

    _service = "secretsmanager"

    def get_multiple(  # type: ignore[override]  # several names are a list of them here
        self,
        names: list[str],
        max_age: int | None = None,
        transform: TransformOptions = None,
        raise_on_transform_error: bool = False,
        force_fetch: bool = False,
        **sdk_options: Any,
    ) -> dict[str, Any]:
        """Return several secrets by the names they were asked for; those that do not exist are left out.

        Args:
            names: names or ARNs of the secrets, in any order.
            max_age: seconds to keep them for, as one entry for these names.
            transform: how to decode them.
            raise_on_transform_error: whether one that cannot be decoded is an error; without, it is None.
            force_fetch: fetch them even if they are cached.
            sdk_options: `stale_if_error`, and what is passed on to `BatchGetSecretValue`.

        Raises:
            GetSecretError: no name is given, none of the secrets exists, or one may not be read.
            TransformParameterError: one cannot be decoded, and `raise_on_transform_error` is set.
        """
        asked = _name_set(names)
        return super().get_multiple(asked, max_age, transform, raise_on_transform_error, force_fetch, **sdk_options)

    async def aget_multiple(  # type: ignore[override]  # as `get_multiple`
        self,
        names: list[str],
        max_age: int | None = None,
        transform: TransformOptions = None,
        raise_on_transform_error: bool = False,
        force_fetch: bool = False,
        **sdk_options: Any,
    ) -> dict[str, Any]:
        """Return several secrets as `get_multiple` does, without blocking the event loop.

        Raises:
            GetSecretError: no name is given, none of the secrets exists, or one may not be read.
            TransformParameterError: one cannot be decoded, and `raise_on_transform_error` is set.
        """
        asked = _name_set(names)
        return await super().aget_multiple(
            asked, max_age, transform, raise_on_transform_error, force_fetch, **sdk_options
        )

    def set(
        self,
        name: str,
        value: str | bytes | dict[str, Any],
        *,
        client_request_token: str | None = None,
        **sdk_options: Any,
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
        try:
            options = {**sdk_options, **_written(value)}
            if client_request_token:
                options["ClientRequestToken"] = client_request_token
            answer = self._put_or_create(name, options)
        except Exception as error:
            raise SetSecretError(f"secret {name!r} cannot be written: {error}") from error
        self._forget(name)
        return answer

    def _put_or_create(self, name: str, options: dict[str, Any]) -> dict[str, Any]:
        client = self.client
        put = {key: value for key, value in options.items() if key not in _CREATE_ONLY}
        create = {key: value for key, value in options.items() if key not in _PUT_ONLY}
        try:
            answer: dict[str, Any] = client.put_secret_value(**{**put, "SecretId": name})
        except Exception as error:
            if not _is_not_found(client, error):
                raise
            answer = client.create_secret(**{**create, "Name": name})
        return answer

    def _get(self, name: str, **sdk_options: Any) -> Any:
        secret = self.client.get_secret_value(**{**sdk_options, "SecretId": name})
        value = secret["SecretString"] if "SecretString" in secret else secret["SecretBinary"]
        mask(value)
        return value

    def _get_multiple(  # type: ignore[override]  # the names, as a tuple
        self, names: tuple[str, ...], **sdk_options: Any
    ) -> dict[str, Any]:
        try:
            found = fetch_batch(self.client, list(names), sdk_options)
        except GetSecretError:
            raise
        except Exception as error:
            raise GetSecretError(f"secrets cannot be fetched: {error}") from error
        for value in found.values():
            mask(value)
        return found


def _name_set(names: list[str]) -> Any:
    if not names:
        raise GetSecretError("no secret is named: give the name of at least one")
    return tuple(sorted(set(names)))


def _written(value: str | bytes | dict[str, Any]) -> dict[str, Any]:
    if isinstance(value, dict):
        from lambda_powertools.core.json import dumps

        value = dumps(value)
    if not isinstance(value, (str, bytes, bytearray)):
        raise TypeError(f"a secret is a str, bytes or a dict, not {type(value).__name__}")
    mask(value)
    return {"SecretBinary": value} if isinstance(value, (bytes, bytearray)) else {"SecretString": value}


def _is_not_found(client: Any, error: Exception) -> bool:
    response = getattr(error, "response", None)
    if isinstance(response, dict):
        return bool(response.get("Error", {}).get("Code") == "ResourceNotFoundException")
    known = getattr(getattr(client, "exceptions", None), "ResourceNotFoundException", None)
    return isinstance(known, type) and isinstance(error, known)
