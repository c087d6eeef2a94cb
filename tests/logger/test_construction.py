import copy
import functools
import io
import logging
import pickle
import sys
import threading

import pytest

from lambda_powertools.logger import Logger, log_uncaught_exception_hook
from lambda_powertools.logger.exceptions import LoggerError, OrphanedChildLoggerError
from lambda_powertools.logger.filters import SuppressFilter
from lambda_powertools.logger.formatter import BasePowertoolsFormatter, JsonFormatter, LambdaPowertoolsFormatter


class Minimal(BasePowertoolsFormatter):
    """A formatter with what is required, and nothing else."""

    def __init__(self, **keys):
        super().__init__()
        self.initial = keys
        self.keys = dict(keys)

    def append_keys(self, **keys):
        self.keys.update(keys)

    def clear_state(self):
        self.keys = dict(self.initial)

    def format(self, record):
        import json

        return json.dumps({"message": record.getMessage(), **self.keys})


def through_pickle(logger):
    return pickle.loads(pickle.dumps(logger))  # noqa: S301  # its own


@pytest.fixture
def root_handler():
    handler = logging.StreamHandler(io.StringIO())
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize(
    ("parameter", "environment", "expected"),
    [("given", "from-env", "given"), (None, "from-env", "from-env"), (None, None, "service_undefined")],
)
def test_service_is_resolved(monkeypatch, output, parameter, environment, expected):
    """LOG-1: parameter, then environment, then service_undefined; it is the name of the wrapped logger, too."""
    if environment:
        monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", environment)
    logger = Logger(service=parameter, stream=output)
    assert (logger.service, logger.name) == (expected, expected)


def test_second_instance_shares_what_the_first_has_set_up(make, output, service):
    """LOG-2: its own level, stream, keys and formatter options are ignored, and nothing is written twice."""
    first = make(level="INFO", a=1)
    second = Logger(service=service, level="DEBUG", stream=io.StringIO(), b=2, location=None, sampling_rate=1)
    second.debug("no")
    second.info("yes")
    assert output.messages == ["yes"]
    assert output.last["a"] == 1
    assert "b" not in output.last
    assert "location" in output.last
    assert second.registered_handler is first.registered_handler
    assert second.registered_formatter is first.registered_formatter
    assert len(second.handlers) == 1


def test_concurrent_first_instances_attach_one_handler(service):
    """LOG-2, T-8: of many first instances in threads, one configures the service."""
    barrier = threading.Barrier(16)

    def create():
        barrier.wait()
        Logger(service=service)

    threads = [threading.Thread(target=create) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(logging.getLogger(service).handlers) == 1


def test_handler_defaults_to_stdout_of_the_moment(service, capsys):
    """LOG-4, T-9: sys.stdout is looked up when the logger is created."""
    logger = Logger(service=service)
    logger.info("x")
    assert '"message":"x"' in capsys.readouterr().out
    assert isinstance(logger.registered_handler, logging.StreamHandler)


def test_given_handler_is_used_with_our_formatter(service, output):
    """LOG-4: the formatter is set on the handler that was given."""
    handler = logging.StreamHandler(output)
    logger = Logger(service=service, logger_handler=handler)
    logger.info("x")
    assert logger.registered_handler is handler is logger.logger_handler
    assert output.last["message"] == "x"


def test_added_handler_keeps_its_own_formatter(logger, output):
    """LOG-4: a handler added later prints what its own formatter makes."""
    other = io.StringIO()
    handler = logging.StreamHandler(other)
    logger.addHandler(handler)
    logger.info("x")
    assert other.getvalue() == "x\n"
    assert logger.handlers[1] is handler
    assert output.messages == ["x"]


def test_given_formatter_gets_service_and_keys(service, output):
    """LOG-5: formatter options of Logger are ignored with a formatter, service and keys are appended to it."""
    formatter = LambdaPowertoolsFormatter(own="formatter")
    logger = Logger(service=service, stream=output, logger_formatter=formatter, datefmt="no", team="payment")
    logger.info("x")
    record = output.last
    assert (record["service"], record["own"], record["team"]) == (service, "formatter", "payment")
    assert record["timestamp"] != "no"
    assert "datefmt" not in record
    assert logger.logger_formatter is formatter is logger.registered_formatter


def test_formatter_from_scratch_needs_two_methods(service, output):
    """LOG-5: append_keys and clear_state suffice for a formatter."""
    logger = Logger(service=service, stream=output, logger_formatter=Minimal(own=1), team="payment")
    logger.append_keys(order=7)
    logger.info("x")
    assert output.last == {
        "message": "x",
        "own": 1,
        "service": service,
        "sampling_rate": None,
        "team": "payment",
        "order": 7,
    }


@pytest.mark.parametrize(
    ("method", "call"),
    [
        ("remove_keys", lambda log: log.remove_keys(["a"])),
        ("thread_safe_append_keys", lambda log: log.thread_safe_append_keys(a=1)),
        ("thread_safe_remove_keys", lambda log: log.thread_safe_remove_keys(["a"])),
    ],
)
def test_what_a_formatter_lacks_is_named(service, method, call):
    """LOG-E5: the error says which method to implement, and where."""
    logger = Logger(service=service, logger_formatter=Minimal())
    with pytest.raises(NotImplementedError, match=rf"Minimal has to implement {method}\(\)"):
        call(logger)


def test_what_a_formatter_may_lack_does_nothing(service):
    """A formatter from scratch has no current keys, no thread-safe ones, and a block that adds none."""
    logger = Logger(service=service, logger_formatter=Minimal())
    with logger.append_context_keys(a=1):
        assert logger.get_current_keys() == {}
    assert logger.thread_safe_get_current_keys() == {}
    assert logger.get_correlation_id() is None
    logger.thread_safe_clear_keys()


def test_base_formatter_is_abstract():
    """A formatter without the two methods cannot be made."""
    with pytest.raises(TypeError, match="abstract"):
        type("Empty", (BasePowertoolsFormatter,), {})()


def test_json_formatter_is_the_same_class():
    """JsonFormatter is another name of LambdaPowertoolsFormatter."""
    assert JsonFormatter is LambdaPowertoolsFormatter


def test_child_writes_through_its_parent(make, output, service):
    """LOG-6: it is named after the module, has no handler of its own, and shares keys both ways."""
    parent = make()
    child = Logger(service=service, child=True, ignored=1, location=None)
    child.append_keys(from_child=1)
    parent.append_keys(from_parent=2)
    child.info("child")
    parent.info("parent")
    assert child.name == f"{service}.{__name__}"
    assert child.handlers == []
    assert child.child is True
    for record in output.records:
        assert (record["from_child"], record["from_parent"]) == (1, 2)
        assert "ignored" not in record
    assert output.messages == ["child", "parent"]


def test_child_has_its_own_level(make, output, service):
    """LOG-6: parameter, environment or INFO, not the level of the parent."""
    parent = make(level="ERROR")
    child = Logger(service=service, child=True)
    child.info("child")
    parent.info("parent")
    assert output.messages == ["child"]
    assert (parent.log_level, child.log_level) == (logging.ERROR, logging.INFO)


def test_child_may_come_first(service, output):
    """LOG-6: a child created before its parent works as soon as the parent exists."""
    child = Logger(service=service, child=True)
    Logger(service=service, stream=output)
    child.append_keys(a=1)
    child.info("x")
    assert output.last["a"] == 1


@pytest.mark.parametrize(
    "touch",
    [
        lambda child: child.append_keys(a=1),
        lambda child: child.remove_keys(["a"]),
        lambda child: child.get_current_keys(),
        lambda child: child.clear_state(),
        lambda child: child.registered_formatter,
        lambda child: child.registered_handler,
        lambda child: child.get_correlation_id(),
    ],
)
def test_orphan_says_what_it_misses(service, touch):
    """LOG-E2: touching the keys of a child without parent names the service and the mend."""
    child = Logger(service=service, child=True)
    with pytest.raises(OrphanedChildLoggerError, match=rf"{service}.*create Logger\(service='{service}'\) first"):
        touch(child)
    assert issubclass(OrphanedChildLoggerError, LoggerError)


def test_children_of_a_module_and_of_its_package_both_work(make, output, service):
    """LOG-6: the parent is the logger of the service, whatever dotted names lie between."""
    make()
    for module in ("pkg", "pkg.mod"):
        child = eval("Logger(service=service, child=True)", {"Logger": Logger, "service": service, "__name__": module})  # noqa: S307  # in a module of this name
        assert child.name == f"{service}.{module}"
        child.append_keys(**{module: 1})
        child.info(module)
    assert output.messages == ["pkg", "pkg.mod"]
    assert output.last["pkg.mod"] == output.last["pkg"] == 1


def test_child_of_a_subclass_is_named_after_the_calling_module(service):
    """LOG-6: constructors of subclasses are not the calling module."""
    namespace = {"Logger": Logger, "__name__": "library"}
    exec("class Sub(Logger):\n    def __init__(self, **options):\n        super().__init__(**options)\n", namespace)  # noqa: S102  # the same
    assert namespace["Sub"](service=service, child=True).name == f"{service}.{__name__}"


def test_root_handlers_do_not_print_a_second_time(root_handler, make, service):
    """LOG-7: root's handlers are kept from the service's records and its children's, and from no others."""
    logger = make()
    logger.info("x")
    Logger(service=service, child=True).info("x")
    logging.getLogger(f"re{service}").warning("other")
    assert root_handler.stream.getvalue() == "other\n"
    assert logging.getLogger(service).propagate is True


def test_deduplication_can_be_switched_off(root_handler, make, monkeypatch):
    """LOG-7: POWERTOOLS_LOG_DEDUPLICATION_DISABLED lets root print."""
    monkeypatch.setenv("POWERTOOLS_LOG_DEDUPLICATION_DISABLED", "1")
    make().info("x")
    assert root_handler.stream.getvalue() == "x\n"


def test_filter_is_added_once_for_each_service(root_handler, make, service):
    """LOG-7, T-6: a handler has one filter for a service, and one that root gets later has it after decoration."""
    logger = make()
    make()
    late = logging.StreamHandler(io.StringIO())
    logging.getLogger().addHandler(late)
    try:
        for _ in range(2):
            logger.inject_lambda_context(lambda event, context: None)
        logger.info("x")
    finally:
        logging.getLogger().removeHandler(late)
    for handler in (root_handler, late):
        assert [f.logger for f in handler.filters if isinstance(f, SuppressFilter)] == [service]
    assert late.stream.getvalue() == ""


def test_caplog_sees_the_records(logger, caplog):
    """LOG-7, T-9: pytest's handler is not filtered."""
    logger.info("hello %s", "you", key=1)
    assert caplog.messages == ["hello you"]
    assert caplog.records[0].key == 1


def test_uncaught_exceptions_of_the_process_are_logged(make, output, monkeypatch):
    """LOG-8: sys.excepthook becomes a partial of the hook with this logger."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    logger = make(log_uncaught_exceptions=True)
    hook = sys.excepthook
    assert isinstance(hook, functools.partial)
    assert hook.func is log_uncaught_exception_hook
    assert hook.keywords == {"logger": logger}
    try:
        raise ValueError("gone wrong")
    except ValueError:
        hook(*sys.exc_info())
    assert (output.last["level"], output.last["exception_name"], output.last["message"]) == (
        "ERROR",
        "ValueError",
        "gone wrong",
    )
    assert output.last["location"].startswith("test_uncaught_exceptions_of_the_process_are_logged:")


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, through_pickle], ids=["copy", "deep", "pickle"])
@pytest.mark.parametrize("child", [False, True], ids=["parent", "child"])
def test_logger_can_be_copied_and_pickled(make, output, service, duplicate, child):
    """LOG-9: a copy wraps the same logger and shares its keys."""
    logger = make()
    if child:
        logger = Logger(service=service, child=True)
    twin = duplicate(logger)
    twin.append_keys(a=1)
    twin.info("x")
    assert twin.name == logger.name
    assert twin.child is child
    assert output.last["a"] == 1


def test_unknown_attributes_are_those_of_the_wrapped_logger(logger):
    """T-10: what Logger lacks is looked up at logging's logger, and a typo names both."""
    assert logger.isEnabledFor(logging.INFO)
    assert logger.propagate is True
    assert logger.parent is logging.getLogger()
    assert logger.hasHandlers()
    with pytest.raises(AttributeError, match="apend_keys"):
        logger.apend_keys(a=1)
    with pytest.raises(AttributeError, match="_logger"):
        Logger.__new__(Logger)._logger  # noqa: B018


def test_wrong_option_leaves_the_service_unconfigured(service, output):
    """A first instance that fails does not count: the next one configures the service."""
    with pytest.raises(ValueError, match="Unknown level"):
        Logger(service=service, level="LOUD")
    Logger(service=service, stream=output).info("x")
    assert len(output.lines) == 1


def test_structure_logs_replaces_or_adds_keys(make, output):
    """LOG-75: append=True adds; else the keys are those of the constructor and the given ones."""
    logger = make(team="payment")
    logger.append_keys(a=1)
    logger.structure_logs(append=True, b=2)
    logger.info("x")
    assert (output.last["a"], output.last["b"]) == (1, 2)
    logger.structure_logs(append=False, c=3)
    logger.info("y")
    assert "a" not in output.last
    assert (output.last["team"], output.last["c"], output.last["service"]) == ("payment", 3, logger.service)


def test_structure_logs_can_change_the_formatter(make, output):
    """LOG-75: formatter_options are those of a new formatter."""
    logger = make(team="payment")
    logger.structure_logs(formatter_options={"datefmt": "noon"}, c=3)
    logger.info("x")
    assert (output.last["timestamp"], output.last["c"], output.last["team"]) == ("noon", 3, "payment")
