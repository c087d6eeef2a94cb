"""The plugin: connects the loggers of a function to the hooks, without importing more than the hooks need."""

from __future__ import annotations

from lambda_powertools.core import Plugin, Settings, hookimpl
from lambda_powertools.logger import _registry
from lambda_powertools.logger._keys import clear_thread_safe_keys
from lambda_powertools.logger._scope import STATE_KEY, InvocationState, state_of
from lambda_powertools.logger.lambda_context import available_context_keys, invocation_keys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, ClassVar, Literal

    from lambda_powertools.core import Invocation
    from lambda_powertools.logger._plugin_service import Voice
    from lambda_powertools.logger.buffer import LoggerBufferConfig
    from lambda_powertools.logger.logger import Logger
    from lambda_powertools.logger.redaction import Redaction

REPLAY_STATE = "idempotency"
"""Key of `Invocation.state` where a guard says that it answered in the handler's stead: `{"replayed": True}`."""


class LoggerOptions:
    """Options of the plugin: `@powertools(logger={"log_event": True})`, or `logger=my_logger`.

    Attributes:
        service: name of the service whose logger writes the event and uncaught exceptions.
        level: level of that logger.
        log_event: log each event, default `POWERTOOLS_LOGGER_LOG_EVENT`.
        correlation_id_path: JMESPath of the correlation id in the event; see `correlation_paths`.
        clear_state: keys that are added during an invocation end with it.
        flush_buffer_on_uncaught_error: write what is buffered when the handler fails.
        sampling_rate: share of the invocations that are logged at level DEBUG.
        buffer_config: buffer statements of low levels.
        redact: what is masked, see `Redaction.of`.
        log_exceptions: log the exception of a handler that fails, as one line at level ERROR.
        instance: the one logger to act on, instead of all that the function has.
        is_plain: whether nothing is asked of a logger's configuration.
    """

    def __init__(  # noqa: PLR0913  # a keyword each
        self,
        *,
        service: str | None = None,
        level: str | int | None = None,
        log_event: bool | None = None,
        correlation_id_path: str | None = None,
        clear_state: bool = True,
        flush_buffer_on_uncaught_error: bool = True,
        sampling_rate: float | None = None,
        buffer_config: LoggerBufferConfig | None = None,
        redact: Redaction | bool | Iterable[Any] | None = None,
        log_exceptions: bool = True,
        instance: Logger | None = None,
    ) -> None:
        self.service = service
        self.level = level
        self.log_event = log_event
        self.correlation_id_path = correlation_id_path
        self.clear_state = clear_state
        self.flush_buffer_on_uncaught_error = flush_buffer_on_uncaught_error
        self.sampling_rate = sampling_rate
        self.buffer_config = buffer_config
        self.redact = redact
        self.log_exceptions = log_exceptions
        self.instance = instance
        wishes = (service, level, sampling_rate, buffer_config, redact, instance)
        self.is_plain = all(wish is None for wish in wishes)
        if not self.is_plain:
            from lambda_powertools.logger._plugin_service import check

            check(self)

    @classmethod
    def from_value(cls, value: Any) -> LoggerOptions:
        """Take a bare `Logger` as the instance to act on."""
        return cls(instance=value)


class LoggerPlugin(Plugin[LoggerOptions]):
    """Adds the keys of the invocation to every log record, and logs what the handler did not catch.

    All loggers of the process are acted on, whatever their services are called, also those made later.
    """

    name = "logger"
    order = 10
    on_failure: Literal["raise", "warn"] = "warn"
    Options = LoggerOptions
    conformance_exemptions: ClassVar = {"no-output": "it logs what the handler did not catch: to stdout, as all logs"}

    def __init__(self, options: LoggerOptions | None = None) -> None:
        super().__init__(options or LoggerOptions())
        path = self.options.correlation_id_path
        self._correlation = None
        if path:
            from lambda_powertools.logger._correlation import compile_path

            self._correlation = compile_path(path)
        self._log_event = Settings.logger_log_event.resolve(self.options.log_event)
        self._voice: Voice | None = None
        self._is_warned = False
        self._clear_state = self.options.clear_state
        self._instance = self.options.instance
        self._is_plain = self.options.is_plain

    @hookimpl
    def before_invoke(self, invocation: Invocation) -> None:
        """Give the keys of the invocation to the loggers, and log the event."""
        try:
            keys = invocation_keys(invocation)
        except AttributeError as error:
            keys = self._available_keys(invocation, error)
        state = invocation.state.get(STATE_KEY)
        if state is None:
            # Whether there is a request id has just been found out; a trace id is asked for where there is none.
            request_id = keys.get("function_request_id")
            known = request_id.__class__ is str and bool(request_id)
            state = invocation.state[STATE_KEY] = InvocationState(identified=True) if known else state_of(invocation)
        state.managed = True
        if self._correlation is not None:
            keys["correlation_id"] = self._correlation_id(invocation.event)
        if self._instance is None:
            state.injected = keys
        if not self._is_plain and self._voice is None:
            self._voice = self._find_voice(invocation)
        if _registry.special or self._instance is not None:
            from lambda_powertools.logger._plugin_service import prepare

            prepare(state, keys, self.options, cold_start=invocation.cold_start)
        if self._log_event:
            state.event_logged += (None,)
            self._find_voice(invocation).log_event(invocation)
        state.enter()  # last: who fails before is not entered, and nobody would call leave

    @hookimpl
    def after_invoke(self, invocation: Invocation) -> None:
        """Forget what belongs to the invocation."""
        state: InvocationState = invocation.state[STATE_KEY]
        try:
            replay = invocation.state.get(REPLAY_STATE)
            if replay is not None and isinstance(replay, dict) and replay.get("replayed"):
                self._find_voice(invocation).log_replay(replay.get("key_hash"))
            if self._clear_state:
                state.end(keep=False)
                clear_thread_safe_keys()
            else:
                state.end(keep=True)
        finally:
            state.leave()

    @hookimpl
    def on_error(self, invocation: Invocation, error: BaseException) -> None:
        """Write what is buffered, log the error, and forget what belongs to the invocation."""
        try:
            if self.options.flush_buffer_on_uncaught_error:
                for service, buffer in list(state_of(invocation).buffers.items()):
                    service.flush_of(buffer)
            if self.options.log_exceptions:
                self._find_voice(invocation).log_error(error)
        finally:
            self.after_invoke(invocation)

    def _available_keys(self, invocation: Invocation, error: AttributeError) -> dict[str, Any]:
        found, _ = available_context_keys(invocation.context)
        if invocation.context is not None and not self._is_warned:  # None is how handlers are called by hand
            self._is_warned = True
            _warn(f"{error}. Log records are without the keys of these attributes")
        return {"cold_start": invocation.cold_start, **found}

    def _correlation_id(self, event: Any) -> Any:
        assert self._correlation is not None  # noqa: S101  # the caller has checked
        try:
            return self._correlation(event)
        except Exception as error:  # noqa: BLE001  # what an expression does with an event must not stop the handler
            path = self.options.correlation_id_path
            _warn(f"the correlation id path {path!r} failed on this event, which has no correlation id: {error!r}")
            return None

    def _find_voice(self, invocation: Invocation) -> Voice:
        voice = self._voice
        if voice is None:
            from lambda_powertools.logger._plugin_service import find_voice

            application = invocation.application
            voice = self._voice = find_voice(self.options, application.service if application is not None else None)
        return voice


def _warn(message: str) -> None:
    import warnings

    from lambda_powertools.core.warnings import PowertoolsUserWarning

    warnings.warn(message, PowertoolsUserWarning, stacklevel=4)
