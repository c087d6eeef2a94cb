from scenarios._http import request

TITLE = "Property of a data class"
WHAT = "read httpMethod, path, a path parameter and the stage of an API Gateway event"
FRESH = False
GOAL = ("ratio", 0.7)
PACKAGES = ("data-classes",)


def ours():
    from lambda_powertools.data_classes import APIGatewayProxyEvent

    return reading(APIGatewayProxyEvent(request("GET", "/orders/1")))


def original():
    from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEvent

    return reading(APIGatewayProxyEvent(request("GET", "/orders/1")))


def reading(event):
    def read():
        return event.http_method, event.path, event.path_parameters["proxy"], event.request_context.stage

    return read
