"""What the front ends with multi-value maps have in common: REST APIs and load balancers."""

from __future__ import annotations

from lambda_powertools.data_classes._fields import case_insensitive, computed
from lambda_powertools.data_classes._proxy import BaseProxyEvent
from lambda_powertools.data_classes.shared_functions import split_values

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class MultiValueProxyEvent(BaseProxyEvent):
    """An event that may carry each header and parameter twice: with its last value, and with all of them."""

    multi_value_headers = case_insensitive("multiValueHeaders", or_empty=True)

    @computed
    def resolved_query_string_parameters(self) -> dict[str, list[str]]:
        """All values of each query string parameter, whichever of the two maps has it."""
        return {**split_values(self.query_string_parameters), **self.multi_value_query_string_parameters}

    @computed
    def resolved_headers_field(self) -> dict[str, Any]:
        """The headers with all their values where the front end sends these, else with one."""
        return self.multi_value_headers or self.headers
