from scenarios._http import add_dynamic_routes, request, resolving

TITLE = "Resolve, last of 1,000 dynamic routes"
WHAT = "the same with a thousand routes with a parameter, of which the last matches"
FRESH = False
GOAL = ("ratio", 0.15)
PACKAGES = ("data-classes", "event-handler")


def ours():
    from lambda_powertools.event_handler import APIGatewayRestResolver

    return resolving(add_dynamic_routes(APIGatewayRestResolver(), 1000), request("GET", "/things-999/42/details"))


def original():
    from aws_lambda_powertools.event_handler import APIGatewayRestResolver

    return resolving(add_dynamic_routes(APIGatewayRestResolver(), 1000), request("GET", "/things-999/42/details"))
