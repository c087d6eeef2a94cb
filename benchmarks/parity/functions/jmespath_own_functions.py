"""A stamp collector adds functions to JMESPath."""

from jmespath.functions import signature

from aws_lambda_powertools.utilities.jmespath_utils import PowertoolsFunctions, query

EVENTS = [{"stamps": [{"name": " Penny "}, {"name": "Blue"}]}, {"stamps": [{"name": 3}]}]


class StampFunctions(PowertoolsFunctions):
    @signature({"types": ["string"]})
    def _func_tidy(self, value):
        return value.strip().lower()


OPTIONS = {"custom_functions": StampFunctions()}


def handler(event, context):
    return query(event, "stamps[*].name | map(&tidy(@), @)", jmespath_options=OPTIONS)
