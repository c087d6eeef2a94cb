"""Settings from the environment: an explicit value wins over the variable, the variable over the default.

Values are parsed strictly: a variable that holds something else than what is allowed is an error that names it. A
variable that is set to the empty string counts as not set, as deployment templates write absent values that way.
"""

from __future__ import annotations

import os

from lambda_powertools.core.exceptions import SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Generic, TypeVar, overload
else:
    from lambda_powertools.core.static import Generic, TypeVar, overload

T = TypeVar("T")

_TRUE = frozenset({"1", "y", "yes", "t", "true", "on"})
_IS_POSIX = os.name == "posix"
_FALSE = frozenset({"0", "n", "no", "f", "false", "off"})


def text(value: str) -> str:
    """Take the value as it is."""
    return value


def boolean(value: str) -> bool:
    """Parse `1 y yes t true on` or `0 n no f false off`, in any case."""
    word = value.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError("allowed are 1/y/yes/t/true/on and 0/n/no/f/false/off")


def seconds(value: str) -> int:
    """Parse a whole number of seconds, 0 or more."""
    if value.strip().isdecimal():
        return int(value)
    raise ValueError("allowed is a whole number of seconds, 0 or more")


def names(value: str) -> frozenset[str]:
    """Parse names separated by commas."""
    return frozenset(name for name in (part.strip() for part in value.split(",")) if name)


class Setting(Generic[T]):
    """One setting: its variable, default and parser. A plugin defines its own in the same way.

    Example:
        >>> from lambda_powertools.core.settings import Setting, seconds
        >>> AUDIT_DELAY = Setting("AUDIT_DELAY", default=5, parse=seconds)
        >>> AUDIT_DELAY.resolve(environ={"AUDIT_DELAY": "7"})
        7
        >>> AUDIT_DELAY.resolve(3, environ={"AUDIT_DELAY": "7"})
        3
    """

    __slots__ = ("_encoded", "default", "parse", "variable")

    def __init__(self, variable: str, default: T, parse: Callable[[str], T]) -> None:
        self.variable = variable
        self._encoded = variable.encode()
        self.default = default
        self.parse = parse

    def resolve(self, explicit: T | None = None, environ: Mapping[str, str] | None = None) -> T:
        """Return the explicit value unless it is None, else the variable's, else the default.

        Raises:
            SettingsError: the variable holds a value that may not be.
        """
        if explicit is not None:
            return explicit
        if environ is None and _IS_POSIX:
            # Asking `os.environ` for a variable that is not set takes a microsecond, the mapping behind it a twentieth.
            variables = getattr(os.environ, "_data", None)
            if variables is not None and self._encoded not in variables:
                return self.default
        value = (os.environ if environ is None else environ).get(self.variable)
        if not value:
            return self.default
        try:
            return self.parse(value)
        except ValueError as error:
            raise SettingsError(f"environment variable {self.variable} is {value!r}: {error}") from None

    @overload
    def __get__(self, instance: None, owner: type) -> Setting[T]: ...
    @overload
    def __get__(self, instance: Settings, owner: type) -> T: ...
    def __get__(self, instance: Settings | None, owner: type) -> Setting[T] | T:
        """Resolve on an instance of `Settings`; on the class give the setting itself."""
        return self if instance is None else self.resolve(instance.explicit.get(self.variable), instance.environ)


class Settings:
    """All settings of the project. An attribute is read from the environment each time it is used.

    Example:
        >>> Settings({"POWERTOOLS_SERVICE_NAME": "orders"}).service_name
        'orders'
        >>> Settings.trace_disabled.resolve(environ={"POWERTOOLS_TRACE_DISABLED": "yes"})
        True
    """

    def __init__(self, environ: Mapping[str, str] | None = None, explicit: Mapping[str, Any] | None = None) -> None:
        """Read from `environ` (default: the process's); `explicit` maps variable names to values that win over it."""
        self.environ = environ
        self.explicit: Mapping[str, Any] = explicit or {}

    service_name: Setting[str | None] = Setting("POWERTOOLS_SERVICE_NAME", None, text)
    """Name of the service in logs, metrics and traces; the logger writes `service_undefined` where nothing names it."""

    metrics_namespace: Setting[str | None] = Setting("POWERTOOLS_METRICS_NAMESPACE", None, text)
    """Namespace of metrics where none is given."""

    metrics_function_name: Setting[str | None] = Setting("POWERTOOLS_METRICS_FUNCTION_NAME", None, text)
    """Function name in the metric `ColdStart`, in place of the context's."""

    metrics_disabled: Setting[bool | None] = Setting("POWERTOOLS_METRICS_DISABLED", None, boolean)
    """Write no metrics. Where it is not set, `POWERTOOLS_DEV` switches them off as well; `false` keeps them on."""

    trace_disabled = Setting("POWERTOOLS_TRACE_DISABLED", default=False, parse=boolean)
    """Record no traces. Outside Lambda none are recorded in any case."""

    tracer_capture_response = Setting("POWERTOOLS_TRACER_CAPTURE_RESPONSE", default=True, parse=boolean)
    """Responses become metadata of the trace."""

    tracer_capture_error = Setting("POWERTOOLS_TRACER_CAPTURE_ERROR", default=True, parse=boolean)
    """Exceptions become metadata of the trace."""

    trace_middlewares = Setting("POWERTOOLS_TRACE_MIDDLEWARES", default=False, parse=boolean)
    """A subsegment of the trace for each middleware."""

    logger_log_event = Setting("POWERTOOLS_LOGGER_LOG_EVENT", default=False, parse=boolean)
    """Log each event."""

    # The text itself: the logger writes the rate exactly as it was configured, and judges it.
    logger_sample_rate: Setting[str | None] = Setting("POWERTOOLS_LOGGER_SAMPLE_RATE", None, text)
    """Share of the invocations that are logged at level DEBUG, from 0 to 1."""

    log_level: Setting[str | None] = Setting("POWERTOOLS_LOG_LEVEL", None, text)
    """Level of the logs, `INFO` where nothing says otherwise; `AWS_LAMBDA_LOG_LEVEL`, set by Lambda, wins."""

    log_deduplication_disabled = Setting("POWERTOOLS_LOG_DEDUPLICATION_DISABLED", default=False, parse=boolean)
    """Let the handlers of the root logger print the records, too."""

    parameters_max_age = Setting("POWERTOOLS_PARAMETERS_MAX_AGE", default=300, parse=seconds)
    """Seconds for which parameters are kept where the call does not say."""

    parameters_ssm_decrypt = Setting("POWERTOOLS_PARAMETERS_SSM_DECRYPT", default=False, parse=boolean)
    """Decrypt the parameters of Parameter Store where the call does not say."""

    plugins: Setting[frozenset[str] | None] = Setting("POWERTOOLS_PLUGINS", None, names)
    """The only plugins to use, comma separated; None for all that are installed."""

    plugins_disabled: Setting[frozenset[str]] = Setting("POWERTOOLS_PLUGINS_DISABLED", frozenset(), names)
    """Plugins not to use, comma separated."""

    dev = Setting("POWERTOOLS_DEV", default=False, parse=boolean)
    """For development: more for people to read, such as indented logs and tracebacks in responses; no metrics."""

    debug = Setting("POWERTOOLS_DEBUG", default=False, parse=boolean)
    """Debug output of the packages themselves, on stdout."""
