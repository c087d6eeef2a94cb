from scenarios._schema import ORDER, SCHEMA

TITLE = "validate, warm"
WHAT = "validate an order with two items against its schema, again"
FRESH = False
GOAL = ("ratio", 0.01)
PACKAGES = ("jmespath", "validation")


def ours():
    from lambda_powertools.validation import validate

    return validating(validate)


def original():
    from aws_lambda_powertools.utilities.validation import validate

    return validating(validate)


def validating(validate):
    def run():
        validate(event=ORDER, schema=SCHEMA)

    return run
