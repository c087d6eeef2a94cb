TITLE = "Import of a resolver"
WHAT = "import APIGatewayRestResolver"
FRESH = True
GOAL = ("ratio", 0.35)
PACKAGES = ("data-classes", "event-handler")


def ours():
    from lambda_powertools.event_handler import APIGatewayRestResolver  # noqa: F401  # the import is what is measured


def original():
    from aws_lambda_powertools.event_handler import APIGatewayRestResolver  # noqa: F401  # the same
