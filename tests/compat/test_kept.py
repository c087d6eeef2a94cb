"""Helpers that have no new place answer as they did at the old one."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aws_lambda_powertools.shared import constants
from aws_lambda_powertools.shared.cache_dict import LRUDict
from aws_lambda_powertools.shared.functions import (
    abs_lambda_path,
    base64_decode,
    bytes_to_base64_string,
    bytes_to_string,
    dataclass_to_dict,
    decode_header_bytes,
    extract_event_from_common_models,
    get_tracer_id,
    is_dataclass,
    is_pydantic,
    powertools_debug_is_set,
    powertools_dev_is_set,
    pydantic_to_dict,
    resolve_env_var_choice,
    resolve_max_age,
    resolve_truthy_env_var_choice,
    sanitize_xray_segment_name,
    slice_dictionary,
    strtobool,
)
from aws_lambda_powertools.shared.json_encoder import Encoder
from aws_lambda_powertools.shared.lazy_import import LazyLoader
from lambda_powertools.core.settings import Settings
from lambda_powertools.parser import BaseModel


class Model(BaseModel):
    id: int


@dataclass
class Order:
    id: int


@pytest.mark.parametrize("text", ["1", "y", "Yes", "t", "TRUE", "on"])
def test_what_is_true(text):
    """The words for true, in any case."""
    assert strtobool(text) is True


@pytest.mark.parametrize("text", ["0", "n", "No", "f", "FALSE", "off"])
def test_what_is_false(text):
    """The words for false, in any case."""
    assert strtobool(text) is False


def test_what_is_neither_is_an_error_that_names_it():
    """Any other text is a ValueError that starts as users match it."""
    with pytest.raises(ValueError, match="invalid truth value 'maybe'"):
        strtobool("maybe")


def test_a_choice_wins_over_the_environment():
    """What was chosen is returned, else what the variable holds, parsed where the helper parses."""
    assert resolve_env_var_choice(env="orders") == "orders"
    assert resolve_env_var_choice(env="orders", choice="") == ""
    assert resolve_truthy_env_var_choice("true") is True
    assert resolve_truthy_env_var_choice("true", choice=False) is False
    assert (resolve_max_age("5", None), resolve_max_age("5", 0)) == (5, 0)


def test_the_development_switches(monkeypatch):
    """Unset is off, as the empty text; set is what it says."""
    for name, is_set in (("POWERTOOLS_DEV", powertools_dev_is_set), ("POWERTOOLS_DEBUG", powertools_debug_is_set)):
        monkeypatch.delenv(name, raising=False)
        assert is_set() is False
        monkeypatch.setenv(name, "true")
        assert is_set() is True


def test_models_and_their_data():
    """Models of either kind are recognised and become dictionaries; other values are let through."""
    assert (is_pydantic(Model(id=1)), is_pydantic(Order(1)), is_pydantic({})) == (True, False, False)
    assert (is_dataclass(Order(1)), is_dataclass(Model(id=1)), is_dataclass(3)) == (True, False, False)
    assert pydantic_to_dict(Model(id=1)) == dataclass_to_dict(Order(1)) == {"id": 1}
    assert [extract_event_from_common_models(value) for value in (Model(id=1), Order(1), "x")] == [
        {"id": 1},
        {"id": 1},
        "x",
    ]


def test_texts_and_bytes():
    """Between bytes, base64 and text."""
    assert bytes_to_base64_string(b"x") == "eA=="
    assert base64_decode("eA==") == b"x"
    assert bytes_to_string("ä".encode()) == "ä"
    assert decode_header_bytes([104, 105, -1]) == b"hi\xff"
    assert sanitize_xray_segment_name("a?b*c") == "abc"


@given(st.dictionaries(st.integers(), st.integers()), st.integers(min_value=1, max_value=7))
def test_slices_make_up_the_whole(data, size):
    """A dictionary comes back whole from its slices, none of which is empty or too large."""
    slices = list(slice_dictionary(data, size))

    assert {key: value for part in slices for key, value in part.items()} == data
    assert all(1 <= len(part) <= size for part in slices)


def test_places_and_traces(monkeypatch, tmp_path):
    """The function's folder, or the working directory outside Lambda; the trace id, or nothing."""
    monkeypatch.delenv("LAMBDA_TASK_ROOT", raising=False)
    monkeypatch.delenv(constants.XRAY_TRACE_ID_ENV, raising=False)
    monkeypatch.chdir(tmp_path)
    assert abs_lambda_path("a.json") == f"{tmp_path}/a.json"
    assert get_tracer_id() is None

    monkeypatch.setenv(constants.LAMBDA_TASK_ROOT_ENV, "/var/task")
    monkeypatch.setenv(constants.XRAY_TRACE_ID_ENV, "Root=1-abc;Parent=1;Sampled=1")
    assert (abs_lambda_path(), abs_lambda_path("a.json")) == ("/var/task", "/var/task/a.json")
    assert get_tracer_id() == "1-abc"


def test_constants_name_the_variables_that_are_read():
    """The names of variables are those of the settings."""
    assert Settings.service_name.variable == constants.SERVICE_NAME_ENV
    assert Settings.metrics_namespace.variable == constants.METRICS_NAMESPACE_ENV
    assert Settings.trace_disabled.variable == constants.TRACER_DISABLED_ENV
    assert Settings.logger_sample_rate.variable == constants.LOGGER_LOG_SAMPLING_RATE
    assert Settings.parameters_max_age.variable == constants.PARAMETERS_MAX_AGE_ENV


def test_the_encoder_writes_decimals(monkeypatch):
    """`json.dumps(cls=Encoder)` writes what the original's writes."""
    from decimal import Decimal

    assert Encoder().encode({"price": Decimal("1.50")}) == '{"price": "1.50"}'


@given(st.lists(st.tuples(st.sampled_from("gsd"), st.integers(0, 8))))
def test_the_dictionary_forgets_what_was_used_longest_ago(steps):
    """Whatever is done to it, it holds the items that were used last, at most so many."""
    cache, order = LRUDict(max_items=3), []
    for step, key in steps:
        if step == "s":
            cache[key] = key
        elif step == "d":
            assert cache.get(key, "none") == (key if key in order else "none")
        elif key in order:
            assert cache[key] == key
        if step == "s" or key in order:
            order = [*(other for other in order if other != key), key][-3:]

    assert list(cache) == order


def test_the_dictionary_starts_with_what_it_is_given():
    """Its parameters are the limit, and what a dictionary takes."""
    assert list(LRUDict(2, {"a": 1, "b": 2, "c": 3})) == ["b", "c"]
    with pytest.raises(KeyError):
        LRUDict()["a"]


def test_a_lazy_module_loads_when_it_is_used():
    """The stand-in puts the module itself into the globals at the first attribute; a missing one is an ImportError."""
    names = {}
    names["colorsys"] = LazyLoader("colorsys", names, "colorsys")
    stand_in = names["colorsys"]

    assert stand_in.rgb_to_hsv(0, 0, 0) == (0, 0, 0)
    assert type(names["colorsys"]).__name__ == "module"
    assert "rgb_to_hsv" in dir(LazyLoader("colorsys", names, "colorsys"))
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        LazyLoader("gone", names, "no_such_module").anything  # noqa: B018  # the error is what is tested
