"""What the packages say of themselves: nothing, unless POWERTOOLS_DEBUG asks; failures on stderr."""

from __future__ import annotations

import textwrap

import pytest

from lambda_powertools.core import SettingsError, powertools

DECORATE = """
    from lambda_powertools.core import Registry, powertools
    from lambda_powertools.core.package_logger import get_logger, set_package_logger_handler, report_failure

    def decorate():
        return powertools(registry=Registry())(lambda event, context: None)
"""


@pytest.fixture
def run(run_python):
    """Return what runs a program after the imports and definitions above."""

    def run(program, **environment):
        return run_python(textwrap.dedent(DECORATE) + textwrap.dedent(program), **environment)

    return run


def test_debug_output_is_silent_unless_asked_for(run):
    """Without POWERTOOLS_DEBUG nothing is written, not even to a configured root logger."""
    program = """
        import logging
        logging.basicConfig(level=logging.DEBUG)
        decorate()
        get_logger("lambda_powertools.somewhere").debug("a detail")
        get_logger("lambda_powertools.somewhere").error("a failure")
    """

    assert run(program) == ""


def test_debug_from_the_environment_warns_once_and_writes_lines_to_stdout(run):
    """With POWERTOOLS_DEBUG there is one warning, and each line is written once however many handlers are decorated."""
    program = """
        import warnings
        warnings.simplefilter("always")
        with warnings.catch_warnings(record=True) as caught:
            for _ in range(3):
                decorate()
        print([f"{warning.category.__name__}: {warning.message}" for warning in caught])
        get_logger("lambda_powertools.somewhere").debug("a detail")
    """

    first, second = run(program, POWERTOOLS_DEBUG="true").splitlines()

    assert first == (
        "['PowertoolsUserWarning: POWERTOOLS_DEBUG environment variable is enabled: "
        "the packages write debug output to stdout']"
    )
    assert second.endswith("lambda_powertools.somewhere [DEBUG] a detail")


def test_the_debug_warning_points_at_the_decorator_call(run):
    """The warning names the user's line, not one of ours."""
    program = """
        import warnings
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            powertools(registry=Registry())
        print(caught[0].filename)
    """

    assert run(program, POWERTOOLS_DEBUG="1").split() == ["<string>"]


def test_setting_the_handler_twice_does_not_double_the_lines(run):
    """A second call changes the level, not the number of lines."""
    program = """
        import io, logging
        stream = io.StringIO()
        set_package_logger_handler(stream)
        set_package_logger_handler(stream, level=logging.INFO, formatter=logging.Formatter("%(message)s"))
        get_logger("lambda_powertools.x").debug("a detail")
        get_logger("lambda_powertools.x").info("a line")
        print(stream.getvalue().count("a detail"), stream.getvalue().count("a line"))
    """

    assert run(program).split() == ["0", "1"]


def test_a_bad_value_of_debug_is_an_error(monkeypatch):
    """POWERTOOLS_DEBUG is parsed as strictly as everything else."""
    monkeypatch.setenv("POWERTOOLS_DEBUG", "verbose")

    with pytest.raises(SettingsError, match="POWERTOOLS_DEBUG is 'verbose'"):
        powertools(lambda event, context: None)


def test_failures_go_to_what_stderr_is_at_the_time(run):
    """A report has the message, the traceback and one line each, on the stderr of the moment, even from threads."""
    program = """
        import io, sys, threading

        def report():
            try:
                {}["missing"]
            except KeyError as error:
                report_failure("it broke", error)

        for _ in range(2):  # the first stream is closed when the second report is made
            sys.stderr = stream = io.StringIO()
            threads = [threading.Thread(target=report) for _ in range(10)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            written = stream.getvalue()
            stream.close()
            print(written.count("it broke"), written.count("Traceback"), written.count("KeyError: 'missing'"))
        sys.stderr = sys.__stderr__
    """

    assert run(program).split() == ["10"] * 6
