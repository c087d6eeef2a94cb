from __future__ import annotations

import pytest
from migrating import Project

STACK = """
from aws_lambda_powertools import Logger, Metrics, Tracer

logger, tracer = Logger(), Tracer()
metrics = Metrics(namespace="Shop")


# the entry
@metrics.log_metrics(capture_cold_start_metric=True)
@logger.inject_lambda_context(log_event=True, correlation_id_path="a.b")
@tracer.capture_lambda_handler
@other
def handler(event, context):
    return event
"""


def test_a_stack_becomes_one_decorator(tmp_path):
    """The options are those of the decorators, and those that are not given have their defaults."""
    code, notes = Project(tmp_path).code(STACK, "--decorators")

    assert notes == []
    assert code == (
        "from lambda_powertools.core import powertools\n"
        "from lambda_powertools.logger import Logger\n"
        "from lambda_powertools.metrics import Metrics\n"
        "from lambda_powertools.tracer import Tracer\n\n"
        "logger, tracer = Logger(), Tracer()\n"
        'metrics = Metrics(namespace="Shop")\n\n\n'
        "# the entry\n"
        "@powertools(\n"
        '    only=["logger", "tracer", "metrics"],\n'
        '    logger={"instance": logger, "clear_state": False, "flush_buffer_on_uncaught_error": False, '
        '"log_event": True, "correlation_id_path": "a.b", "log_exceptions": False},\n'
        '    tracer={"instance": tracer},\n'
        '    metrics={"instance": metrics, "capture_cold_start_metric": True},\n'
        ")\n"
        "@other\n"
        "def handler(event, context):\n"
        "    return event\n"
    )
    assert Project(tmp_path).migrate("--decorators")["files"] == []


def test_without_the_option_decorators_stay(tmp_path):
    """Only imports change by default."""
    code, notes = Project(tmp_path).code(STACK)

    assert "@tracer.capture_lambda_handler\n" in code
    assert "powertools(" not in code
    assert notes == []


def test_migrated_code_can_be_joined_later(tmp_path):
    """The option works on what was migrated before, and uses an import of the decorator that is there."""
    project = Project(tmp_path)
    project.code(STACK)
    project.write("app.py", "from lambda_powertools.core import powertools\n" + project.read("app.py"))
    project.migrate("--decorators")

    assert project.read("app.py").count("from lambda_powertools.core import powertools") == 1
    assert "@powertools(" in project.read("app.py")


LEFT = {
    "an option that the plugin has not": ("capture_cold_start_metric=True", "raise_on_empty_metrics=True", "no option"),
    "metrics without a namespace": ('namespace="Shop"', 'service="shop"', "no namespace"),
    "a namespace that is not known": ('namespace="Shop"', "namespace=NAME", "no namespace"),
    "an option without its keyword": ("capture_cold_start_metric=True", "None", "by its keyword"),
    "options from a dictionary": ("capture_cold_start_metric=True", "**options", "by its keyword"),
    "a comment beside a decorator": ("capture_lambda_handler\n", "capture_lambda_handler  # why\n", "a comment"),
    "two of a kind": ("@other", "@tracer.capture_lambda_handler", "of one kind"),
    "an instance from elsewhere": (
        "logger, tracer = Logger(), Tracer()",
        "from shared import logger, tracer",
        "is not made",
    ),
    "an instance that changes": ("@other", "@other\n", "is not made once"),
    "another class": ("Logger(), Tracer()", "Other(), Tracer()", "not known to be a Logger"),
    "a name that is taken": ("# the entry", "powertools = 1", "means something else"),
}


@pytest.mark.parametrize("case", LEFT)
def test_a_stack_that_may_differ_is_left(tmp_path, case):
    """What is not provably the same stays, with the reason and the line."""
    old, new, reason = LEFT[case]
    text = STACK.replace(old, new) + ("\nlogger = Logger()\n" if case == "an instance that changes" else "")
    assert text != STACK
    code, notes = Project(tmp_path).code(text, "--decorators")

    assert "@powertools(" not in code
    assert "@metrics.log_metrics" in code
    assert [text.startswith("the decorators were left: ") and reason in text for _, text in notes] == [True]


@pytest.mark.parametrize("stack", ["@tracer.capture_lambda_handler\n    @logger.inject_lambda_context"])
def test_methods_are_left(tmp_path, stack):
    """A handler that is a method gets no plugin."""
    code, notes = Project(tmp_path).code(
        f"from aws_lambda_powertools import Logger, Tracer\nlogger, tracer = Logger(), Tracer()\n\n"
        f"class App:\n    {stack}\n    def handler(self, event, context):\n        return event\n",
        "--decorators",
    )

    assert "@powertools" not in code
    assert "top level" in notes[0][1]


def test_one_decorator_is_left_silently(tmp_path):
    """A single decorator is no stack."""
    code, notes = Project(tmp_path).code(
        "from aws_lambda_powertools import Logger\nlogger = Logger()\n\n"
        "@logger.inject_lambda_context\ndef handler(event, context):\n    return event\n",
        "--decorators",
    )

    assert "@logger.inject_lambda_context\n" in code
    assert notes == []
