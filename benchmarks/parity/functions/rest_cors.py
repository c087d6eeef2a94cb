"""A photo gallery for browsers: CORS, compression, caching, binary bodies."""

from events import rest

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig, Response

EVENTS = [
    rest("GET", "/photos", headers={"Origin": "https://www.example.com"}),
    rest("GET", "/photos", headers={"Origin": "https://dev.example.com"}),
    rest("GET", "/photos", headers={"Origin": "https://evil.example.net"}),
    rest("OPTIONS", "/photos", headers={"Origin": "https://www.example.com"}),
    rest("OPTIONS", "/unknown", headers={"Origin": "https://www.example.com"}),
    rest("GET", "/thumbnail"),
    rest("GET", "/plain", headers={"Origin": "https://www.example.com"}),
    rest("GET", "/long", headers={"Accept-Encoding": "gzip, deflate"}),
    rest("GET", "/long"),
]

app = APIGatewayRestResolver(
    cors=CORSConfig(
        allow_origin="https://www.example.com",
        extra_origins=["https://dev.example.com"],
        allow_headers=["X-Gallery"],
        expose_headers=["X-Count"],
        max_age=300,
        allow_credentials=True,
    )
)


@app.get("/photos", cache_control="max-age=60")
def photos():
    return ["a.jpg", "b.jpg"]


@app.get("/thumbnail")
def thumbnail():
    return Response(status_code=200, content_type="image/png", body=b"\x89PNG", headers={"X-Count": "1"})


@app.get("/plain", cors=False)
def plain():
    return {"cors": False}


@app.get("/long", compress=True)
def long():
    return {"text": "photo " * 3}


def handler(event, context):
    response = app.resolve(event, context)
    if response["isBase64Encoded"] and "gzip" in str(response["multiValueHeaders"]):
        import base64
        import gzip

        response["body"] = gzip.decompress(base64.b64decode(response["body"])).decode()
    return response
