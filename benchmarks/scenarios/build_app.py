from scenarios._http import add_dynamic_routes, add_static_routes

TITLE = "Application of 100 routes"
WHAT = "make an application and register a hundred routes, half of them with a parameter"
FRESH = False
GOAL = ("ratio", 0.3)
PACKAGES = ("data-classes", "event-handler")


def ours():
    from lambda_powertools.event_handler import APIGatewayRestResolver

    return lambda: add_dynamic_routes(add_static_routes(APIGatewayRestResolver(), 50), 50)


def original():
    from aws_lambda_powertools.event_handler import APIGatewayRestResolver

    return lambda: add_dynamic_routes(add_static_routes(APIGatewayRestResolver(), 50), 50)
