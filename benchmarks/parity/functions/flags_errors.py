"""Flags that are not what they should be, or cannot be fetched."""

from aws_lambda_powertools.utilities.feature_flags import ConfigurationStoreError, FeatureFlags, StoreProvider
from aws_lambda_powertools.utilities.feature_flags.exceptions import SchemaValidationError

EVENTS = [
    {"features": {"a": {"default": True}}},
    {"features": {"a": {}}},
    {"features": {"a": {"default": True, "rules": {"r": {"when_match": True, "conditions": []}}}}},
    {"features": {"a": {"default": True, "rules": {"r": {"when_match": True, "conditions": [{"action": "LIKES"}]}}}}},
    {"features": None},
]


class Broken(StoreProvider):
    def __init__(self, features):
        self.features = features

    def get_configuration(self):
        if self.features is None:
            raise ConfigurationStoreError("the store is closed")
        return self.features

    @property
    def get_raw_configuration(self):
        return self.features


def handler(event, context):
    flags = FeatureFlags(store=Broken(event["features"]))
    try:
        return {"a": flags.evaluate(name="a", default=False), "enabled": flags.get_enabled_features()}
    except SchemaValidationError as error:
        return type(error).__name__
