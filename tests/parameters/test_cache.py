from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from lambda_powertools import parameters
from lambda_powertools.core import SettingsError
from lambda_powertools.parameters.base import ExpirableValue, GetParameterError


def lifetime(entry):
    return round((entry.ttl - datetime.now()).total_seconds())  # noqa: DTZ005  # as the cache keeps it


def test_a_value_is_fetched_once_while_it_is_live(shelf):
    """PRM-2: the second call answers from the cache, with the very same object."""
    provider = shelf({"limits": '{"max": 3}'})

    first = provider.get("limits", transform="json")

    assert provider.get("limits", transform="json") is first == {"max": 3}
    assert len(provider.calls) == 1


def test_force_fetch_calls_and_refreshes(shelf):
    """PRM-2: force_fetch always calls, and what it brings is what later calls see."""
    provider = shelf({"a": "1"})
    provider.get("a")
    provider.values["a"] = "2"

    assert provider.get("a") == "1"
    assert provider.get("a", force_fetch=True) == "2"
    assert provider.get("a") == "2"


def test_an_expired_value_is_fetched_again(shelf, expire):
    """PRM-5: past its time an entry is as good as none."""
    provider = shelf({"a": "1"})
    provider.get("a")
    provider.values["a"] = "2"
    expire(provider)

    assert provider.get("a") == "2"


@pytest.mark.parametrize(
    ("argument", "environment", "expected"), [(7, "60", 7), (None, "60", 60), (None, "", 300), (None, None, 300)]
)
def test_age_comes_from_the_argument_the_environment_or_the_default(
    shelf, monkeypatch, argument, environment, expected
):
    """PRM-1: seconds come from the argument, then POWERTOOLS_PARAMETERS_MAX_AGE, then 300."""
    if environment is not None:
        monkeypatch.setenv("POWERTOOLS_PARAMETERS_MAX_AGE", environment)
    provider = shelf({"a": "1"})

    provider.get("a", max_age=argument)

    assert lifetime(provider.store["a", None, False]) == expected


def test_an_age_that_is_no_number_names_its_variable(shelf, monkeypatch):
    """PRM-1: a malformed variable is an error that names it and its value."""
    monkeypatch.setenv("POWERTOOLS_PARAMETERS_MAX_AGE", "soon")

    with pytest.raises(SettingsError, match="POWERTOOLS_PARAMETERS_MAX_AGE is 'soon'"):
        shelf({"a": "1"}).get("a")


@pytest.mark.parametrize("max_age", [0, -1])
def test_an_age_of_nothing_keeps_nothing(shelf, max_age):
    """PRM-3: with max_age 0 or less the value is not kept, but an entry that is there still answers."""
    provider = shelf({"a": "1", "b": "1"})

    provider.get("a", max_age=max_age)
    assert not provider.store
    provider.get("b")
    provider.get("b", max_age=max_age)

    assert [name for name, _ in provider.calls] == ["a", "b"]


def test_a_provider_keeps_single_names_for_other_times(shelf):
    """Per-key max age: `max_ages` wins over the environment, the argument wins over both."""
    provider = shelf({"a": "1", "b": "1", "c": "1"}, max_ages={"a": 10, "b": 20})

    provider.get("a")
    provider.get("b", max_age=5)
    provider.get("c")

    assert [lifetime(provider.store[name, None, False]) for name in "abc"] == [10, 5, 300]


@pytest.mark.parametrize(("value", "calls"), [(None, 2), ("", 1), ({}, 1), (0, 1)])
def test_only_none_is_never_kept(shelf, value, calls):
    """PRM-4: None is fetched again each time, other empty values are kept."""
    provider = shelf({"a": value})

    assert [provider.get("a"), provider.get("a")] == [value, value]
    assert len(provider.calls) == calls


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"decrypt": False}, {"decrypt": True}),
        ({}, {"VersionId": "7"}),
        ({"VersionStage": "A"}, {"VersionStage": "B"}),
        ({"flag": ["a", "b"]}, {"flag": ["a"]}),
        ({"Filters": [{"Key": "x"}]}, {"Filters": [{"Key": "y"}]}),
        ({"flag": 1}, {"flag": True}),
        ({"transform": "json"}, {"transform": None}),
    ],
)
def test_options_that_change_the_result_are_kept_apart(shelf, first, second):
    """PRM-6: a value fetched with other options never answers."""
    provider = shelf({"a": "1"})

    for options in (first, second, first, second):
        provider.get("a", **options)

    assert len(provider.calls) == 2


def test_options_at_their_default_share_the_plain_entry(shelf):
    """PRM-6: the key of a plain call is name, transform and False."""
    provider = shelf({"a": "1"})

    provider.get("a", decrypt=False)

    assert list(provider.store) == [("a", None, False)] == [provider._build_cache_key("a")]
    assert provider.get("a") == "1"
    assert len(provider.calls) == 1


def test_a_path_never_answers_for_a_name(shelf):
    """PRM-6: get and get_multiple of the same text are two entries."""
    provider = shelf({"a": "1"})

    assert provider.get_multiple("a") == {"a": "1"}
    assert provider.get("a") == "1"
    assert set(provider.store) == {("a", None, True), ("a", None, False)}


def test_clear_cache_forgets_one_provider(shelf):
    """PRM-7: after clear_cache the value is fetched again."""
    provider = shelf({"a": "1"})
    provider.get("a")

    provider.clear_cache()
    provider.get("a")

    assert len(provider.calls) == 2


def test_clear_caches_forgets_the_default_providers(shelf):
    """PRM-7: clear_caches empties the registry, which is one object wherever it is looked up."""
    parameters.DEFAULT_PROVIDERS["ssm"] = shelf()
    modules = (parameters.base, parameters.constants, parameters.ssm, parameters.secrets, parameters.appconfig)
    assert all(module.DEFAULT_PROVIDERS is parameters.DEFAULT_PROVIDERS for module in modules)

    parameters.clear_caches()

    assert parameters.DEFAULT_PROVIDERS == {}


def test_errors_are_chained_and_not_kept(shelf):
    """PRM-8: whatever _get raises is the cause of a GetParameterError; the next call tries again."""
    failure = RuntimeError("the shelf is locked")
    provider = shelf({"a": failure})

    with pytest.raises(GetParameterError, match="the shelf is locked") as caught:
        provider.get("a")
    provider.values["a"] = "1"

    assert caught.value.__cause__ is failure
    assert provider.get("a") == "1"


def test_a_provider_s_own_error_passes_unchanged(shelf):
    """PRM-8: a GetParameterError out of _get is not wrapped again."""
    failure = GetParameterError("no such thing")

    with pytest.raises(GetParameterError) as caught:
        shelf({"a": failure}).get("a")

    assert caught.value is failure


def test_results_of_several_are_the_caller_s_own(shelf):
    """PRM-11: changing what get_multiple returned changes neither the cache nor the provider's own dict."""
    provider = shelf({"a": "1"})

    provider.get_multiple("/").clear()
    provider.get_multiple("/", transform="json")["b"] = 2

    assert provider.get_multiple("/") == {"a": "1"} == provider.values
    assert provider.get_multiple("/", transform="json") == {"a": 1}


def test_the_caller_s_options_are_not_modified(shelf):
    """PRM-9: lists and dicts among the options arrive as they were."""
    provider = shelf({"a": "1"})
    options = {"Filters": [{"Key": "name", "Values": ["x"]}]}

    provider.get("a", **options)

    assert options == {"Filters": [{"Key": "name", "Values": ["x"]}]}
    assert provider.calls == [("a", options)]


def test_the_least_recently_used_entry_gives_way(shelf):
    """A provider's cache is bounded: names made from requests cannot fill the memory."""
    provider = shelf(dict.fromkeys("abc", "1"), max_entries=2)

    for name in ("a", "b", "a", "c", "a", "b"):
        provider.get(name)

    assert [name for name, _ in provider.calls] == ["a", "b", "c", "b"]
    assert len(provider.store) == 2
    assert shelf().store.max_entries == 1000


def test_room_for_nothing_is_refused(shelf):
    """A cache without room is an error at construction."""
    with pytest.raises(ValueError, match="max_entries is 0"):
        shelf(max_entries=0)


def test_the_cache_can_be_worked_by_hand(shelf):
    """The methods of the cache agree with get: live entries answer, expired ones do not."""
    provider = shelf({"a": "fetched"})
    key = provider._build_cache_key("a")

    provider.add_to_cache(key, "by hand", max_age=5)
    assert provider.has_not_expired_in_cache(key)
    assert provider.fetch_from_cache(key) == provider.get("a") == "by hand"

    provider.store[key] = ExpirableValue("old", datetime.now() - timedelta(seconds=1))  # noqa: DTZ005  # likewise
    assert not provider.has_not_expired_in_cache(key)
    assert provider.get("a") == "fetched"

    provider.store = {}
    assert provider.get("a") == provider.get("a") == "fetched"


def test_a_provider_without_its_base_says_so():
    """PRM-91: a subclass that forgets super().__init__() is told at the first get."""

    class Forgetful(parameters.BaseProvider):
        def __init__(self):
            pass

        def _get(self, name, **sdk_options):
            return "never"

        def _get_multiple(self, path, **sdk_options):
            return {}

    with pytest.raises(parameters.ProviderSetupError, match=r"Forgetful has no cache: call super\(\).__init__\(\)"):
        Forgetful().get("a")
    with pytest.raises(AttributeError, match="'Forgetful' object has no attribute 'colour'"):
        Forgetful().colour  # noqa: B018  # looking it up is what is tested


def test_a_provider_may_leave_out_paths_and_writing(shelf):
    """PRM-90: _get_multiple may raise NotImplementedError, and set does unless it is defined."""

    class Single(parameters.BaseProvider):
        def _get(self, name, **sdk_options):
            return name

        def _get_multiple(self, path, **sdk_options):
            raise NotImplementedError

    with pytest.raises(GetParameterError, match="NotImplementedError"):
        Single().get_multiple("/")
    with pytest.raises(NotImplementedError, match="Single cannot write parameters"):
        Single().set("a", "1")


def test_a_provider_shows_nothing_of_its_values(shelf):
    """The repr of a provider holds no value."""
    provider = shelf({"a": "hunter2-hunter2"})
    provider.get("a")

    assert "hunter2" not in repr(provider)


def test_a_value_that_is_a_document_stays_the_provider_s_object(shelf):
    """PRM-11: without a transform what _get returned is returned, whatever it is."""
    document = {"a": {"b": 1}}

    assert shelf({"doc": document}).get("doc") is document
