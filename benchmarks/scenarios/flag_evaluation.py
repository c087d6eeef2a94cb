TITLE = "Evaluation of 50 features"
WHAT = "get_enabled_features of fifty features with two rules of two conditions each, from a store in memory"
FRESH = False
GOAL = ("ratio", 0.3)
PACKAGES = ("jmespath", "parameters", "feature-flags")


def ours():
    from lambda_powertools.feature_flags import FeatureFlags
    from lambda_powertools.feature_flags.base import StoreProvider

    return evaluating(FeatureFlags, StoreProvider)


def original():
    from aws_lambda_powertools.utilities.feature_flags import FeatureFlags
    from aws_lambda_powertools.utilities.feature_flags.base import StoreProvider

    return evaluating(FeatureFlags, StoreProvider)


def evaluating(feature_flags, base):
    configuration = {f"feature_{number}": feature(number) for number in range(50)}

    class MemoryStore(base):
        @property
        def get_raw_configuration(self):
            return configuration

        def get_configuration(self):
            return configuration

    flags = feature_flags(store=MemoryStore())
    context = {"tier": "gold", "tenant": "t-7", "country": "DE", "username": "ada"}

    def evaluate():
        return flags.get_enabled_features(context=context)

    if len(evaluate()) != 25:  # noqa: PLR2004  # half of them
        raise AssertionError(evaluate())
    return evaluate


def feature(number):
    """Return a feature whose second rule matches, if it is one of every two."""
    return {
        "default": False,
        "rules": {
            "tenants in test": {
                "when_match": True,
                "conditions": [
                    {"action": "EQUALS", "key": "tier", "value": "test"},
                    {"action": "STARTSWITH", "key": "tenant", "value": "t-"},
                ],
            },
            "gold": {
                "when_match": True,
                "conditions": [
                    {"action": "EQUALS", "key": "tier", "value": "gold" if number % 2 else "silver"},
                    {"action": "IN", "key": "country", "value": ["DE", "FR"]},
                ],
            },
        },
    }
