from scenarios._http import request

TITLE = "Properties of a data class"
WHAT = (
    "read from an API Gateway event what a handler reads: method, path, path parameters, query string, body, a header, "
    "stage and source address"
)
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
        context = event.request_context
        return (
            event.http_method,
            event.path,
            event.path_parameters,
            event.query_string_parameters,
            event.body,
            event.headers["accept"],
            context.stage,
            context.identity.source_ip,
        )

    return read
