"""What is to be invoked, how and how often."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lambda_powertools.testing import lambda_environment

if TYPE_CHECKING:
    from lambda_powertools.cli._handler_path import HandlerPath


@dataclass(frozen=True)
class Job:
    """What is to be invoked.

    Attributes:
        path: the handler.
        event: its event, as JSON.
        count: number of invocations.
        function_name: name of the function.
        memory: its memory, in megabytes.
        timeout: its timeout, in seconds.
        region: the region it believes to be in.
        variables: variables set in its environment besides Lambda's.
    """

    path: HandlerPath
    event: str = "{}"
    count: int = 1
    function_name: str = "function"
    memory: int = 128
    timeout: float = 30
    region: str = "us-east-1"
    variables: dict[str, str] = field(default_factory=dict)

    def environment(self, daemon_address: str) -> dict[str, str]:
        """Return the whole environment of the function's process: this one's, Lambda's, and the given variables."""
        own = lambda_environment(
            self.function_name,
            handler=f"{self.path.module}.{self.path.attribute}",
            memory_limit_in_mb=self.memory,
            timeout=self.timeout,
            region=self.region,
            daemon_address=daemon_address,
        )
        return {**os.environ, **own, **self.variables}
