TITLE = "OpenAPI document, 50 routes"
WHAT = "write the document of an application with fifty validated routes as JSON"
FRESH = False
GOAL = ("ratio", 0.5)
PACKAGES = ("data-classes", "event-handler", "openapi")


def ours():
    from lambda_powertools.event_handler import APIGatewayRestResolver

    return writing(APIGatewayRestResolver(enable_validation=True))


def original():
    from aws_lambda_powertools.event_handler import APIGatewayRestResolver

    return writing(APIGatewayRestResolver(enable_validation=True))


def writing(app):
    from scenarios._models import add_documented_routes

    return add_documented_routes(app, 50).get_openapi_json_schema
