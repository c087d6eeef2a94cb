"""A shop's happy hours: rules by time."""

from aws_lambda_powertools.utilities.feature_flags import FeatureFlags, RuleAction, StoreProvider

EVENTS = [{}]
ALWAYS = {"START": "2020-01-01T00:00:00", "END": "2099-01-01T00:00:00", "TIMEZONE": "Europe/Vienna"}
PAST = {"START": "2019-01-01T00:00:00", "END": "2020-01-01T00:00:00"}


def feature(value):
    condition = {"action": RuleAction.SCHEDULE_BETWEEN_DATETIME_RANGE.value, "key": "CURRENT_DATETIME", "value": value}
    return {"default": False, "rules": {"then": {"when_match": True, "conditions": [condition]}}}


class Hours(StoreProvider):
    def get_configuration(self):
        days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
        day = {"action": "SCHEDULE_BETWEEN_DAYS_OF_WEEK", "key": "CURRENT_DAY_OF_WEEK", "value": {"DAYS": days}}
        return {
            "now": feature(ALWAYS),
            "once": feature(PAST),
            "daily": {"default": False, "rules": {"all": {"when_match": True, "conditions": [day]}}},
        }

    @property
    def get_raw_configuration(self):
        return self.get_configuration()


flags = FeatureFlags(store=Hours())


def handler(event, context):
    return [flags.evaluate(name=name, default=False) for name in ("now", "once", "daily")]
