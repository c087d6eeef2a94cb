"""How each HTTP front end takes the headers and cookies of a response."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    HeaderValue = str | list[str] | None


def _present(headers: Mapping[str, HeaderValue]) -> Iterator[tuple[str, list[str]]]:
    for name, value in headers.items():
        if value is not None:
            yield name, [value] if isinstance(value, str) else list(value)


class BaseHeadersSerializer:
    """Writes headers and cookies into a response; each way of writing them is a subclass."""

    def serialize(self, headers: Mapping[str, HeaderValue], cookies: Sequence[Any]) -> dict[str, Any]:
        """Return the parts of the response that hold headers and cookies.

        Args:
            headers: values by name: a text, or a list of them; None leaves a header out.
            cookies: texts, or objects whose `str` is a `Set-Cookie` value.
        """
        raise NotImplementedError


class HttpApiHeadersSerializer(BaseHeadersSerializer):
    """For HTTP APIs, Function URLs and VPC Lattice.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html

    Example:
        >>> HttpApiHeadersSerializer().serialize({"Vary": ["Accept", "Origin"]}, ["session=abc"])
        {'headers': {'Vary': 'Accept, Origin'}, 'cookies': ['session=abc']}
    """

    def serialize(self, headers: Mapping[str, HeaderValue], cookies: Sequence[Any]) -> dict[str, Any]:
        """Join the values of a header, and keep cookies apart."""
        return {
            "headers": {name: ", ".join(values) for name, values in _present(headers)},
            "cookies": [str(cookie) for cookie in cookies],
        }


class MultiValueHeadersSerializer(BaseHeadersSerializer):
    """For REST APIs, and for load balancers with multi-value headers.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html#multi-value-headers

    Example:
        >>> MultiValueHeadersSerializer().serialize({"Vary": ["Accept", "Origin"]}, ["session=abc"])
        {'multiValueHeaders': {'Vary': ['Accept', 'Origin'], 'Set-Cookie': ['session=abc']}}
    """

    def serialize(self, headers: Mapping[str, HeaderValue], cookies: Sequence[Any]) -> dict[str, Any]:
        """Keep all values of a header in a list, those of `Set-Cookie` too."""
        written = dict(_present(headers))
        if cookies:
            written.setdefault("Set-Cookie", []).extend(str(cookie) for cookie in cookies)
        return {"multiValueHeaders": written}


class SingleValueHeadersSerializer(BaseHeadersSerializer):
    """For load balancers without multi-value headers, which send one value of each.

    Example:
        >>> SingleValueHeadersSerializer().serialize({"Vary": "Accept"}, ["session=abc"])
        {'headers': {'Vary': 'Accept', 'Set-Cookie': 'session=abc'}}
    """

    def serialize(self, headers: Mapping[str, HeaderValue], cookies: Sequence[Any]) -> dict[str, Any]:
        """Keep the last value of each header and the last cookie, and warn of those that are lost."""
        written = {}
        for name, values in _present(headers):
            if len(values) > 1:
                _warn(f"header value: {name!r} has {len(values)}")
            if values:
                written[name] = values[-1]
        if cookies:
            if len(cookies) > 1:
                _warn(f"cookie: there are {len(cookies)}")
            written["Set-Cookie"] = str(cookies[-1])
        return {"headers": written}


def _warn(what: str) -> None:
    import warnings

    from lambda_powertools.core.warnings import PowertoolsUserWarning

    warnings.warn(
        f"Can't encode more than one {what}, only the last is sent. Enable multi-value headers on the target group",
        PowertoolsUserWarning,
        stacklevel=3,
    )
