from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from lambda_powertools.event_handler.openapi.exceptions import RequestUnsupportedContentType, ValidationException


def test_exceptions_say_what_is_wrong():
    """Errors are listed, and texts are readable without values."""
    error = ValidationException([{"loc": ("body", 0), "type": "missing", "input": "secret"}] * 12)
    assert str(error).startswith("body.0 (missing), ")
    assert str(error).endswith("and 2 more")
    assert "secret" not in str(error)
    assert str(RequestUnsupportedContentType("not this", [])) == "not this"
    assert isinstance(RequestUnsupportedContentType("x", []), NotImplementedError)


@pytest.mark.parametrize(
    "program",
    [
        "APIGatewayRestResolver(enable_validation=True).get('/x')(lambda: None)",
        "APIGatewayRestResolver().get_openapi_json_schema()",
        "import lambda_powertools.event_handler.openapi.params",
        "import lambda_powertools.event_handler.openapi.models",
    ],
)
def test_without_pydantic_the_error_names_the_extra(program):
    """Validation and documents need pydantic, and say so; everything else works without it."""
    script = f"""
import sys
sys.modules["pydantic"] = None
from lambda_powertools.event_handler import APIGatewayRestResolver
app = APIGatewayRestResolver()
app.get("/x", summary="s", tags=["t"], responses={{200: {{"description": "d"}}}})(lambda: 1)
assert app.resolve({{"httpMethod": "GET", "path": "/x"}}, None)["body"] == "1"
try:
    {program}
except ImportError as error:
    assert "lambda-powertools-event-handler[openapi]" in str(error), error
else:
    raise SystemExit("no error")
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_validation_alone_loads_no_models_of_documents():
    """Models of documents take long to make, and a function that only validates needs none; a plain app no pydantic."""
    script = """
import sys
from lambda_powertools.event_handler import APIGatewayRestResolver
app = APIGatewayRestResolver()
app.get("/x")(lambda: 1)
app.resolve({"httpMethod": "GET", "path": "/x"}, None)
assert "pydantic" not in sys.modules
app = APIGatewayRestResolver(enable_validation=True)
def function(n: int = 1) -> int:
    return n
app.get("/x")(function)
assert app.resolve({"httpMethod": "GET", "path": "/x"}, None)["body"] == "1"
assert [name for name in sys.modules if "openapi" in name and "models" in name] == []
assert "multipart" not in sys.modules
app.get_openapi_json_schema()
assert [name for name in sys.modules if "openapi" in name and "models" in name] == []
"""
    subprocess.run([sys.executable, "-c", script], check=True)


NAMES = ("config", "constants", "encoders", "exceptions", "merge", "models", "params", "types")


@pytest.mark.parametrize("name", NAMES)
def test_what_documents_are_made_of_is_shared(name):
    """The event handler's modules have the very objects of `lambda_powertools.openapi`."""
    ours = import_module(f"lambda_powertools.event_handler.openapi.{name}")
    shared = import_module(f"lambda_powertools.openapi.{name}")
    names = set(shared.__all__) - {"MultipartError", "MultipartParserError", "OpenAPIError"}

    assert names <= set(ours.__all__)
    assert [each for each in sorted(names) if getattr(ours, each) is not getattr(shared, each)] == []
