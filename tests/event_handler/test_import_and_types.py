from __future__ import annotations

import json
import subprocess
import sys

HEAVY = (
    "asyncio",
    "inspect",
    "dataclasses",
    "pydantic",
    "importlib.metadata",
    "http",
    "gzip",
    "zlib",
    "base64",
    "difflib",
)


def run(code):
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_app_costs_no_module_that_it_does_not_need():
    """Importing, registering and preparing routes, and answering a request, loads nothing heavy or of others."""
    code = """
import json, sys
from typing import Any
before = set(sys.modules)
from lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig
app = APIGatewayRestResolver(cors=CORSConfig())
@app.get("/users/<user_id>")
def user(user_id: str) -> dict[str, Any]:
    return {"id": user_id}
app.prepare()
assert app.resolve({"path": "/users/7", "httpMethod": "GET", "headers": {"Origin": "x"}}, None)["statusCode"] == 200
print(json.dumps(sorted(set(sys.modules) - before)))
"""
    loaded = json.loads(run(code))

    assert [name for name in HEAVY if name in loaded] == []
    assert [name for name in loaded if "alb_event" in name or "appsync" in name or "openapi.models" in name] == []


def test_package_itself_loads_no_app():
    """The names of the package are loaded when they are asked for."""
    code = "import sys, lambda_powertools.event_handler; print([m for m in sys.modules if 'data_classes' in m])"

    assert run(code).strip() == "[]"


USER_CODE = """
from typing import Annotated, Any

from lambda_powertools.data_classes import AppSyncResolverEvent
from lambda_powertools.event_handler import APIGatewayHttpResolver, APIGatewayRestResolver, Depends, Request, Response
from lambda_powertools.event_handler import AppSyncEventsResolver, AppSyncResolver
from lambda_powertools.event_handler.middlewares import NextMiddleware
from lambda_powertools.event_handler.router import ALBRouter

app = APIGatewayRestResolver()
http = APIGatewayHttpResolver(strip_prefixes=["/pay"], problem_details=True)
router = ALBRouter()


def unit() -> str:
    return "EUR"


def middleware(app: APIGatewayRestResolver, next_middleware: NextMiddleware) -> Response[Any]:
    return next_middleware(app)


@app.get("/x/<item>", False, True, "max-age=1", tags=["a"], middlewares=[middleware], status_code=201)
def x(item: str, unit: Annotated[str, Depends(unit)], request: Request) -> dict[str, str]:
    return {"item": item}


@app.exception_handler(ValueError)
def bad(error: ValueError) -> Response[str]:
    return Response(400, body=str(error))


reveal_type(x)
reveal_type(bad)
reveal_type(app.current_event)
reveal_type(http.current_event)
reveal_type(router.current_event)
app.get("/y", sumary="typo")

graphql, channels = AppSyncResolver(max_concurrency=4), AppSyncEventsResolver()


@graphql.batch_resolver("Order", "owner", aggregate=False)
def owner(event: AppSyncResolverEvent, size: int) -> str:
    return event.field_name


@channels.on_publish("/orders/*")
async def publish(payload: dict[str, Any]) -> int:
    return len(channels.current_event.info.channel_path)


reveal_type(owner)
reveal_type(publish)
"""


def test_users_code_is_checked_by_types(tmp_path):
    """Decorators keep signatures, the event has the front end's type, and a misspelt option is found."""
    file = tmp_path / "user.py"
    file.write_text(USER_CODE, encoding="utf-8")

    found = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--follow-imports=silent", str(file)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout

    assert found.count(": error:") == 1
    assert 'Unexpected keyword argument "sumary"' in found
    revealed = [
        line.partition('Revealed type is "')[2].rstrip('"') for line in found.splitlines() if "Revealed" in line
    ]
    assert revealed[0].startswith("def (item: ")
    assert revealed[1].startswith("def (error: ")
    assert [name.rpartition(".")[2] for name in revealed[2:5]] == [
        "APIGatewayProxyEvent",
        "APIGatewayProxyEventV2",
        "ALBEvent",
    ]
    assert "size: " in revealed[5]
    assert "payload: " in revealed[6]
