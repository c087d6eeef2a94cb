"""The requests for one S3 object: ranges of it, and its size, always of the same version."""

from __future__ import annotations

from typing import Any

from lambda_powertools.core.aws import mark_user_agent
from lambda_powertools.streaming._client import USER_AGENT, make_client


class ObjectSource:
    """One version of an S3 object, asked for by ranges.

    The ETag of the first answer is sent with every later request (`If-Match`), so an object that is overwritten
    meanwhile is an error and never a mixture of two versions.

    Args:
        bucket: name of the bucket.
        key: key of the object.
        version_id: the version to read, the newest without.
        client: an S3 client; one is made at the first request without.
        options: further parameters of `GetObject`.

    Raises:
        ValueError: the options have a `Range`.
    """

    def __init__(self, bucket: str, key: str, version_id: str | None, client: Any, options: dict[str, Any]) -> None:
        if "Range" in options:
            raise ValueError("Range is set by the stream itself: use seek() and read() to choose what is fetched")
        self.bucket = bucket
        self.key = key
        self.version_id = version_id
        self._options = options
        self._client = client
        self._is_marked = False
        self._etag: str | None = None
        self.known_size: int | None = None

    @property
    def client(self) -> Any:
        """The S3 client, made now if there is none yet."""
        if not self._is_marked:
            if self._client is None:
                self._client = make_client()
            mark_user_agent(self._client, USER_AGENT)
            self._is_marked = True
        return self._client

    @property
    def size(self) -> int:
        """The size of the object in bytes; one `HeadObject` if no answer so far has told it."""
        if self.known_size is None:
            accepted = _parameters_of(self.client, "HeadObject")
            parameters = {k: v for k, v in self._parameters().items() if accepted is None or k in accepted}
            response = self.client.head_object(**parameters)
            self._etag = self._etag or response.get("ETag")
            self.known_size = int(response["ContentLength"])
        return self.known_size

    def get(self, start: int, end: int | None = None) -> Any:
        """Return the open HTTP body of a range, None for a range that begins behind the end.

        Args:
            start: offset of the first byte.
            end: offset of the last byte, the end of the object without.
        """
        text = f"bytes={start}-" if end is None else f"bytes={start}-{end}"
        try:
            response = self.client.get_object(**self._parameters(), Range=text)
        except Exception as error:
            if _error_code(error) in {"InvalidRange", "416"}:
                return None
            raise
        self._remember(response, is_whole=start == 0 and end is None)
        return response["Body"]

    def _parameters(self) -> dict[str, Any]:
        parameters = {"Bucket": self.bucket, "Key": self.key, **self._options}
        if self.version_id is not None:
            parameters["VersionId"] = self.version_id
        elif self._etag is not None:
            parameters.setdefault("IfMatch", self._etag)
        return parameters

    def _remember(self, response: dict[str, Any], *, is_whole: bool) -> None:
        self._etag = self._etag or response.get("ETag")
        if self.known_size is None:
            total = str(response.get("ContentRange") or "").rpartition("/")[2]
            if total.isdecimal():
                self.known_size = int(total)
            elif is_whole and "ContentLength" in response:
                self.known_size = int(response["ContentLength"])


def is_broken_connection(error: Exception) -> bool:
    """Return whether an error says that the connection was lost in the middle of a body."""
    try:
        from botocore import exceptions
    except ImportError:  # a client of another kind
        return False
    return isinstance(
        error, (exceptions.IncompleteReadError, exceptions.ReadTimeoutError, exceptions.ResponseStreamingError)
    )


def _error_code(error: Exception) -> str | None:
    response = getattr(error, "response", None)
    return response.get("Error", {}).get("Code") if isinstance(response, dict) else None


def _parameters_of(client: Any, operation: str) -> set[str] | None:
    model = getattr(getattr(client, "meta", None), "service_model", None)
    return None if model is None else set(model.operation_model(operation).input_shape.members)
