"""A shop's HTTP API: payload format 2.0, cookies in and out."""

from events import http_api

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, CORSConfig, Response
from aws_lambda_powertools.shared.cookies import Cookie, SameSite

EVENTS = [
    http_api("GET", "/basket", cookies=["session=abc"], query={"page": "2"}),
    http_api("PUT", "/basket", {"sku": 1}, headers={"content-type": "application/json"}),
    http_api("GET", "/nothing"),
    http_api("OPTIONS", "/basket", headers={"origin": "https://shop.example.com"}),
    http_api("POST", "/binary", "AQID", isBase64Encoded=True),
]

app = APIGatewayHttpResolver(cors=CORSConfig(allow_origin="https://shop.example.com"))


@app.get("/basket")
def basket():
    event = app.current_event
    return {
        "cookies": event.cookies,
        "page": event.query_string_parameters["page"],
        "ip": event.request_context.http.source_ip,
    }


@app.put("/basket")
def put():
    cookie = Cookie("session", "new", path="/", max_age=60, http_only=True, same_site=SameSite.STRICT_MODE)
    return Response(200, "application/json", {"sku": app.current_event.json_body["sku"]}, cookies=[cookie])


@app.post("/binary")
def binary():
    return {"length": len(app.current_event.decoded_body)}


def handler(event, context):
    return app.resolve(event, context)
