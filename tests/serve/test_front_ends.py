from __future__ import annotations

import gzip
import os
import textwrap

import pytest
from serve_support.server import Server

PNG = b"\x89PNG\r\n\x1a\n\x00\xff"

# The same routes for the app of each front end.
APPS = """
    from lambda_powertools.core import powertools
    from lambda_powertools.event_handler import (
        ALBResolver,
        APIGatewayHttpResolver,
        APIGatewayRestResolver,
        LambdaFunctionUrlResolver,
        Response,
        VPCLatticeResolver,
        VPCLatticeV2Resolver,
    )
    from lambda_powertools.event_handler.cookies import Cookie

    PICTURE = {picture!r}

    def make(resolver):
        app = resolver()

        @app.get("/shelves/<shelf>")
        def show(shelf):
            event = app.current_event
            return {{
                "shelf": shelf,
                "tag": event.resolved_query_string_parameters["tag"],
                "header": event.resolved_headers_field["x-tag"],
                "cookies": event.resolved_cookies_field,
            }}

        @app.post("/upload")
        def upload():
            event = app.current_event
            if event.is_base64_encoded:
                import base64
                return {{"size": len(base64.b64decode(event.body))}}
            return {{"json": event.json_body}}

        @app.get("/picture")
        def picture():
            return Response(200, "image/png", PICTURE, cookies=[Cookie("seen", "yes", secure=False)])

        @app.get("/long", compress=True)
        def long():
            return {{"text": "long " * 1000}}

        @powertools
        def handler(event, context):
            return app.resolve(event, context)

        return handler

    rest = make(APIGatewayRestResolver)
    http = make(APIGatewayHttpResolver)
    alb = make(ALBResolver)
    url = make(LambdaFunctionUrlResolver)
    lattice = make(VPCLatticeResolver)
    lattice_v2 = make(VPCLatticeV2Resolver)
"""

FRONT_ENDS = {
    "rest": ("--binary-media-type", "*/*"),
    "http": (),
    "alb": (),
    "alb multi": ("--multi-value",),
    "url": (),
    "lattice": (),
    "lattice-v2": (),
}


@pytest.fixture(params=FRONT_ENDS)
def server(request, tmp_path):
    """The app of a front end, served as by that front end."""
    (tmp_path / "app.py").write_text(textwrap.dedent(APPS.format(picture=PNG)))
    name = request.param.partition(" ")[0]
    arguments = [f"app:{name.replace('-', '_')}", "--as", name, *FRONT_ENDS[request.param]]
    running = Server(arguments, tmp_path, {**os.environ, "POWERTOOLS_METRICS_NAMESPACE": "Shelves"})
    yield running
    running.close()


def test_an_app_answers_the_same_behind_every_front_end(server):
    """Path, query, header and cookie arrive, pictures and cookies come back, and the route is in the log."""
    shown = server.get("/shelves/top?tag=new", headers={"x-tag": "one", "cookie": "session=abc; theme=dark"}).json()
    picture = server.get("/picture")

    assert (shown["shelf"], shown["tag"]) == ("top", ["new"])
    assert shown["header"] in ("one", ["one"])
    assert shown["cookies"] == {"session": "abc", "theme": "dark"}
    assert picture.content == PNG
    assert picture.headers["content-type"] == "image/png"
    assert picture.headers["set-cookie"].startswith("seen=yes")
    assert "route=/shelves/" in server.wait_for("GET /shelves/top 200")


def test_uploads_and_compression_pass_every_front_end(server):
    """JSON and binary uploads arrive whole; a compressed response is gzip to the client."""
    json_upload = server.post("/upload", json={"title": "é"}).json()
    binary = server.post("/upload", content=b"\x00\xff" * 500, headers={"content-type": "image/png"}).json()
    with server.client.stream("GET", "/long", headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())

    assert json_upload in [{"json": {"title": "é"}}, {"size": len('{"title":"é"}'.encode())}]
    assert binary == {"size": 1000}
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw).startswith(b'{"text":"long long ')


def test_what_there_is_not_is_said_alike(server):
    """An unknown path is 404 and a wrong method 405, with the app's own message."""
    unknown, wrong = server.get("/nowhere"), server.client.delete("/picture")

    assert (unknown.status_code, unknown.json()["message"]) == (404, "Not found")
    assert wrong.status_code == 405
    assert "GET" in wrong.headers["allow"]
