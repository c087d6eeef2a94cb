"""What every package that uses the AWS SDK needs of it; the SDK itself is not imported here."""

from __future__ import annotations

from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    ClientT = TypeVar("ClientT")


def mark_user_agent(client: ClientT, marker: str) -> ClientT:
    """Add a marker to the user agent of every request, so that logs of AWS tell what a request was made by.

    A client that is marked twice, or shared by several packages, sends each marker once. A stand-in without events is
    left as it is.

    Args:
        client: a client or a resource of boto3, or a session of botocore, whose clients are marked then.
        marker: what to add, such as `lambda-powertools-streaming/0.1.0`
            (a product of RFC 9110, section 10.1.5, "User-Agent").

    Returns:
        The client.

    Example:
        >>> from types import SimpleNamespace
        >>> from lambda_powertools.core.aws import mark_user_agent
        >>> mark_user_agent(SimpleNamespace(name="a stand-in"), "audit/1.0").name
        'a stand-in'
        >>> import botocore.awsrequest, botocore.session
        >>> session = mark_user_agent(botocore.session.Session(), "audit/1.0")
        >>> request = botocore.awsrequest.AWSRequest(headers={"User-Agent": "Boto3/1.40"})
        >>> _ = session.emit("request-created.s3.GetObject", request=request)
        >>> request.headers["User-Agent"]
        'Boto3/1.40 audit/1.0'
    """
    register = _register_of(client)
    if register is not None:
        # Under one id for each marker: registering again replaces.
        register("request-created", _marking(marker), unique_id=marker)
    return client


def _register_of(client: Any) -> Callable[..., Any] | None:
    with suppress(AttributeError):
        meta = client.meta
        events = getattr(meta, "events", None)
        register = (meta.client.meta.events if events is None else events).register
        return register if callable(register) else None
    # A session has events of its own. Asked of the class: a stand-in may have any attribute.
    return client.register if callable(getattr(type(client), "register", None)) else None


def _marking(marker: str) -> Callable[..., None]:
    def add(**event: Any) -> None:
        headers = event["request"].headers
        agent = headers.get("User-Agent", "")
        text = agent.decode() if isinstance(agent, bytes) else agent
        if marker not in text:
            if "User-Agent" in headers:
                del headers["User-Agent"]  # setting it would add a second one
            headers["User-Agent"] = f"{text} {marker}".strip()

    return add
