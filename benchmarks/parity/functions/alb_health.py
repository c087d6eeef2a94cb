"""A health check and a form behind a load balancer."""

from events import alb

from aws_lambda_powertools.event_handler import ALBResolver, Response
from aws_lambda_powertools.event_handler.router import ALBRouter

EVENTS = [
    alb("GET", "/health"),
    alb("GET", "/search", query={"q": "red%20shoes"}),
    alb("POST", "/form", "a=1", headers={"content-type": "application/x-www-form-urlencoded"}),
    alb("GET", "/gone"),
]

app = ALBResolver()
router = ALBRouter()


@app.get("/health")
def health():
    return Response(status_code=200, content_type="text/plain", body="ok")


@router.get("/search")
def search():
    return {"q": router.current_event.get_query_string_value("q")}


@app.post("/form")
def form():
    return {"body": app.current_event.body}


app.include_router(router)


def handler(event, context):
    return app.resolve(event, context)
