"""A formatter for Datadog."""

from __future__ import annotations

from lambda_powertools.logger.formatter import LambdaPowertoolsFormatter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from lambda_powertools.logger.redaction import Redaction


class DatadogLogFormatter(LambdaPowertoolsFormatter):
    """Writes times as RFC 3339, which Datadog reads as the time of the record without further configuration.

    Reference: https://docs.datadoghq.com/logs/log_configuration/pipelines/?tab=date#date-attribute
    """

    def __init__(  # noqa: PLR0913, PLR0917  # the documented signature
        self,
        json_serializer: Callable[[dict[str, Any]], str | bytes] | None = None,
        json_deserializer: Callable[[str], Any] | None = None,
        json_default: Callable[[Any], Any] | None = None,
        datefmt: str | None = None,
        use_datetime_directive: bool = False,
        log_record_order: list[str] | None = None,
        utc: bool = False,
        use_rfc3339: bool = True,
        serialize_stacktrace: bool = True,
        *,
        redact: Redaction | bool | Iterable[Any] | None = None,
        **kwargs: Any,
    ) -> None:
        """Configure the output, as for `LambdaPowertoolsFormatter`."""
        super().__init__(
            json_serializer,
            json_deserializer,
            json_default,
            datefmt,
            use_datetime_directive,
            log_record_order,
            utc,
            use_rfc3339,
            serialize_stacktrace,
            redact=redact,
            **kwargs,
        )
