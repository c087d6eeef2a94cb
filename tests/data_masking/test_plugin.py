"""The plugins: what is logged of the event and what leaves as the response, while the handler sees all."""

from __future__ import annotations

import asyncio
import io
import json

import pytest

from lambda_powertools.core import Plugin, Registry, hookimpl, powertools
from lambda_powertools.core.exceptions import PluginOptionsError
from lambda_powertools.data_masking.exceptions import DataMaskingError, DataMaskingFieldNotFoundError
from lambda_powertools.data_masking.plugin import DataMaskingLogsPlugin, DataMaskingOptions, DataMaskingPlugin
from lambda_powertools.data_masking.provider import BaseProvider
from lambda_powertools.logger import Logger
from lambda_powertools.logger.plugin import LoggerPlugin

MASK = "*****"
EVENT = {"id": 7, "customer": {"name": "Ada", "card": "4711-0815"}}
MASKED = {"id": 7, "customer": {"name": "Ada", "card": MASK}}


def plugin_at(position):
    """Return a plugin class that notes the event at each hook."""

    class Observer(Plugin[None]):
        name = f"observer_{position}"
        order = position
        seen: list[object] = []  # noqa: RUF012  # of the class, to be read by the test

        @hookimpl
        def before_invoke(self, invocation):
            self.seen.append(invocation.event)

        @hookimpl
        def after_invoke(self, invocation):
            self.seen.append((invocation.event, invocation.response))

        @hookimpl
        def on_error(self, invocation):
            self.seen.append(invocation.event)

    return Observer


def registry_of(*plugins):
    registry = Registry()
    for plugin in (DataMaskingPlugin, DataMaskingLogsPlugin, *plugins):
        registry.register(plugin)
    return registry


def copied(value):
    return json.loads(json.dumps(value))


def test_event_is_logged_masked_and_handled_whole():
    """The logger writes the masked event; the handler gets the very object that came in, unchanged."""
    stream, handled = io.StringIO(), []
    logger = Logger(service="masked-event", stream=stream)

    @powertools(
        registry=registry_of(LoggerPlugin),
        logger={"log_event": True, "instance": logger},
        data_masking={"event_in_logs": ["customer.card"]},
    )
    def handler(event, context):
        handled.append(event)
        return event["customer"]["card"]

    event = copied(EVENT)

    assert handler(event, None) == "4711-0815"
    assert handled[0] is event
    assert event == EVENT
    assert json.loads(stream.getvalue())["message"] == MASKED
    assert "4711" not in stream.getvalue()


def test_installed_plugins_mask_the_logged_event(capsys, monkeypatch):
    """With the installed plugins, and `POWERTOOLS_LOGGER_LOG_EVENT`, it is enough to name the fields."""
    monkeypatch.setenv("POWERTOOLS_LOGGER_LOG_EVENT", "true")
    monkeypatch.setenv("POWERTOOLS_PLUGINS", "logger,data_masking,data_masking_logs")
    stream = io.StringIO()
    Logger(service="installed-masking", stream=stream)

    @powertools(
        service="installed-masking", data_masking={"event_in_logs": ["customer.card"], "response": ["customer.card"]}
    )
    def handler(event, context):
        return event

    assert handler(copied(EVENT), None) == MASKED
    assert json.loads(stream.getvalue())["message"] == MASKED


def test_response_leaves_masked():
    """Fields and rules mask the response, the object that the handler returned stays as it is."""
    returned = {"card": "4711", "owners": [{"name": "Ada"}], "tuple": (1, 2), "none": None}

    @powertools(
        registry=registry_of(),
        data_masking={"response": ["card"], "response_rules": {"owners[*].name": {"custom_mask": "X"}}},
    )
    def handler(event, context):
        return returned

    assert handler({}, None) == {"card": MASK, "owners": [{"name": "X"}], "tuple": (1, 2), "none": None}
    assert returned["card"] == "4711"


@pytest.mark.parametrize("response", [None, "text", 7, True], ids=repr)
def test_response_without_fields_is_left_alone(response):
    """A response that has no fields leaves as it is."""

    @powertools(registry=registry_of(), data_masking={"response": ["card"]})
    def handler(event, context):
        return response

    assert handler({}, None) is response


def test_plugins_further_in_see_the_unmasked_response_and_those_further_out_do_not():
    """MASK section 6: idempotency's band stores what the handler gave; the observability band sees it masked."""
    inner, outer = plugin_at(400), plugin_at(100)

    @powertools(
        registry=registry_of(inner, outer),
        data_masking={"event_in_logs": ["customer.card"], "response": ["customer.card"]},
    )
    def handler(event, context):
        return event

    handler(copied(EVENT), None)

    assert inner.seen == [EVENT, (EVENT, EVENT)]
    assert outer.seen == [MASKED, (MASKED, MASKED)]


def test_error_shows_the_masked_event_further_out_and_the_whole_one_afterwards():
    """On an error the observability band sees the masked event again; the error itself is untouched."""
    inner, outer, first = plugin_at(400), plugin_at(100), plugin_at(1)

    @powertools(registry=registry_of(inner, outer, first), data_masking={"event_in_logs": ["customer.card"]})
    def handler(event, context):
        raise LookupError("no stock")

    with pytest.raises(LookupError, match="no stock"):
        handler(copied(EVENT), None)

    assert inner.seen == [EVENT, EVENT]
    assert outer.seen == [MASKED, MASKED]
    assert first.seen == [EVENT, EVENT]


def test_replayed_response_is_masked_again():
    """A plugin further in that answers in the handler's stead has its response masked as well."""

    class Replay(Plugin[None]):
        name = "replay"
        order = 400

        @hookimpl
        def before_invoke(self, invocation):
            invocation.respond({"card": "4711"})

    @powertools(registry=registry_of(Replay), data_masking={"response": ["card"]})
    def handler(event, context):
        raise AssertionError

    assert handler({}, None) == {"card": MASK}


def test_event_replaced_from_its_masked_copy_is_an_error():
    """A plugin in the observability band cannot pass a masked event on to the handler unnoticed."""

    class Enriching(Plugin[None]):
        name = "enriching"
        order = 150

        @hookimpl
        def before_invoke(self, invocation):
            invocation.event = {**invocation.event, "more": 1}

    @powertools(registry=registry_of(Enriching), data_masking={"event_in_logs": ["customer.card"]})
    def handler(event, context):
        raise AssertionError

    with pytest.raises(DataMaskingError, match="order above 205"):
        handler(copied(EVENT), None)


def test_event_replaced_further_in_is_kept():
    """A plugin inside of the masking may replace the event; further out the masked one is seen, as before."""
    outer = plugin_at(100)

    class Parsing(Plugin[None]):
        name = "parsing"
        order = 300

        @hookimpl
        def before_invoke(self, invocation):
            invocation.event = invocation.event["customer"]

    @powertools(registry=registry_of(Parsing, outer), data_masking={"event_in_logs": ["customer.card"]})
    def handler(event, context):
        return event

    assert handler(copied(EVENT), None) == EVENT["customer"]
    assert outer.seen == [MASKED, (MASKED, EVENT["customer"])]


@pytest.mark.parametrize("event", [{"other": 1}, [], "text", None], ids=repr)
def test_event_without_the_field_is_no_warning(event):
    """Events differ; one without the field has nothing to hide."""
    outer = plugin_at(100)

    @powertools(registry=registry_of(outer), data_masking={"event_in_logs": ["customer.card"]})
    def handler(event, context):
        return event

    assert handler(event, None) == event
    assert outer.seen[0] == event


def test_event_that_cannot_be_masked_is_hidden_as_a_whole():
    """A failure of masking neither shows the event nor stops the handler."""

    class Broken(BaseProvider):
        def erase(self, data, **options):
            raise RuntimeError(data)

    outer = plugin_at(100)

    @powertools(registry=registry_of(outer), data_masking={"event_in_logs": ["customer.card"], "provider": Broken()})
    def handler(event, context):
        return event

    with pytest.warns(UserWarning, match="hidden from the logs") as warned:
        assert handler(copied(EVENT), None) == EVENT

    assert outer.seen[0] == MASK
    assert "4711" not in str(warned[0].message)


def test_missing_field_of_the_response_warns_or_raises():
    """MASK section 6: `raise_on_missing_field` is False unless set, and then fails the invocation."""

    def handler(event, context):
        return {"other": 1}

    lenient = powertools(registry=registry_of(), data_masking={"response": ["card"]})(handler)
    strict = powertools(registry=registry_of(), data_masking={"response": ["card"], "raise_on_missing_field": True})(
        handler
    )

    with pytest.warns(UserWarning, match="^Field or expression card not found"):
        assert lenient({}, None) == {"other": 1}
    with pytest.raises(DataMaskingFieldNotFoundError):
        strict({}, None)


def test_response_that_cannot_be_masked_does_not_leave():
    """MASK section 6: a failure of masking is the invocation's error, not an unmasked response."""

    class Broken(BaseProvider):
        def erase(self, data, **options):
            raise RuntimeError("out of ink")

    @powertools(registry=registry_of(), data_masking={"response": ["card"], "provider": Broken()})
    def handler(event, context):
        return {"card": "4711"}

    with pytest.raises(RuntimeError, match="out of ink"):
        handler({}, None)


def test_plugins_stand_aside_where_nothing_is_asked():
    """Without options neither plugin takes part in an invocation."""

    @powertools(registry=registry_of())
    def handler(event, context):
        return {"card": "4711"}

    assert handler({}, None) == {"card": "4711"}
    for plugin in handler.application.plugins.values():
        assert plugin.before_invoke is plugin.after_invoke is plugin.on_error is None


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"response": ["a["]}, DataMaskingError, r"'a\['"),
        ({"event_in_logs_rules": {"a": {"custom_maks": "X"}}}, DataMaskingError, "custom_maks"),
        ({"response": "card"}, PluginOptionsError, "list of fields"),
        ({"respnse": ["card"]}, PluginOptionsError, "did you mean 'response'"),
    ],
    ids=repr,
)
def test_wrong_options_are_an_error_when_the_handler_is_decorated(options, error, message):
    """Paths, rules and names are checked before the first invocation."""
    with pytest.raises(error, match=message):
        powertools(registry=registry_of(), data_masking=options)(lambda event, context: None)


def test_masking_of_logs_cannot_be_switched_off_by_half():
    """Asking for masked logs while the plugin that does it is off is an error, not an unmasked log."""
    decorate = powertools(
        registry=registry_of(), disable=["data_masking_logs"], data_masking={"event_in_logs": ["card"]}
    )

    with pytest.raises(DataMaskingError, match="data_masking_logs"):
        decorate(lambda event, context: None)


def test_masking_is_switched_off_as_a_whole():
    """`data_masking=False` switches off what is logged masked, too."""

    @powertools(registry=registry_of(), data_masking=False)
    def handler(event, context):
        return event

    assert handler(copied(EVENT), None) == EVENT
    assert handler.application.plugins["data_masking_logs"].before_invoke is None


def test_options_object_is_accepted():
    """The options may be given as their object."""

    @powertools(registry=registry_of(), data_masking=DataMaskingOptions(response=["card"]))
    def handler(event, context):
        return {"card": "4711"}

    assert handler({}, None) == {"card": MASK}


def test_concurrent_invocations_do_not_see_each_others_events():
    """Each invocation has its own event and copy, also where they overlap."""
    outer = plugin_at(100)

    @powertools(registry=registry_of(outer), data_masking={"event_in_logs": ["secret"], "response": ["secret"]})
    async def handler(event, context):
        await asyncio.sleep(0)
        return {"secret": event["secret"], "id": event["id"], "doubled": event["secret"] * 2}

    async def run():
        events = [{"id": number, "secret": f"s{number}"} for number in range(50)]
        return await asyncio.gather(*(handler(event, None) for event in events))

    responses = asyncio.run(run())

    assert responses == [{"secret": MASK, "id": n, "doubled": f"s{n}s{n}"} for n in range(50)]
    assert all((seen[0] if isinstance(seen, tuple) else seen)["secret"] == MASK for seen in outer.seen)
