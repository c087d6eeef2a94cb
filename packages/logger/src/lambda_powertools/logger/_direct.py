"""The direct way of a statement to the stream, without a log record, taken when nobody could tell the difference.

Nobody can while every object on the way is this package's own or `logging`'s, and unchanged: then the record would be
seen by our formatter and our handler alone. What is looked up to know that is remembered as a `Route`, and compared
with what is there at each statement, since `logging` lets everybody change it at any time.
"""

from __future__ import annotations

import logging
import time

from lambda_powertools.core.secrets import redact_secrets
from lambda_powertools.logger._handler import LineHandler
from lambda_powertools.logger._keys import thread_safe_keys
from lambda_powertools.logger._message import JSON_ENDS, parse_json
from lambda_powertools.logger._record import CAN_BUILD, make_record
from lambda_powertools.logger.filters import SuppressFilter
from lambda_powertools.logger.formatter import LambdaPowertoolsFormatter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

    from lambda_powertools.logger._service import Service

_Logger = logging.Logger
_handle, _call_handlers = _Logger.handle, _Logger.callHandlers
_format, _format_time = LambdaPowertoolsFormatter.format, LambdaPowertoolsFormatter.formatTime

_RUNTIME_FILTER = ("awslambdaric.bootstrap", "LambdaLoggerFilter")
"""A filter of Lambda's runtime on its handler: it only adds the request id to the record."""


class Route:
    """The way from the logger of a service to its stream, as it was when it was found to be free."""

    __slots__ = (
        "_formatter_size",
        "_handler_size",
        "_handlers",
        "_hidden",
        "_logger",
        "_logger_size",
        "_root_handlers",
        "formatter",
        "handler",
    )

    def __init__(self, logger: logging.Logger, handler: LineHandler, formatter: LambdaPowertoolsFormatter) -> None:
        self.handler = handler
        self.formatter = formatter
        self._logger = logger
        self._handlers = [handler]
        self._root_handlers = list(logging.root.handlers) if logger.propagate else []
        self._hidden = [(other, list(other.filters)) for other in self._root_handlers]
        # A method that is replaced on one of the objects shows in the number of its attributes.
        self._logger_size, self._handler_size = len(logger.__dict__), len(handler.__dict__)
        self._formatter_size = len(formatter.__dict__)

    def is_free(self) -> bool:
        """Return whether nothing has changed since."""
        logger, handler, formatter = self._logger, self.handler, self.formatter
        if (
            logger.handlers != self._handlers
            or logger.filters
            or handler.filters
            or handler.formatter is not formatter
            or formatter.redaction is not None
            or _Logger.handle is not _handle  # monitoring agents replace these two
            or _Logger.callHandlers is not _call_handlers
            or LambdaPowertoolsFormatter.format is not _format
            or LambdaPowertoolsFormatter.formatTime is not _format_time
            or len(logger.__dict__) != self._logger_size
            or len(handler.__dict__) != self._handler_size
            or len(formatter.__dict__) != self._formatter_size
        ):
            return False
        if logger.propagate:
            root = logger.parent
            if root is not logging.root or root.handlers != self._root_handlers:
                return False
            for other, filters in self._hidden:
                if other.filters != filters:
                    return False
        return True


def write(  # what a statement consists of
    service: Service, logger: logging.Logger, level: int, frame: FrameType, msg: object, keys: dict[str, object]
) -> bool:
    """Write a statement; return False, with nothing done, if it has to go the usual way.

    Args:
        service: whose logger it is; it must not buffer.
        logger: the service's or a child of it, enabled for the level.
        level: number of the level.
        frame: where the statement is.
        msg: the message, without arguments.
        keys: those of the statement.
    """
    route = service.route
    if route is None or not route.is_free():
        route = service.route = _find_route(service)
        if route is None:
            return False
    handler, formatter = route.handler, route.formatter
    if (
        handler.level > level
        or logging.getLogRecordFactory() is not logging.LogRecord
        or (logger is not service.logger and not _only_passes_on(logger, service.logger))
    ):
        return False
    writer = formatter._writer  # noqa: SLF001  # the same package's, as below
    if writer is None:
        return False
    created = time.time()
    try:
        own_keys = thread_safe_keys()
        line = writer.compose(
            formatter._store.current(),  # noqa: SLF001
            logging.getLevelName(level),
            f"{frame.f_code.co_name}:{frame.f_lineno}",
            parse_json(msg) if msg.__class__ is str and msg[-1:] in JSON_ENDS else msg,
            formatter._clock.text(created, (created - int(created)) * 1000, formatter.converter),  # noqa: SLF001
            {**own_keys, **keys} if own_keys else keys,
            formatter.trace_id,
        )
        if line is None:
            return False
        line = redact_secrets(line) + handler.terminator
    except Exception:  # noqa: BLE001  # it comes up again on the usual way, which knows what to do
        return False
    try:
        with handler.lock:  # type: ignore[union-attr]  # a handler has its lock from its construction on
            stream = handler.stream
            stream.write(line)
            stream.flush()
    except RecursionError:
        raise
    except Exception:  # noqa: BLE001  # as in the handler
        handler.handleError(make_record(logger.name, level, frame.f_code, frame.f_lineno, msg, keys=keys))
    return True


def _find_route(service: Service) -> Route | None:
    logger = service.logger
    if not CAN_BUILD or len(logger.handlers) != 1 or logger.filters or not _is_untouched(logger, _Logger):
        return None
    handler = logger.handlers[0]
    if type(handler) is not LineHandler or handler.filters or _has_own(handler, "emit", "handle", "format"):
        return None
    formatter = handler.formatter
    if not isinstance(formatter, LambdaPowertoolsFormatter) or formatter.redaction is not None:
        return None
    kind = type(formatter)
    if kind.format is not _format or kind.formatTime is not _format_time or _has_own(formatter, "format", "formatTime"):
        return None
    if logger.propagate and (
        logger.parent is not logging.root or not all(_drops(other, service.name) for other in logging.root.handlers)
    ):
        return None
    return Route(logger, handler, formatter)


def _is_untouched(logger: logging.Logger, kind: type[logging.Logger]) -> bool:
    """Return whether a logger treats its records as `logging` does; agents may have patched it before our import."""
    methods = (type(logger).handle, type(logger).callHandlers, type(logger).filter)
    source = logging.addLevelName.__code__.co_filename
    return (
        methods == (kind.handle, kind.callHandlers, kind.filter)
        and all(getattr(getattr(m, "__code__", None), "co_filename", None) == source for m in methods)
        and (kind.handle, kind.callHandlers) == (_handle, _call_handlers)
        and not _has_own(logger, "handle", "callHandlers", "filter")
    )


def _only_passes_on(child: logging.Logger, logger: logging.Logger) -> bool:
    return not (
        child.handlers
        or child.filters
        or not child.propagate
        or child.parent is not logger
        or child.__class__ is not logger.__class__
        or _has_own(child, "handle", "callHandlers", "filter")
    )


def _drops(handler: logging.Handler, name: str) -> bool:
    """Return whether a handler drops the records of a logger, unseen by anybody."""
    kind = type(handler)
    if kind.handle is not logging.Handler.handle or kind.filter is not logging.Handler.filter:
        return False
    if _has_own(handler, "handle", "filter"):
        return False
    for filter_ in handler.filters:
        kind_of_filter = type(filter_)
        if kind_of_filter is SuppressFilter:
            if filter_.logger == name:  # type: ignore[union-attr]  # it is one
                return True
        elif (kind_of_filter.__module__, kind_of_filter.__name__) != _RUNTIME_FILTER:
            return False
    return False


def _has_own(thing: object, *names: str) -> bool:
    attributes = thing.__dict__
    return any(name in attributes for name in names)
