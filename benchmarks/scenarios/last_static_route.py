from scenarios._http import add_static_routes, request, resolving

TITLE = "Resolve, last of 1,000 static routes"
WHAT = "the same with a thousand routes without parameters, of which the last matches"
FRESH = False
GOAL = ("ratio", 0.1)
PACKAGES = ("data-classes", "event-handler")


def ours():
    from lambda_powertools.event_handler import APIGatewayRestResolver

    return resolving(add_static_routes(APIGatewayRestResolver(), 1000), request("GET", "/things/number-999/details"))


def original():
    from aws_lambda_powertools.event_handler import APIGatewayRestResolver

    return resolving(add_static_routes(APIGatewayRestResolver(), 1000), request("GET", "/things/number-999/details"))
