"""The Lambda types, at run time and for type checkers."""

from __future__ import annotations

import inspect
import typing
from pathlib import Path

import pytest
from type_checks import strict_mypy

import lambda_powertools.core
from lambda_powertools.core import lambda_handler_decorator, powertools
from lambda_powertools.core import typing as lambda_types
from lambda_powertools.core.typing import (
    DurableContextProtocol,
    LambdaClientContext,
    LambdaClientContextMobileClient,
    LambdaCognitoIdentity,
    LambdaContext,
    is_durable_context,
)

PROPERTIES = [
    (kind, name)
    for kind in (LambdaContext, LambdaClientContext, LambdaClientContextMobileClient, LambdaCognitoIdentity)
    for name, value in vars(kind).items()
    if isinstance(value, property)
]
IDS = [f"{kind.__name__}.{name}" for kind, name in PROPERTIES]


def test_the_properties_are_the_documented_ones():
    """All attributes of the runtime's context and of its parts are there."""
    assert sorted(IDS) == [
        "LambdaClientContext.client",
        "LambdaClientContext.custom",
        "LambdaClientContext.env",
        "LambdaClientContextMobileClient.app_package_name",
        "LambdaClientContextMobileClient.app_title",
        "LambdaClientContextMobileClient.app_version_code",
        "LambdaClientContextMobileClient.app_version_name",
        "LambdaClientContextMobileClient.installation_id",
        "LambdaCognitoIdentity.cognito_identity_id",
        "LambdaCognitoIdentity.cognito_identity_pool_id",
        "LambdaContext.aws_request_id",
        "LambdaContext.client_context",
        "LambdaContext.function_name",
        "LambdaContext.function_version",
        "LambdaContext.identity",
        "LambdaContext.invoked_function_arn",
        "LambdaContext.log_group_name",
        "LambdaContext.log_stream_name",
        "LambdaContext.memory_limit_in_mb",
        "LambdaContext.tenant_id",
    ]


@pytest.mark.parametrize(("kind", "name"), PROPERTIES, ids=IDS)
def test_a_property_gives_its_private_attribute(kind, name):
    """TYP-1: unset it is an AttributeError, tenant_id apart; assigned to the private attribute, it is given back."""
    instance = kind()
    if name == "tenant_id":
        assert instance.tenant_id is None
    else:
        with pytest.raises(AttributeError):
            getattr(instance, name)
    value = object()
    setattr(instance, f"_{name}", value)

    assert getattr(instance, name) is value


@pytest.mark.parametrize(("kind", "name"), PROPERTIES, ids=IDS)
def test_a_property_is_read_only(kind, name):
    """TYP-2: assigning the public name is an AttributeError."""
    with pytest.raises(AttributeError):
        setattr(kind(), name, "x")


def test_the_remaining_time_of_the_stand_in_is_zero():
    """It may be asked of the class and of an instance."""
    assert LambdaContext.get_remaining_time_in_millis() == LambdaContext().get_remaining_time_in_millis() == 0


def test_contexts_may_be_subclassed_and_carry_anything():
    """TYP-4: the classes are classes: users subclass them and set attributes of their own."""

    class MyContext(LambdaContext):
        def __init__(self):
            self._function_name = "mine"
            self.anything = 1

    context = MyContext()

    assert (context.function_name, context.anything) == ("mine", 1)


CLASSES = [
    value
    for value in vars(lambda_types).values()
    if inspect.isclass(value) and value.__module__ == lambda_types.__name__
]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_annotations_resolve(kind):
    """TYP-5: get_type_hints works on every class, property and method without further imports."""
    typing.get_type_hints(kind)
    for value in vars(kind).values():
        function = value.fget if isinstance(value, property) else getattr(value, "__func__", value)
        if inspect.isfunction(function) and function.__module__ == lambda_types.__name__:
            assert "return" in typing.get_type_hints(function)


class Durable:
    """What durable functions receive."""

    lambda_context = LambdaContext()
    state = object()


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (Durable(), True),
        (LambdaContext(), False),
        (type("Only", (), {"state": 1})(), False),
        (type("Only", (), {"lambda_context": 1})(), False),
        ({"state": 1, "lambda_context": 2}, False),
        (None, False),
    ],
    ids=["durable", "Lambda", "state only", "context only", "dict", "None"],
)
def test_durable_contexts_are_recognised(context, expected):
    """TYP-6: a durable context has both attributes; the protocol may be asked for as well."""
    assert is_durable_context(context) is expected
    assert isinstance(context, DurableContextProtocol) is expected


@pytest.mark.parametrize("decorate", [powertools, lambda_handler_decorator(lambda handler, event, context: None)])
@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_decorated_handler_shows_the_handlers_signature(decorate, asynchronous):
    """inspect.signature and get_type_hints see what the handler has."""
    if asynchronous:

        async def handler(event: dict, context: LambdaContext, retries: int = 3) -> str: ...

    else:

        def handler(event: dict, context: LambdaContext, retries: int = 3) -> str: ...

    decorated = decorate(handler)

    assert inspect.signature(decorated) == inspect.signature(handler)
    hints = typing.get_type_hints(decorated)
    assert (hints["event"], hints["retries"], hints["return"]) == (dict, int, str)
    assert LambdaContext in {hints["context"], *typing.get_args(hints["context"])}  # Python 3.10 adds None by itself


def test_type_checkers_see_what_they_should(tmp_path):
    """TYP-9: mypy --strict has nothing to say about the cases, each of whose ignores is needed."""
    pytest.importorskip("mypy")
    report, status = strict_mypy(
        Path(__file__).with_name("typing_cases.py"),
        [Path(lambda_powertools.core.__file__).parents[2]],
        "--warn-unused-ignores",
        "--explicit-package-bases",
        "--namespace-packages",
        "--config-file=",
        f"--cache-dir={tmp_path}",
    )

    assert (report.strip(), status) == ("Success: no issues found in 1 source file", 0)


def test_the_package_says_that_it_is_typed():
    """TYP-9: py.typed is beside the modules."""
    assert (Path(lambda_powertools.core.__file__).parent / "py.typed").exists()
