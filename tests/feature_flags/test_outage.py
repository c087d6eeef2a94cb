from __future__ import annotations

import logging

import pytest

from lambda_powertools.feature_flags import ConfigurationStoreError, FeatureFlags, SchemaValidationError


def test_the_last_good_configuration_serves_in_an_outage(store, capsys):
    """A flag never flips because of an outage: what was read last decides, counted each time and told once."""
    remote = store({"f": {"default": True}})
    made = FeatureFlags(remote)
    assert made.evaluate(name="f", default=False) is True
    remote.go_down()

    assert made.evaluate(name="f", default=False) is True
    assert made.get_enabled_features() == ["f"]
    assert made.get_configuration() == {"f": {"default": True}}
    explained = made.explain(name="f")

    assert explained.last_good is True
    assert "last good configuration" in str(explained)
    assert made.last_good_served == 4
    report = capsys.readouterr().err
    assert report.count("the last good one serves") == 1
    assert "ConfigurationStoreError: the store is down" in report


def test_each_outage_is_told(store, capsys):
    """After the store has answered, the next outage is another one, and its configuration is the newest."""
    remote = store({"f": {"default": False}})
    made = FeatureFlags(remote)
    made.get_configuration()
    for default in (True, False):
        remote.go_down()
        made.get_configuration()
        made.get_configuration()
        remote.failure = None
        remote.document = {"f": {"default": default}}
        assert made.evaluate(name="f", default=None) is default

    assert capsys.readouterr().err.count("the last good one serves") == 2
    assert made.explain(name="f").last_good is False


def test_a_logger_of_one_s_own_is_told(store, caplog, capsys):
    """With a logger the outage is a warning there, and nothing goes to stderr."""
    remote = store({"f": {"default": True}})
    made = FeatureFlags(remote, logging.getLogger("own"))
    made.get_configuration()
    remote.go_down()

    with caplog.at_level(logging.WARNING, "own"):
        made.evaluate(name="f", default=False)

    assert "the last good one serves: the store is down" in caplog.text
    assert capsys.readouterr().err == ""


def test_it_can_be_switched_off(store):
    """Without serve_last_good an outage means the given defaults, as before the first read."""
    remote = store({"f": {"default": True}})
    made = FeatureFlags(remote, serve_last_good=False)
    made.get_configuration()
    remote.go_down()

    assert made.evaluate(name="f", default=False) is False
    with pytest.raises(ConfigurationStoreError):
        made.get_configuration()
    assert made.last_good_served == 0


def test_a_broken_configuration_is_no_outage(store):
    """FF-13: a new document that breaks the schema is an error, as somebody must mend it."""
    remote = store({"f": {"default": True}})
    made = FeatureFlags(remote)
    made.get_configuration()
    remote.document = {"f": {"default": "yes"}}

    with pytest.raises(SchemaValidationError):
        made.evaluate(name="f", default=False)
    remote.go_down()
    assert made.evaluate(name="f", default=False) is True
