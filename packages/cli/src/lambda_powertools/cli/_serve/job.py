"""What is to be served, where and how."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from lambda_powertools.cli._handler_path import HandlerPath
from lambda_powertools.testing import lambda_environment

if TYPE_CHECKING:
    from lambda_powertools.testing.front_ends.front_end import FrontEnd

FRONT_ENDS = ("http", "rest", "alb", "url", "lattice", "lattice-v2")


@dataclass(frozen=True)
class ServeJob:
    """What is to be served; it travels as JSON to the process that serves after a reload.

    Attributes:
        module: module of the handler.
        attribute: its name in the module.
        front_end: one of `FRONT_ENDS`.
        stage: stage of the API that paths begin with.
        binary_media_types: those of a REST API.
        multi_value: whether multi-value headers are enabled for the load balancer's target group.
        integration_timeout: seconds after which an API answers without the function; None: its quota.
        timeout: timeout of the function, in seconds.
        memory: its memory, in megabytes.
        function_name: its name.
        region: the region it believes to be in.
        concurrency: how many invocations may run at once.
        variables: variables set in its environment besides Lambda's.
    """

    module: str
    attribute: str
    front_end: str = "http"
    stage: str | None = None
    binary_media_types: tuple[str, ...] = ()
    multi_value: bool = False
    integration_timeout: float | None = None
    timeout: float = 30
    memory: int = 128
    function_name: str = "function"
    region: str = "us-east-1"
    concurrency: int = 1
    variables: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> HandlerPath:
        """Where the handler is."""
        return HandlerPath(self.module, self.attribute)

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> ServeJob:
        """Return the job that `to_json` wrote."""
        return cls(**json.loads(text))

    def make_front_end(self) -> FrontEnd:
        """Return the front end that it names."""
        from lambda_powertools.testing.front_ends.function_url import FunctionUrl
        from lambda_powertools.testing.front_ends.http_api import HttpApi
        from lambda_powertools.testing.front_ends.lattice import LatticeV1, LatticeV2
        from lambda_powertools.testing.front_ends.load_balancer import LoadBalancer
        from lambda_powertools.testing.front_ends.rest_api import RestApi

        if self.front_end == "rest":
            return RestApi(self.stage, self.binary_media_types, self.integration_timeout)
        if self.front_end == "http":
            return HttpApi(self.stage, self.integration_timeout)
        if self.front_end == "alb":
            return LoadBalancer(multi_value=self.multi_value, region=self.region)
        if self.front_end == "url":
            return FunctionUrl()
        return LatticeV1() if self.front_end == "lattice" else LatticeV2(self.region)

    def environment(self) -> dict[str, str]:
        """Return what Lambda puts into the environment of the function, and the given variables.

        An X-Ray daemon is asked for only if the caller's environment names one.
        """
        own = lambda_environment(
            self.function_name,
            handler=f"{self.module}.{self.attribute}",
            memory_limit_in_mb=self.memory,
            timeout=self.timeout,
            region=self.region,
            daemon_address=os.environ.get("AWS_XRAY_DAEMON_ADDRESS") or "127.0.0.1:2000",
        )
        return {**own, **self.variables}
