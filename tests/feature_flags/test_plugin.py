from __future__ import annotations

import pytest

from lambda_powertools.core import PluginOptionsError, Registry, current_invocation, powertools
from lambda_powertools.feature_flags import FeatureFlags, SchemaValidationError
from lambda_powertools.feature_flags.exceptions import FeatureDisabledError
from lambda_powertools.feature_flags.plugin import FeatureFlagsPlugin


@pytest.fixture
def registry():
    registry = Registry()
    registry.register(FeatureFlagsPlugin)
    return registry


@pytest.fixture
def decorated(registry):
    """Return a function that decorates a handler with options and gives it what the plugin offers."""

    def make(**options):
        @powertools(registry=registry, feature_flags=options)
        def handler(event, context):
            return current_invocation().state.get("feature_flags")

        return handler

    return make


def by_tenant(event, context):
    return {"tenant": event["tenant"]}


def test_the_invocation_is_offered_the_features_with_its_own_context(flags, decorated):
    """Plugin: evaluate, get_enabled_features and explain use the context made from the event; more may be added."""
    made = flags(
        f=flags.feature(flags.condition("EQUALS", "tenant", "acme")),
        g=flags.feature(flags.condition("EQUALS", "tenant", "acme"), flags.condition("EQUALS", "tier", "x")),
    )
    handler = decorated(store=made, context=by_tenant)

    offered = handler({"tenant": "acme"}, None)

    assert offered.flags is made
    assert offered.context == {"tenant": "acme"}
    assert offered.evaluate(name="f", default=False) is True
    assert offered.evaluate(name="g", default=False, context={"tier": "x"}) is True
    assert offered.get_enabled_features() == ["f"]
    assert offered.explain(name="f").rule == "rule"
    assert "acme" not in repr(offered)
    assert handler({"tenant": "other"}, None).get_enabled_features() == []


def test_the_configuration_is_read_when_the_handler_is_decorated(store, decorated):
    """Plugin: the document is fetched and validated in INIT, unless preload is switched off."""
    eager, late = store({"f": {"default": True}}), store({"f": {"default": True}})

    decorated(store=eager)
    decorated(store=late, preload=False)

    assert (eager.reads, late.reads) == (1, 0)


def test_a_failure_in_init_is_tried_again(store, decorated, capsys):
    """Plugin: what fails in INIT is reported, and raised by the invocation that needs it."""
    broken = store({"f": {"default": "yes"}})
    handler = decorated(store=broken, require="f")
    assert "feature=f" in capsys.readouterr().err

    with pytest.raises(SchemaValidationError):
        handler({}, None)
    broken.document = {"f": {"default": True}}

    assert handler({}, None).evaluate(name="f", default=False) is True


def test_a_handler_whose_feature_is_off_does_not_run(flags, registry):
    """Plugin: with otherwise its value is the response, without it an error names the feature."""
    ran = []

    def make(**options):
        return powertools(registry=registry, feature_flags={"store": made, **options})(
            lambda e, c: ran.append(1) or "ran"
        )

    made = flags(on={"default": True}, off={"default": False})

    assert make(require=["on", "off"], otherwise={"statusCode": 404})({}, None) == {"statusCode": 404}
    assert make(require="off", otherwise=None)({}, None) is None
    with pytest.raises(FeatureDisabledError, match="feature 'off' is off"):
        make(require="off")({}, None)
    assert ran == []
    assert make(require="on")({}, None) == "ran"


def test_a_required_feature_depends_on_the_context(flags, decorated):
    """Plugin: the rules see what context makes of the event."""
    made = flags(f=flags.feature(flags.condition("EQUALS", "tenant", "acme")))
    handler = decorated(store=made, context=by_tenant, require="f", otherwise="no")

    assert handler({"tenant": "acme"}, None) != "no"
    assert handler({"tenant": "other"}, None) == "no"


@pytest.mark.parametrize("default", [True, False])
def test_the_default_serves_while_nothing_is_known(store, decorated, default, capsys):
    """Plugin: a required feature that cannot be read is on or off as default says."""
    down = store()
    down.go_down()

    handler = decorated(store=down, require="f", default=default, otherwise="no")

    assert (handler({}, None) != "no") is default
    assert "the store is down" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["store", "flags"])
def test_a_store_or_flags_can_be_given_as_they_are(store, registry, kind):
    """Plugin: `feature_flags=store` is short for `feature_flags={"store": store}`."""
    given = store({"f": {"default": True}}) if kind == "store" else FeatureFlags(store({"f": {"default": True}}))

    @powertools(registry=registry, feature_flags=given)
    def handler(event, context):
        return current_invocation().state["feature_flags"].evaluate(name="f", default=False)

    assert handler({}, None) is True


def test_without_options_nothing_happens(registry):
    """Plugin: it is inert unless it is given a store."""

    @powertools(registry=registry)
    def handler(event, context):
        return current_invocation().state

    assert handler({}, None) == {}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"require": "f"}, "there is no store"),
        ({"context": by_tenant}, "there is no store"),
        ({"store": 7}, "a store or a FeatureFlags, not int"),
        (7, "a store or a FeatureFlags, not int"),
        ({"stoer": 7}, "did you mean 'store'"),
    ],
)
def test_wrong_options_fail_at_decoration(registry, options, message):
    """Plugin: options that do not fit are one clear error."""
    with pytest.raises(PluginOptionsError, match=message):
        powertools(registry=registry, feature_flags=options)(by_tenant)


def test_a_context_that_cannot_be_called_fails_at_decoration(registry, store):
    """Plugin: context is a function of event and context."""
    with pytest.raises(PluginOptionsError, match="context must be a function"):
        powertools(registry=registry, feature_flags={"store": store({}), "context": {"a": 1}})(by_tenant)
