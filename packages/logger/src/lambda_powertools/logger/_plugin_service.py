"""What the plugin needs of a logger, imported when it does."""

from __future__ import annotations

from lambda_powertools.logger import _registry
from lambda_powertools.logger._injection import log_event
from lambda_powertools.logger._levels import to_level
from lambda_powertools.logger._sampling import checked_rate
from lambda_powertools.logger._service import adopt_redaction, service_of
from lambda_powertools.logger._uncaught import log_uncaught
from lambda_powertools.logger.buffer import LoggerBufferConfig
from lambda_powertools.logger.formatter import LambdaPowertoolsFormatter
from lambda_powertools.logger.logger import Logger
from lambda_powertools.logger.redaction import Redaction

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lambda_powertools.core import Invocation
    from lambda_powertools.logger._scope import InvocationState
    from lambda_powertools.logger._service import Service
    from lambda_powertools.logger.formatter import BasePowertoolsFormatter
    from lambda_powertools.logger.plugin import LoggerOptions


def check(options: LoggerOptions) -> None:
    """Raise for options that a logger would not take: when the handler is decorated, not at its first invocation."""
    if options.instance is not None and not isinstance(options.instance, Logger):
        raise TypeError(f"instance has to be a Logger, not {type(options.instance).__name__}")
    if options.level is not None:
        to_level(options.level)
    if options.sampling_rate is not None:
        checked_rate(options.sampling_rate)
    if options.buffer_config is not None and not isinstance(options.buffer_config, LoggerBufferConfig):
        raise TypeError(f"buffer_config has to be a LoggerBufferConfig, not {type(options.buffer_config).__name__}")
    options.redact = Redaction.of(options.redact)


class Voice:
    """The service whose logger speaks for the plugin."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def log_event(self, invocation: Invocation) -> None:
        """Log the event."""
        log_event(self._service, invocation.event, invocation.handler)

    def log_replay(self, key_hash: object) -> None:
        """Say that the handler has not run."""
        self._service.logger.info(
            "the event has been handled before: its response is a stored one", extra={"idempotency_key_hash": key_hash}
        )

    def log_error(self, error: BaseException) -> None:
        """Log what the handler did not catch."""
        log_uncaught(self._service, error)


def find_voice(options: LoggerOptions, application_service: str | None) -> Voice:
    """Return the instance given, the logger of the service, the first logger there is, or one made for this."""
    if options.instance is not None:
        service = options.instance._service  # noqa: SLF001  # the same package's
    else:
        service = _find_service(options.service, application_service) or _new_service(options, application_service)
    _configure(service, options)
    return Voice(service)


def _find_service(explicit: str | None, of_application: str | None) -> Service | None:
    for name in (explicit, of_application):
        if name is not None:
            service = service_of(name)
            if service.configured:
                return service
            if name is explicit:
                return None
    return _registry.services[0] if _registry.services else None


def _new_service(options: LoggerOptions, application_service: str | None) -> Service:
    logger = Logger(
        service=options.service or application_service,
        level=options.level,
        sampling_rate=options.sampling_rate,
        buffer_config=options.buffer_config,
        redact=options.redact,
    )
    return logger._service  # noqa: SLF001  # the same package's


def _configure(service: Service, options: LoggerOptions) -> None:
    """Grant what is asked of a logger that had been made without it."""
    if options.level is not None:
        Logger(service=service.name).setLevel(options.level)
    if options.buffer_config is not None and service.buffer_config is None:
        service.use_buffer(options.buffer_config)
    if options.sampling_rate is not None and not service.rate:
        service.use_sampling(checked_rate(options.sampling_rate), options.sampling_rate)
    if options.redact is not None:
        adopt_redaction(service.formatter, options.redact)


def prepare(state: InvocationState, keys: dict[str, Any], options: LoggerOptions, *, cold_start: bool) -> None:
    """Do for an invocation what the keys alone do not: for the instance, for other formatters, for sampling."""
    services = _registry.special if options.instance is None else [options.instance._service]  # noqa: SLF001  # the same package's
    for service in services:
        formatter = service.formatter
        if not isinstance(formatter, LambdaPowertoolsFormatter):
            _lend_keys(state, service, formatter, keys, clear=options.clear_state)
        elif options.instance is not None:
            formatter.append_keys(**keys)
        if service.rate and not cold_start:
            service.sample()


def _lend_keys(
    state: InvocationState, service: Service, formatter: BasePowertoolsFormatter, keys: dict[str, Any], *, clear: bool
) -> None:
    before = {name: value for name, value in formatter.get_current_keys().items() if value is not None}
    formatter.append_keys(**keys)

    def restore() -> None:
        service.clear_state()
        formatter.append_keys(**before)

    if clear:
        state.restore += (restore,)
