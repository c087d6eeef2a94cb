"""A toll bridge's middlewares: for all routes, and for one."""

from events import rest

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from aws_lambda_powertools.event_handler.middlewares import BaseMiddlewareHandler, NextMiddleware

EVENTS = [rest("GET", "/toll"), rest("GET", "/toll", headers={"X-Pass": "gold"}), rest("POST", "/toll", "{}")]

logger = Logger(service="bridge")
app = APIGatewayRestResolver()


def remember_pass(app: APIGatewayRestResolver, next_middleware: NextMiddleware) -> Response:
    app.append_context(card=app.current_event.headers.get("X-Pass"))
    response = next_middleware(app)
    response.headers["X-Bridge"] = "north"
    return response


def need_pass(app, next_middleware):
    if not app.context.get("card"):
        return Response(status_code=402, body="pay first")
    return next_middleware(app)


class Counted(BaseMiddlewareHandler):
    def __init__(self, name: str):
        super().__init__()
        self.name = name

    def handler(self, app, next_middleware):
        logger.info("before", counter=self.name)
        response = next_middleware(app)
        logger.info("after", counter=self.name, status=response.status_code)
        return response


app.use(middlewares=[remember_pass, Counted("all")])


@app.get("/toll", middlewares=[need_pass, Counted("one")])
def toll():
    return {"card": app.context["card"]}


@app.post("/toll")
def pay():
    return {"paid": True}


def handler(event, context):
    return app.resolve(event, context)
