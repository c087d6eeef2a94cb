"""What a tracer is told, reads from the environment, and takes over from earlier ones."""

from __future__ import annotations

import pytest

from lambda_powertools.core import SettingsError
from lambda_powertools.tracer import Tracer


@pytest.fixture
def in_lambda(monkeypatch):
    """An environment in which nothing speaks against tracing."""
    monkeypatch.setenv("LAMBDA_TASK_ROOT", "/var/task")


def test_a_later_tracer_has_the_state_of_the_first(provider):
    """TRC-1: what a tracer is not told it takes over, so that it equals the earlier one attribute by attribute."""
    first = Tracer(service="shop", disabled=False, auto_patch=False, patch_modules=["sqlite3"], provider=provider)

    assert vars(Tracer()) == vars(first)


def test_defaults_outside_lambda():
    """TRC-1, TRC-5: without any hint there is no service, patching is wanted, and nothing is recorded."""
    tracer = Tracer()

    assert (tracer.service, tracer.auto_patch, tracer.disabled) == ("", True, True)


@pytest.mark.parametrize(
    ("parameter", "variable", "earlier", "expected"),
    [
        ("given", "env", "earlier", "given"),
        (None, "env", "earlier", "env"),
        (None, None, "earlier", "earlier"),
        (None, None, None, ""),
    ],
)
def test_service_precedence(monkeypatch, parameter, variable, earlier, expected):
    """TRC-5: the service is the parameter, else the variable, else an earlier tracer's, else empty."""
    Tracer(service=earlier)
    if variable:
        monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", variable)

    assert Tracer(service=parameter).service == expected


@pytest.mark.parametrize(
    ("environ", "disabled"),
    [
        ({"LAMBDA_TASK_ROOT": "/var/task"}, False),
        ({}, True),
        ({"LAMBDA_TASK_ROOT": ""}, True),
        ({"LAMBDA_TASK_ROOT": "/var/task", "AWS_SAM_LOCAL": "true"}, True),
        ({"LAMBDA_TASK_ROOT": "/var/task", "AWS_SAM_LOCAL": ""}, False),
        ({"LAMBDA_TASK_ROOT": "/var/task", "AWS_CHALICE_CLI_MODE": "1"}, True),
        ({"LAMBDA_TASK_ROOT": "/var/task", "POWERTOOLS_TRACE_DISABLED": "yes"}, True),
        ({"LAMBDA_TASK_ROOT": "/var/task", "POWERTOOLS_TRACE_DISABLED": "0"}, False),
    ],
)
def test_detection(monkeypatch, provider, environ, disabled):
    """TRC-6: tracing is off outside Lambda, under SAM and Chalice, and where the variable says so."""
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    assert Tracer(provider=provider).disabled is disabled


def test_a_malformed_boolean_is_named(monkeypatch):
    """TRC-6, TRC-51: a variable that is no boolean is a ValueError that names it and its value."""
    monkeypatch.setenv("POWERTOOLS_TRACE_DISABLED", "perhaps")

    with pytest.raises(ValueError, match="POWERTOOLS_TRACE_DISABLED is 'perhaps'") as raised:
        Tracer()

    assert isinstance(raised.value, SettingsError)


@pytest.mark.parametrize("variable", ["POWERTOOLS_TRACER_CAPTURE_RESPONSE", "POWERTOOLS_TRACER_CAPTURE_ERROR"])
@pytest.mark.parametrize("decorator", ["capture_lambda_handler", "capture_method"])
def test_a_malformed_capture_switch_is_named_at_decoration(monkeypatch, tracer, variable, decorator):
    """TRC-25, TRC-51: the capture switches are read, and judged, when a function is decorated."""
    monkeypatch.setenv(variable, "perhaps")

    with pytest.raises(ValueError, match=variable):
        getattr(tracer, decorator)(lambda event, context: None)


@pytest.mark.usefixtures("in_lambda")
def test_disabled_is_sticky(provider):
    """TRC-2: once a tracer was disabled, later ones are too."""
    Tracer(disabled=True, provider=provider)

    assert Tracer().disabled is True


def test_detected_disabled_is_sticky(monkeypatch, provider):
    """TRC-2: it does not matter whether the earlier tracer was told or found out."""
    Tracer(provider=provider)
    monkeypatch.setenv("LAMBDA_TASK_ROOT", "/var/task")

    assert Tracer().disabled is True


def test_an_explicit_false_enables_this_and_the_following_tracers(provider):
    """TRC-2 [beat]: an explicit False ends the stickiness, and outweighs the detection for later tracers as well."""
    Tracer(disabled=True, provider=provider)

    assert Tracer(disabled=False).disabled is False
    assert Tracer().disabled is False


def test_the_variable_outweighs_an_earlier_false(monkeypatch, provider):
    """TRC-1: the environment comes before what an earlier tracer was told."""
    Tracer(disabled=False, provider=provider)
    monkeypatch.setenv("POWERTOOLS_TRACE_DISABLED", "true")

    assert Tracer().disabled is True


@pytest.mark.usefixtures("in_lambda")
def test_patching_choices_are_inherited(provider):
    """TRC-3, TRC-4 [beat], TRC-15: a later tracer patches what the first was told to, or nothing if that was said."""
    Tracer(patch_modules=["sqlite3"], provider=provider)
    Tracer()
    assert provider.calls == [("patch", ["sqlite3"]), ("patch", ["sqlite3"])]

    Tracer(auto_patch=False)
    assert Tracer().auto_patch is False
    assert len(provider.calls) == 2


@pytest.mark.usefixtures("in_lambda")
def test_patching_everything_is_the_default(provider):
    """TRC-15: without a list the provider patches all it knows."""
    Tracer(provider=provider)

    assert provider.calls == [("patch_all",)]


def test_the_constructor_calls_patch_also_when_disabled(provider):
    """TRC-15: `patch` is always called, with its argument by name, and returns early when disabled."""
    calls = []

    class Watched(Tracer):
        def patch(self, modules=None):
            calls.append(modules)
            super().patch(modules)

    Watched(disabled=True, patch_modules=["httpx"], provider=provider)

    assert calls == [["httpx"]]
    assert provider.calls == []


def test_the_provider_is_kept_for_later_tracers(provider):
    """TRC-48: a provider serves the tracers that come after it; another one replaces it for those after that."""
    first = Tracer(provider=provider)
    other = type(provider)()
    second = Tracer(provider=other)

    assert first.provider is provider
    assert second.provider is other
    assert Tracer().provider is other


def test_reset_forgets_everything(monkeypatch, provider):
    """Tracer._reset_config: afterwards a tracer starts from nothing."""
    Tracer(service="shop", disabled=False, auto_patch=False, patch_modules=["httpx"], provider=provider)
    Tracer._reset_config()
    monkeypatch.setenv("LAMBDA_TASK_ROOT", "/var/task")

    tracer = Tracer(provider=type(provider)())

    assert (tracer.service, tracer.auto_patch, tracer.disabled) == ("", True, False)
    assert tracer.provider.calls == [("patch_all",)]


@pytest.mark.parametrize("decorator", ["capture_lambda_handler", "capture_method"])
def test_only_callables_can_be_captured(tracer, decorator):
    """Decorating something that cannot be called is a TypeError that says so."""
    with pytest.raises(TypeError, match=rf"@tracer\.{decorator} decorates a function, not str 'x'"):
        getattr(tracer, decorator)("x")
