"""A game shows what a player may see."""

from aws_lambda_powertools.utilities.feature_flags import FeatureFlags, StoreProvider

EVENTS = [
    {"player": "ann", "tier": "gold", "level": 12},
    {"player": "bob", "tier": "tin", "level": 3},
    {"player": "tester-1", "tier": "tin", "level": 50},
    {},
]
FEATURES = {
    "dragons": {
        "default": False,
        "rules": {
            "gold and high": {
                "when_match": True,
                "conditions": [
                    {"action": "EQUALS", "key": "tier", "value": "gold"},
                    {"action": "KEY_GREATER_THAN_OR_EQUAL_VALUE", "key": "level", "value": 10},
                ],
            },
            "testers": {
                "when_match": True,
                "conditions": [{"action": "STARTSWITH", "key": "player", "value": "tester"}],
            },
        },
    },
    "welcome": {"default": True},
    "colours": {
        "default": [],
        "boolean_type": False,
        "rules": {
            "some": {
                "when_match": ["red", "blue"],
                "conditions": [{"action": "KEY_IN_VALUE", "key": "tier", "value": ["gold", "silver"]}],
            }
        },
    },
    "half": {
        "default": False,
        "rules": {
            "share": {
                "when_match": True,
                "conditions": [{"action": "MODULO_RANGE", "key": "level", "value": {"BASE": 10, "START": 0, "END": 4}}],
            }
        },
    },
}


class Shelf(StoreProvider):
    def get_configuration(self):
        return FEATURES

    @property
    def get_raw_configuration(self):
        return FEATURES


flags = FeatureFlags(store=Shelf())


def handler(event, context):
    return {
        "dragons": flags.evaluate(name="dragons", context=event, default=False),
        "colours": flags.evaluate(name="colours", context=event, default=["none"]),
        "half": flags.evaluate(name="half", context=event, default=False),
        "unknown": flags.evaluate(name="unknown", context=event, default="fallback"),
        "enabled": sorted(flags.get_enabled_features(context=event)),
    }
