"""The apps of VPC Lattice services.

https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
"""

from __future__ import annotations

from lambda_powertools.event_handler._resolvers import FrontEndResolver
from lambda_powertools.event_handler._sources import ProxyEventType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lambda_powertools.data_classes.vpc_lattice import VPCLatticeEvent, VPCLatticeEventV2


class VPCLatticeResolver(FrontEndResolver):
    """An app behind a VPC Lattice service, with events of version 1."""

    _front_end = ProxyEventType.VPCLatticeEvent

    if TYPE_CHECKING:

        @property
        def current_event(self) -> VPCLatticeEvent: ...  # noqa: D102  # as the base class


class VPCLatticeV2Resolver(FrontEndResolver):
    """An app behind a VPC Lattice service, with events of version 2.

    Example:
        >>> from lambda_powertools.event_handler import VPCLatticeV2Resolver
        >>> app = VPCLatticeV2Resolver()
        >>> @app.get("/ping")
        ... def ping():
        ...     return "pong"
        >>> app.resolve({"path": "/ping?a=1", "method": "GET", "headers": {}}, None)["body"]
        'pong'
    """

    _front_end = ProxyEventType.VPCLatticeEventV2

    if TYPE_CHECKING:

        @property
        def current_event(self) -> VPCLatticeEventV2: ...  # noqa: D102  # as the base class
