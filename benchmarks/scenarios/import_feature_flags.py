TITLE = "Import of feature flags"
WHAT = "import FeatureFlags and the AppConfig store"
FRESH = True
GOAL = ("ratio", 0.25)
PACKAGES = ("jmespath", "parameters", "feature-flags")


def ours():
    from lambda_powertools.feature_flags import AppConfigStore, FeatureFlags  # noqa: F401  # the import is what is measured


def original():
    from aws_lambda_powertools.utilities.feature_flags import AppConfigStore, FeatureFlags  # noqa: F401  # the same
