from scenarios._http import request, resolving

TITLE = "Validated POST"
WHAT = "resolve a POST whose body and response are pydantic models"
FRESH = False
GOAL = ("ratio", 0.5)
PACKAGES = ("data-classes", "event-handler", "openapi")


def ours():
    from lambda_powertools.event_handler import APIGatewayRestResolver

    return posting(APIGatewayRestResolver(enable_validation=True))


def original():
    from aws_lambda_powertools.event_handler import APIGatewayRestResolver

    return posting(APIGatewayRestResolver(enable_validation=True))


def posting(app):
    from scenarios._models import BODY, add_order_route

    return resolving(add_order_route(app), request("POST", "/orders", BODY))
