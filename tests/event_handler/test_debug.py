from __future__ import annotations

import json

import pytest

from lambda_powertools.core import SettingsError
from lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig

EVENT = {"path": "/x", "httpMethod": "GET", "headers": {"Origin": "https://evil.example"}}


def outer(app, next_middleware):
    return next_middleware(app)


def never(app, next_middleware):
    raise ValueError("password=hunter2")


def build(debug=None, **options):
    app = APIGatewayRestResolver(debug=debug, **options)
    app.use([outer])
    app.get("/ok")(lambda: {"a": [1]})

    @app.get("/x", middlewares=[never, outer])
    def failing():
        """Never called."""

    return app


def test_debug_mode_shows_what_happens(capsys):
    """EHH-86: the event as one line, route and middlewares before, those entered after, a traceback as response."""
    result = build(debug=True).resolve(EVENT, None)
    lines = capsys.readouterr().out.splitlines()

    assert json.loads(lines[0]) == EVENT
    assert "failing" in lines[1]
    assert "/x" in lines[1]
    assert lines[2].endswith("outer, never, outer")
    assert lines[-1].endswith("outer, never")
    assert (result["statusCode"], result["multiValueHeaders"]["Content-Type"]) == (500, ["text/plain"])
    assert "ValueError: password=hunter2" in result["body"]


def test_debug_mode_changes_nothing_else(capsys):
    """EHH-87: bodies stay compact, CORS is not relaxed, functions for exceptions come first."""
    app = build(debug=True, cors=CORSConfig("https://shop.example"))

    result = app.resolve({**EVENT, "path": "/ok"}, None)
    assert result["body"] == '{"a":[1]}'
    assert "Access-Control-Allow-Origin" not in result["multiValueHeaders"]
    app.exception_handler(ValueError)(lambda _: ("mine", 418))
    assert app.resolve(EVENT, None)["body"] == "mine"


def test_without_debug_mode_nothing_is_printed_or_told(capsys):
    """EHH-88: outside debug mode the error leaves the app, and nothing is printed."""
    app = build()

    with pytest.raises(ValueError, match="password"):
        app.resolve(EVENT, None)

    assert app._debug is False
    assert capsys.readouterr() == ("", "")


def test_environment_switches_it_on_with_a_warning(monkeypatch):
    """EHH-85: POWERTOOLS_DEV decides where nothing is said, and is read when the app is made."""
    monkeypatch.setenv("POWERTOOLS_DEV", "Yes")

    with pytest.warns(UserWarning, match="^POWERTOOLS_DEV environment variable is enabled"):
        app = build()

    monkeypatch.delenv("POWERTOOLS_DEV")
    assert app._debug is True


def test_argument_wins_over_the_environment(monkeypatch):
    """EHH-85: debug=False is False; a value that is none is an error."""
    monkeypatch.setenv("POWERTOOLS_DEV", "true")
    assert build(debug=False)._debug is False
    monkeypatch.setenv("POWERTOOLS_DEV", "0")
    assert build()._debug is False
    monkeypatch.setenv("POWERTOOLS_DEV", "maybe")
    with pytest.raises(SettingsError, match="POWERTOOLS_DEV"):
        build()
