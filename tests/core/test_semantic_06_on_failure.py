"""Semantic 6: a plugin declares whether its failure stops the invocation ("raise") or is reported ("warn")."""

from __future__ import annotations

import logging

import pytest

from lambda_powertools.core import Plugin, hookimpl, powertools


def broken(failure, hook):
    """Make a plugin that fails in one hook."""

    class Broken(Plugin[None]):
        name = "broken"
        on_failure = failure

    def implementation(self):
        raise OSError("disk full")

    setattr(Broken, hook, hookimpl(implementation))
    return Broken


@pytest.mark.parametrize("hook", ["before_invoke", "after_invoke"])
def test_raise_is_the_default_and_lets_the_failure_out(hook, registry_of):
    """A plugin that says nothing of failures stops the invocation when it fails: wrong is worse than down."""
    plugin = broken("raise", hook)
    del plugin.on_failure

    with pytest.raises(OSError, match="disk full"):
        powertools(registry=registry_of(plugin))(lambda event, context: "done")({}, None)


@pytest.mark.parametrize("hook", ["before_invoke", "after_invoke"])
def test_warn_reports_once_with_traceback_and_goes_on(hook, registry_of, capsys):
    """A failed metric does not fail a payment: one report on stderr per failure, and the response is given."""
    handler = powertools(registry=registry_of(broken("warn", hook)))(lambda event, context: "done")

    assert handler({}, None) == "done"
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.count(f"plugin 'broken' failed in {hook} of <lambda>") == 1
    assert written.err.count("Traceback") == 1
    assert "OSError: disk full" in written.err


def test_warn_in_on_error_lets_the_handlers_error_out(registry_of, capsys):
    """The failure of a plugin that watches errors does not hide the error."""

    @powertools(registry=registry_of(broken("warn", "on_error")))
    def handler(event, context):
        raise ValueError("bad order")

    with pytest.raises(ValueError, match="bad order"):
        handler({}, None)

    assert "plugin 'broken' failed in on_error of handler" in capsys.readouterr().err


def test_failures_can_be_sent_elsewhere(registry_of, caplog, capsys):
    """Handlers of the logger lambda_powertools.failures take the place of stderr."""
    logger = logging.getLogger("lambda_powertools.failures")
    previous = logger.handlers[:]
    logger.handlers[:] = [caplog.handler]
    try:
        powertools(registry=registry_of(broken("warn", "before_invoke")))(lambda event, context: None)({}, None)
    finally:
        logger.handlers[:] = previous

    assert capsys.readouterr().err == ""
    assert [record.getMessage() for record in caplog.records] == [
        "plugin 'broken' failed in before_invoke of <lambda>, which goes on without it"
    ]
    assert isinstance(caplog.records[0].exc_info[1], OSError)


def test_a_report_that_fails_does_not_fail_the_invocation(registry_of):
    """A logging handler that raises while it reports a failure is survived as well."""

    class BrokenHandler(logging.Handler):
        def emit(self, record):
            raise ConnectionError

    logger = logging.getLogger("lambda_powertools.failures")
    previous = logger.handlers[:]
    logger.handlers[:] = [BrokenHandler()]
    try:
        handler = powertools(registry=registry_of(broken("warn", "after_invoke")))(lambda event, context: "done")
        assert handler({}, None) == "done"
    finally:
        logger.handlers[:] = previous


def test_an_instance_may_decide_its_on_failure(registry_of, capsys):
    """on_failure can depend on the options, as an attribute that the instance sets."""

    class Options:
        def __init__(self, *, strict: bool = False) -> None:
            self.strict = strict

    class Choosy(Plugin[Options]):
        name = "choosy"

        def __init__(self, options):
            super().__init__(options)
            self.on_failure = "raise" if options.strict else "warn"

        @hookimpl
        def before_invoke(self):
            raise OSError("disk full")

    Choosy.Options = Options
    registry = registry_of(Choosy)

    assert powertools(registry=registry)(lambda event, context: "done")({}, None) == "done"
    assert "disk full" in capsys.readouterr().err
    with pytest.raises(OSError, match="disk full"):
        powertools(registry=registry, choosy={"strict": True})(lambda event, context: "done")({}, None)


def test_what_a_failed_warn_plugin_put_in_place_is_withdrawn(registry_of, capsys):
    """The handler and the plugins further out see the event and the response as if the plugin had not touched them."""
    seen = []

    class Outer(Plugin[None]):
        name = "outer"
        order = 1

        @hookimpl
        def after_invoke(self, invocation):
            seen.append((invocation.event, invocation.response))

        @hookimpl
        def on_error(self, invocation):
            seen.append((invocation.event, invocation.response))

    class Meddler(Plugin[None]):
        name = "meddler"
        order = 2
        on_failure = "warn"

        @hookimpl
        def before_invoke(self, invocation):
            invocation.event = "meddled"
            if self.hook == "before_invoke":
                raise OSError

        @hookimpl
        def after_invoke(self, invocation):
            invocation.response = "meddled"
            raise OSError

        @hookimpl
        def on_error(self, invocation):
            invocation.recover("meddled")
            raise OSError

    @powertools(registry=registry_of(Outer, Meddler))
    def handler(event, context):
        seen.append(event)
        if context == "fail":
            raise ValueError("bad order")
        return "response"

    meddler = handler.application.plugins["meddler"]
    meddler.hook = "before_invoke"
    assert handler("event", None) == "response"
    assert seen == ["event", ("event", "response")]

    seen.clear()
    meddler.hook = "after_invoke"
    assert handler("event", None) == "response"
    assert seen == ["meddled", ("meddled", "response")]

    seen.clear()
    with pytest.raises(ValueError, match="bad order"):
        handler("event", "fail")
    assert seen == ["meddled", ("meddled", None)]
    assert capsys.readouterr().err.count("plugin 'meddler' failed") == 3
