"""A ticket office answers exceptions of its own, and HTTP's."""

from events import rest

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response, content_types
from aws_lambda_powertools.event_handler.api_gateway import Response as SameResponse
from aws_lambda_powertools.event_handler.exceptions import (
    BadRequestError,
    ForbiddenError,
    InternalServerError,
    NotFoundError,
    RequestEntityTooLargeError,
    RequestTimeoutError,
    ServiceError,
    ServiceUnavailableError,
    UnauthorizedError,
)

KINDS = {
    "400": BadRequestError,
    "401": UnauthorizedError,
    "403": ForbiddenError,
    "404": NotFoundError,
    "408": RequestTimeoutError,
    "413": RequestEntityTooLargeError,
    "500": InternalServerError,
    "503": ServiceUnavailableError,
}
EVENTS = [
    *(rest("GET", f"/fail/{status}") for status in KINDS),
    rest("GET", "/teapot"),
    rest("GET", "/sold-out"),
    rest("GET", "/broken"),
    rest("GET", "/nowhere"),
    rest("PATCH", "/teapot"),
]

app = APIGatewayRestResolver()


class SoldOutError(Exception):
    pass


@app.exception_handler(SoldOutError)
def sold_out(error: SoldOutError):
    return Response(409, content_types.TEXT_PLAIN, f"sold out: {error}")


@app.not_found
def nowhere(error: NotFoundError):
    return SameResponse(status_code=404, content_type=content_types.TEXT_HTML, body="<h1>nowhere</h1>")


@app.get("/fail/<status>")
def fail(status):
    raise KINDS[status](f"failed with {status}")


@app.get("/teapot")
def teapot():
    raise ServiceError(418, "short and stout")


@app.get("/sold-out")
def tickets():
    raise SoldOutError("Saturday")


@app.get("/broken")
def broken():
    return {}["missing"]


def handler(event, context):
    return app.resolve(event, context)
