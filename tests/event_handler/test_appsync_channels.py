import re
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.event_handler import AppSyncEventsResolver

DECORATORS = ["on_publish", "async_on_publish", "on_subscribe", "async_on_subscribe"]

segment = st.text("ab.+*", min_size=1, max_size=2)
anything = st.text("ab/*.+\n", max_size=8)
channel = st.lists(st.text("ab.+*", max_size=2), min_size=1, max_size=4).map(lambda parts: "/" + "/".join(parts))
pattern = st.one_of(
    anything,
    st.lists(segment, min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts)),
    st.lists(segment, max_size=3).map(lambda parts: "/".join(["", *parts, "*"])),
)


def is_valid(path):
    """What the rules of paths say, as one expression."""
    return re.fullmatch(r"/\*|(/[^/*]+)+(/\*)?", path) is not None


def fits(path, channel):
    """Whether a path is for a channel, tried naively."""
    return channel.startswith(path[:-1]) if path.endswith("/*") else path == channel


def best(paths, channel):
    """The longest path that is valid and fits, not counting the wildcard."""
    fitting = [path for path in paths if is_valid(path) and fits(path, channel)]
    return max(fitting, key=lambda path: len(path.rstrip("*")), default=None)


def found(paths, channel):
    """The path whose function the app calls."""
    app = AppSyncEventsResolver()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PowertoolsUserWarning)
        for path in paths:
            app.on_publish(path)(lambda payload, path=path: path)
        event = {"info": {"operation": "PUBLISH", "channel": {"path": channel}}, "events": [{"id": "1"}]}
        return app.resolve(event, None)["events"][0].get("payload")


@given(st.lists(pattern, max_size=8), st.one_of(channel, anything))
def test_most_explicit_path_is_found(paths, channel):
    """EVT-4, EVT-5, T-9, T-11: as by trying each of the paths, whatever characters are in them."""
    assert found(paths, channel) == best(paths, channel)


@given(st.lists(pattern, min_size=1, max_size=4), st.data())
def test_channels_below_registered_paths_are_found(paths, data):
    """EVT-4, EVT-5: the same for channels that are made out of the paths, so that most fit."""
    path = data.draw(st.sampled_from(paths))
    channel = path.removesuffix("*") + data.draw(st.sampled_from(["", "a", "a/b", "/", "*"]))

    assert found(paths, channel) == best(paths, channel)


@given(pattern)
def test_invalid_paths_are_warned_of_and_no_others(path):
    """EVT-2: exactly the paths that the rules do not allow."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        AppSyncEventsResolver().on_subscribe(path)

    assert bool(caught) is not is_valid(path)


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("/default/a", "/default/*"),
        ("/default/a/b", "/default/*"),
        ("/default", "/*"),
        ("/defaults/a", "/*"),
        ("/default/x/y", "/default/x/*"),
        ("/default/x/y/z", "/default/x/y/z"),
        ("/Default/a", "/*"),
        ("/a.b", "/a.b"),
        ("/axb", "/*"),
        ("/default/*", "/default/*"),
    ],
)
def test_channels_go_to_their_path(channel, expected):
    """EVT-4, EVT-5, T-10: `/*` is the last resort, a slash is part of a prefix, dots are dots."""
    assert found(["/*", "/default/*", "/default/x/*", "/default/x/y/z", "/a.b"], channel) == expected


@pytest.mark.parametrize("decorator", DECORATORS)
@pytest.mark.parametrize(
    "path", ["", "/", "default", "default/*", "/a/", "//a", "/a//b", "/a*", "/*a", "/a/*/b", "/**", "*", "/*/"]
)
def test_invalid_path_is_skipped_with_a_warning(decorator, path):
    """EVT-3: it names path and decorator and states the rules; the decorator returns the function all the same."""
    app = AppSyncEventsResolver()

    def function():
        """Never called."""

    with pytest.warns(PowertoolsUserWarning, match="will be skipped.*should start with '/'") as caught:
        assert getattr(app, decorator)(path)(function) is function
    assert f"`{path}` registered for `{decorator}`" in str(caught[0].message)
    assert caught[0].filename == __file__


@pytest.mark.parametrize("decorator", DECORATORS)
def test_decorator_without_parentheses_is_refused(decorator):
    """EVT-3: what is no text is an error that shows how the decorator is used."""
    with pytest.raises(TypeError, match=f"{decorator} takes a path"):
        getattr(AppSyncEventsResolver(), decorator)(lambda: None)


def test_later_registration_wins():
    """EVT-1: the same path twice; `/default/*` is the path if none is given."""
    app = AppSyncEventsResolver()
    app.on_publish()(lambda payload: "first")
    app.on_publish("/default/*")(lambda payload: "second")
    event = {"info": {"operation": "PUBLISH", "channel": {"path": "/default/a"}}, "events": [{"id": "1"}]}

    assert app.resolve(event, None) == {"events": [{"id": "1", "payload": "second"}]}


@pytest.mark.parametrize("path", [None, 7, ["/a"], {}])
def test_channel_that_is_no_text_is_an_error(path):
    """What AppSync never sends is named."""
    with pytest.raises(TypeError, match=r"info\.channel\.path .* is a text, not"):
        AppSyncEventsResolver().resolve({"info": {"operation": "PUBLISH", "channel": {"path": path}}}, None)
