"""Signs requests to AWS (Signature Version 4) for any HTTP client, with botocore's signer.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from lambda_powertools.auth import _checks
from lambda_powertools.auth._detached import detached
from lambda_powertools.auth.exceptions import AuthConfigError, SigningError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.credentials import Credentials

RequestT = TypeVar("RequestT")

_LONGEST_LIFE = 7 * 24 * 3600
_SIGNED = ("host", "content-type")
_SET_BY_US = ("authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256")


class SigV4Signer:
    """Signs requests to one AWS service: a function URL, API Gateway, OpenSearch, AppSync, or any other.

    An instance is also what `requests` and `httpx` take as `auth=`.

    Example:
        >>> from botocore.credentials import Credentials
        >>> from lambda_powertools.auth import SigV4Signer
        >>> signer = SigV4Signer("lambda", region="eu-west-1", credentials=Credentials("AKIDEXAMPLE", "secret"))
        >>> headers = signer.sign("GET", "https://abc.lambda-url.eu-west-1.on.aws/")
        >>> headers["Authorization"].partition("/")[0]
        'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE'
    """

    @detached
    def __init__(
        self,
        service: str,
        *,
        region: str | None = None,
        credentials: Credentials | None = None,
        session: Any = None,
    ) -> None:
        """Keep what is signed with; credentials are looked for at the first request.

        Args:
            service: the signing name of the service, such as `lambda`, `execute-api`, `es`, `aoss`, `appsync`, `s3`.
            region: its region, by default that of the session or of `AWS_REGION`.
            credentials: of botocore, by default those of the session: in a function, of its role.
            session: of boto3 or botocore, by default a new one.

        Raises:
            AuthConfigError: an argument is wrong, which is a ValueError.
        """
        self._service = _checks.text(service, "service")
        self._region = None if region is None else _checks.text(region, "region")
        self._credentials = credentials
        self._session = session

    @detached
    def sign(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | str | None = None
    ) -> dict[str, str]:
        """Return the headers to send a request with: the given ones, all of them signed, and those of the signature.

        Args:
            method: the HTTP method.
            url: the URL as it is sent, percent-encoded.
            headers: further headers.
            body: the body as it is sent.

        Raises:
            AuthConfigError: an argument is wrong, or the region is not known.
            SigningError: there are no credentials.
            ImportError: botocore is not installed; names the extra.
        """
        request = self._request(method, url, dict(headers or {}), body)
        self._signer("header").add_auth(request)
        return {name: _text(value) for name, value in request.headers.items()}

    @detached
    def presign(self, method: str, url: str, *, expires_seconds: int = 900) -> str:
        """Return a URL that whoever has it can send, for some time.

        Args:
            method: the HTTP method.
            url: the URL, percent-encoded.
            expires_seconds: for how long, at most a week.

        Raises:
            AuthConfigError: an argument is wrong, or the region is not known.
            SigningError: there are no credentials.
            ImportError: botocore is not installed; names the extra.
        """
        whole: Any = expires_seconds
        if not isinstance(whole, int) or isinstance(whole, bool) or not 0 < whole <= _LONGEST_LIFE:
            raise AuthConfigError(f"expires_seconds must be a whole number from 1 to {_LONGEST_LIFE}")
        request = self._request(method, url, {}, None)
        self._signer("query", expires_seconds).add_auth(request)
        return str(request.url)

    @detached
    def __call__(self, request: RequestT) -> RequestT:
        """Sign a request of `requests` or `httpx`, which call this; headers that a proxy may change are left out.

        Raises:
            AuthConfigError: the body is a stream, which cannot be signed, or the region is not known.
            SigningError: there are no credentials.
            ImportError: botocore is not installed; names the extra.
        """
        given: Any = request
        kept = {
            name: _text(value)
            for name, value in given.headers.items()
            if name.lower() not in _SET_BY_US and (name.lower() in _SIGNED or name.lower().startswith("x-amz-"))
        }
        signed = self.sign(given.method, str(given.url), headers=kept, body=_body_of(given))
        for name in _SET_BY_US:
            given.headers.pop(name, None)
        given.headers.update({name: value for name, value in signed.items() if name.lower() in _SET_BY_US})
        return request

    def _request(self, method: Any, url: Any, headers: dict[str, str], body: Any) -> Any:
        aws = _botocore()
        if not isinstance(method, str) or not method.isascii() or not method.isalpha():
            raise AuthConfigError("method must be of letters only")
        if not isinstance(url, str) or not _is_http(url):
            raise AuthConfigError("url must be an HTTP or HTTPS URL with a host")
        if body is not None and not isinstance(body, (bytes, bytearray, str)):
            raise AuthConfigError("body must be bytes or a string: a stream cannot be signed before it is read")
        data = body.encode() if isinstance(body, str) else body
        return aws.request(method=method.upper(), url=url, headers=headers, data=data)

    def _signer(self, place: str, expires: int = 0) -> Any:
        aws = _botocore()
        credentials, region = self._frozen_credentials(), self._known_region()
        is_s3 = self._service == "s3"
        if place == "query":
            query = aws.s3_query if is_s3 else aws.query
            return query(credentials, self._service, region, expires=expires)
        return (aws.s3_header if is_s3 else aws.header)(credentials, self._service, region)

    def _frozen_credentials(self) -> Any:
        """Return the credentials as they are now: those of a role are replaced from time to time."""
        try:
            if self._credentials is None:
                self._credentials = self._known_session().get_credentials()
            frozen = None if self._credentials is None else self._credentials.get_frozen_credentials()
        except Exception:  # noqa: BLE001  # of whatever source; its messages may hold what was read
            raise SigningError from None
        if frozen is None or not frozen.access_key or not frozen.secret_key:
            raise SigningError
        return frozen

    def _known_region(self) -> str:
        import os

        region = self._region or os.environ.get("AWS_REGION")
        if region is None:
            session = self._known_session()
            region = getattr(session, "region_name", None) or _configured_region(session)
        if not region:
            raise AuthConfigError("region is not known: give it, or set AWS_REGION")
        return str(region)

    def _known_session(self) -> Any:
        if self._session is None:
            import botocore.session

            self._session = botocore.session.Session()
        return self._session

    def __repr__(self) -> str:
        return "<SigV4Signer>"


class _Botocore:
    """What of botocore is used."""

    def __init__(self) -> None:
        from botocore import auth
        from botocore.awsrequest import AWSRequest

        self.request = AWSRequest
        self.header, self.query = auth.SigV4Auth, auth.SigV4QueryAuth
        self.s3_header, self.s3_query = auth.S3SigV4Auth, auth.S3SigV4QueryAuth


_loaded: _Botocore | None = None


def _botocore() -> _Botocore:
    global _loaded  # imported once, at the first use
    if _loaded is None:
        try:
            _loaded = _Botocore()
        except ImportError as error:
            message = 'botocore is needed to sign requests: pip install "lambda-powertools-auth[aws-sdk]"'
            raise ImportError(message, name="botocore") from error
    return _loaded


def _is_http(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _configured_region(session: Any) -> Any:
    read = getattr(session, "get_config_variable", None)
    return None if read is None else read("region")


def _body_of(request: Any) -> Any:
    if not hasattr(request, "read"):
        return request.body
    if not hasattr(request.stream, "__iter__"):  # httpx with an asynchronous one
        raise AuthConfigError("body must not be an asynchronous stream: it cannot be signed before it is read")
    return request.read()


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
