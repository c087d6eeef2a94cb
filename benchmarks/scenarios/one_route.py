from scenarios._http import add_static_routes, request, resolving

TITLE = "Resolve, one route"
WHAT = "resolve an event with an application of one route"
FRESH = False
GOAL = ("ratio", 0.5)
PACKAGES = ("data-classes", "event-handler")


def ours():
    from lambda_powertools.event_handler import APIGatewayRestResolver

    return resolving(add_static_routes(APIGatewayRestResolver(), 1), request("GET", "/things/number-0/details"))


def original():
    from aws_lambda_powertools.event_handler import APIGatewayRestResolver

    return resolving(add_static_routes(APIGatewayRestResolver(), 1), request("GET", "/things/number-0/details"))
