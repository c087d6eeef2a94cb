from __future__ import annotations

import subprocess
import sys

import pytest

from lambda_powertools import feature_flags


def python(code):
    result = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout.split()


def test_nothing_heavy_is_loaded_before_it_is_needed():
    """Neither importing, nor building stores, nor evaluating rules loads the SDK, JMESPath, time zones or logging."""
    code = """
import sys
from lambda_powertools import feature_flags
for name in feature_flags.__all__:
    getattr(feature_flags, name)
feature_flags.AppConfigStore("e", "a", "n"), feature_flags.SSMStore("/n"), feature_flags.S3Store("b", "k")
feature_flags.DynamoDBStore("t", "n"), feature_flags.HTTPStore("https://flags.example")
rule = {"when_match": True, "conditions": [{"action": "EQUALS", "key": "a", "value": 1}]}
store = feature_flags.InMemoryStore({"f": {"default": False, "rules": {"r": rule}}})
assert feature_flags.FeatureFlags(store).evaluate(name="f", context={"a": 1}, default=False) is True
heavy = ("boto3", "botocore", "jmespath", "zoneinfo", "tzdata", "logging", "asyncio", "urllib.request", "yaml")
print([name for name in heavy if name in sys.modules])
"""

    assert python(code) == ["[]"]


@pytest.mark.parametrize(
    "name",
    ["appconfig", "base", "comparators", "constants", "exceptions", "feature_flags", "schema", "stores", "types"],
)
def test_modules_are_attributes_of_the_package(name):
    """Every module can be reached from the package."""
    assert python(f"from lambda_powertools import feature_flags; print(feature_flags.{name}.__name__)") == [
        f"lambda_powertools.feature_flags.{name}"
    ]


def test_an_unknown_name_is_an_attribute_error():
    """A typo in a name of the package is told as usual."""
    with pytest.raises(AttributeError, match="has no attribute 'FeatureFlag'"):
        feature_flags.FeatureFlag  # noqa: B018  # looking it up is what is tested


def test_the_zone_database_is_brought_along():
    """FF-40: where the machine has no time zones, those of tzdata serve."""
    code = """
import zoneinfo
zoneinfo.reset_tzpath([])
from lambda_powertools.feature_flags import FeatureFlags, InMemoryStore
value = {"START": "00:00", "END": "23:59", "TIMEZONE": "Pacific/Chatham"}
condition = {"action": "SCHEDULE_BETWEEN_TIME_RANGE", "key": "CURRENT_TIME", "value": value}
rule = {"when_match": True, "conditions": [condition]}
print(FeatureFlags(InMemoryStore({"f": {"default": False, "rules": {"r": rule}}})).evaluate(name="f", default=False))
"""

    assert python(code) == ["True"]
