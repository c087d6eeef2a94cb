from scenarios._http import add_dynamic_routes, request, resolving

TITLE = "Resolve, 1,000 routes against 10"
WHAT = "ours: the last of a thousand routes with a parameter; the floor is ours as well, the last of ten"
FRESH = False
GOAL = ("growth", 1.3)
PACKAGES = ("data-classes", "event-handler")


def ours():
    return resolving_last_of(1000)


def floor():
    return resolving_last_of(10)


def resolving_last_of(count):
    from lambda_powertools.event_handler import APIGatewayRestResolver

    app = add_dynamic_routes(APIGatewayRestResolver(), count)
    return resolving(app, request("GET", f"/things-{count - 1}/42/details"))
