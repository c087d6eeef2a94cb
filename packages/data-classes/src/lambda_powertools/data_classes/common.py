"""The base classes of all events, and the pieces that the HTTP events share."""

from __future__ import annotations

from lambda_powertools.data_classes._case_insensitive_dict import CaseInsensitiveDict
from lambda_powertools.data_classes._proxy import BaseProxyEvent
from lambda_powertools.data_classes._request_context import (
    APIGatewayEventIdentity,
    BaseRequestContext,
    BaseRequestContextV2,
    RequestContextClientCert,
    RequestContextV2Http,
)
from lambda_powertools.data_classes._wrapper import DictWrapper

__all__ = [
    "APIGatewayEventIdentity",
    "BaseProxyEvent",
    "BaseRequestContext",
    "BaseRequestContextV2",
    "CaseInsensitiveDict",
    "DictWrapper",
    "RequestContextClientCert",
    "RequestContextV2Http",
]
