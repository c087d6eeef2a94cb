"""Stores beside AppConfig: a file, a parameter, an S3 object, a DynamoDB item, a URL, or no more than a dict.

All keep the document for `max_age` seconds, take an envelope, and decode it anew only when it has changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lambda_powertools.feature_flags._documents import (
    MAX_BYTES,
    Document,
    DocumentProvider,
    from_json,
    from_yaml,
    limited,
    require_yaml,
)
from lambda_powertools.feature_flags._envelope import Envelope
from lambda_powertools.feature_flags._http_store import HTTPStore
from lambda_powertools.feature_flags._provider_store import ProviderStore
from lambda_powertools.feature_flags.appconfig import USER_AGENT
from lambda_powertools.feature_flags.base import StoreProvider
from lambda_powertools.parameters.exceptions import GetParameterError

if TYPE_CHECKING:
    from os import PathLike

    from lambda_powertools.feature_flags._logging import LoggerLike

_YAML = (".yaml", ".yml")


class InMemoryStore(StoreProvider):
    """Holds the configuration itself; for tests and for what never changes.

    Args:
        configuration: the document.
        envelope: JMESPath expression of the features in it.

    Example:
        >>> InMemoryStore({"features": {"dark_mode": {"default": True}}}, envelope="features").get_configuration()
        {'dark_mode': {'default': True}}
    """

    def __init__(self, configuration: dict[str, Any], envelope: str | None = "") -> None:
        self.configuration = configuration
        self.envelope = envelope
        self._envelope = Envelope(envelope)

    @property
    def get_raw_configuration(self) -> dict[str, Any]:
        """The document."""
        return self.configuration

    def get_configuration(self) -> dict[str, Any]:
        """Return the features by name."""
        features: dict[str, Any] = self._envelope.features(self.configuration)
        return features


class FileStore(ProviderStore):
    """Reads a JSON or YAML file, such as one that is deployed with the function or lies on a mounted file system.

    Args:
        path: the file; `.yaml` and `.yml` are YAML, everything else is JSON.
        max_age: seconds after which it is read again; 0 reads it at each evaluation.
        envelope: JMESPath expression of the features in it.
        jmespath_options: options of the expression.
        logger: for debug output.
        max_bytes: a longer file is refused.

    Raises:
        FeatureFlagsDependencyError: the file is YAML, and PyYAML is not installed.
    """

    def __init__(
        self,
        path: str | PathLike[str],
        *,
        max_age: int = 5,
        envelope: str | None = "",
        jmespath_options: dict[str, Any] | None = None,
        logger: LoggerLike | None = None,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        from pathlib import Path

        self.path = Path(path)
        self.max_bytes = max_bytes
        is_yaml = self.path.suffix.lower() in _YAML
        if is_yaml:
            require_yaml()
        super().__init__(
            DocumentProvider(self._read, from_yaml if is_yaml else from_json),
            str(self.path),
            what=f"file {self.path}",
            max_age=max_age,
            transform=None,
            envelope=envelope,
            jmespath_options=jmespath_options,
            logger=logger,
        )

    def _read(self, version: str | None) -> Document:  # noqa: ARG002  # a file is quickly read
        try:
            with self.path.open("rb") as file:
                return Document(limited(file.read(self.max_bytes + 1), self.max_bytes))
        except PermissionError as error:
            raise GetParameterError(f"AccessDenied: {error}") from error


class SSMStore(ProviderStore):
    """Reads a parameter of Parameter Store that holds JSON.

    Needs the permission `ssm:GetParameter`. A parameter holds 4 KB, an advanced one 8 KB.

    Args:
        name: name of the parameter.
        max_age: seconds to keep the document for; 0 fetches it at each evaluation.
        decrypt: whether it is a SecureString.
        envelope: JMESPath expression of the features in the document.
        jmespath_options: options of the expression.
        logger: for debug output.
        boto_config: botocore configuration to make the client with.
        boto3_session: session to make the client from.
        boto3_client: the client to use.
    """

    def __init__(  # noqa: PLR0913  # a keyword each
        self,
        name: str,
        *,
        max_age: int = 5,
        decrypt: bool = False,
        envelope: str | None = "",
        jmespath_options: dict[str, Any] | None = None,
        logger: LoggerLike | None = None,
        boto_config: Any = None,
        boto3_session: Any = None,
        boto3_client: Any = None,
    ) -> None:
        from lambda_powertools.parameters.ssm import SSMProvider

        ssm = SSMProvider(boto_config=boto_config, boto3_session=boto3_session, boto3_client=boto3_client)
        ssm.client_factory.user_agent = USER_AGENT

        def read(version: str | None) -> Document:  # noqa: ARG001  # a parameter is small
            return Document(ssm.get(name, max_age=0, decrypt=decrypt))

        super().__init__(
            DocumentProvider(read, from_json),
            name,
            what=f"parameter {name}",
            max_age=max_age,
            transform=None,
            envelope=envelope,
            jmespath_options=jmespath_options,
            logger=logger,
        )


class DynamoDBStore(ProviderStore):
    """Reads an item of a table: its value is JSON, or a map of the configuration itself.

    Needs the permission `dynamodb:GetItem`.

    Args:
        table_name: name of the table.
        name: the item's partition key.
        key_attr: attribute of the partition key.
        value_attr: attribute of the value.
        max_age: seconds to keep the document for; 0 fetches it at each evaluation.
        envelope: JMESPath expression of the features in the document.
        jmespath_options: options of the expression.
        logger: for debug output.
        endpoint_url: another endpoint than that of AWS.
        boto_config: botocore configuration to make the resource with.
        boto3_session: session to make the resource from.
        boto3_client: the **resource** to use, as of `boto3.resource("dynamodb")`.
    """

    def __init__(  # noqa: PLR0913  # a keyword each
        self,
        table_name: str,
        name: str,
        *,
        key_attr: str = "id",
        value_attr: str = "value",
        max_age: int = 5,
        envelope: str | None = "",
        jmespath_options: dict[str, Any] | None = None,
        logger: LoggerLike | None = None,
        endpoint_url: str | None = None,
        boto_config: Any = None,
        boto3_session: Any = None,
        boto3_client: Any = None,
    ) -> None:
        from lambda_powertools.parameters.dynamodb import DynamoDBProvider

        table = DynamoDBProvider(
            table_name,
            key_attr=key_attr,
            value_attr=value_attr,
            endpoint_url=endpoint_url,
            boto_config=boto_config,
            boto3_session=boto3_session,
            boto3_client=boto3_client,
        )
        table.client_factory.user_agent = USER_AGENT

        def read(version: str | None) -> Document:  # noqa: ARG001  # an item is small
            return Document(table.get(name, max_age=0))

        super().__init__(
            DocumentProvider(read, _from_item),
            name,
            what=f"item {name!r} of table {table_name}",
            max_age=max_age,
            transform=None,
            envelope=envelope,
            jmespath_options=jmespath_options,
            logger=logger,
        )


class S3Store(ProviderStore):
    """Reads an S3 object that holds JSON or YAML; one that has not changed is not sent again.

    Needs the permission `s3:GetObject`.

    Args:
        bucket: name of the bucket.
        key: key of the object; `.yaml` and `.yml` are YAML, everything else is JSON.
        max_age: seconds to keep the document for; 0 asks for it at each evaluation.
        version_id: version of the object, the latest by default.
        envelope: JMESPath expression of the features in the document.
        jmespath_options: options of the expression.
        logger: for debug output.
        max_bytes: a longer object is refused.
        boto_config: botocore configuration to make the client with.
        boto3_session: session to make the client from.
        boto3_client: the client to use.

    Raises:
        FeatureFlagsDependencyError: the object is YAML, and PyYAML is not installed.
    """

    def __init__(  # noqa: PLR0913  # a keyword each
        self,
        bucket: str,
        key: str,
        *,
        max_age: int = 5,
        version_id: str | None = None,
        envelope: str | None = "",
        jmespath_options: dict[str, Any] | None = None,
        logger: LoggerLike | None = None,
        max_bytes: int = MAX_BYTES,
        boto_config: Any = None,
        boto3_session: Any = None,
        boto3_client: Any = None,
    ) -> None:
        from lambda_powertools.parameters.clients import ClientFactory

        self.bucket = bucket
        self.key = key
        self.max_bytes = max_bytes
        self._request = {"Bucket": bucket, "Key": key, **({"VersionId": version_id} if version_id else {})}
        self._client_factory = ClientFactory("s3", given=boto3_client, session=boto3_session, config=boto_config)
        self._client_factory.user_agent = USER_AGENT
        is_yaml = key.lower().endswith(_YAML)
        if is_yaml:
            require_yaml()
        super().__init__(
            DocumentProvider(self._read, from_yaml if is_yaml else from_json),
            key,
            what=f"object s3://{bucket}/{key}",
            max_age=max_age,
            transform=None,
            envelope=envelope,
            jmespath_options=jmespath_options,
            logger=logger,
        )

    def _read(self, version: str | None) -> Document:
        condition = {"IfNoneMatch": version} if version else {}
        try:
            answer = self._client_factory.value.get_object(**self._request, **condition)
        except Exception as error:
            response = getattr(error, "response", None)
            status = response.get("ResponseMetadata", {}).get("HTTPStatusCode") if isinstance(response, dict) else None
            if version and status == _NOT_MODIFIED:
                return Document(None, version)
            raise
        with answer["Body"] as body:
            return Document(limited(body.read(self.max_bytes + 1), self.max_bytes), answer.get("ETag"))


_NOT_MODIFIED = 304


def _from_item(value: Any) -> Any:
    return from_json(value) if isinstance(value, (str, bytes)) else _plain(value)


def _plain(value: Any) -> Any:
    """Return what DynamoDB gives as JSON gives it: its numbers are all Decimals, which are no `int`."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if type(value).__name__ == "Decimal":
        return int(value) if value == value.to_integral_value() else float(value)
    return value


__all__ = ["DynamoDBStore", "FileStore", "HTTPStore", "InMemoryStore", "S3Store", "SSMStore"]
