from __future__ import annotations

import json
import warnings
from typing import Annotated, Literal

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator
from pydantic import BaseModel, Field

from lambda_powertools.core.warnings import PowertoolsUserWarning
from lambda_powertools.event_handler import BedrockAgentResolver, Router
from lambda_powertools.event_handler.openapi.models import License, Server
from lambda_powertools.event_handler.openapi.params import Query


class Part(BaseModel):
    kind: Literal["wood"] = "wood"
    place: tuple[int, str] | None = None


class Claim(BaseModel):
    name: str = Field(examples=["roof", "door"])
    size: int | None = Field(None, gt=0, lt=10)
    part: Part | None = None
    data: bytes


def claims_app(**options):
    app = BedrockAgentResolver(**options)

    confirmed = {"x-requireConfirmation": "ENABLED"}

    @app.get("/claims/<claim_id>", "One claim", tags=["claims"], openapi_extensions=confirmed)
    def claim(claim_id: int, word: Annotated[str | None, Query(max_length=9)] = None) -> Claim: ...

    @app.post("/claims", description="Create a claim", operation_id="createClaim")
    def create(claim: Claim) -> Claim: ...

    return app


@pytest.mark.parametrize("validated", [True, False])
def test_the_schema_is_valid_openapi_30(validated):
    """BDA-50, BDA-52, BDA-53: with and without validation; every operation has what agents want."""
    app = claims_app(enable_validation=validated)

    document = json.loads(app.get_openapi_json_schema(openapi_version="3.1.0"))

    OpenAPIV30SpecValidator(document).validate()
    assert document["openapi"] == "3.0.3"
    assert document["info"] == {"title": "Powertools API", "version": "1.0.0"}
    assert document["servers"] == [{"url": "/"}]
    operation = document["paths"]["/claims/{claim_id}"]["get"]
    assert operation["description"] == "One claim"
    assert operation["summary"] == "GET /claims/{claim_id}"
    assert operation["tags"] == ["claims"]
    assert operation["x-requireConfirmation"] == "ENABLED"
    assert ("422" in operation["responses"]) is validated
    assert operation["parameters"][1]["schema"] == {
        "type": "string",
        "maxLength": 9,
        "title": "Word",
        "default": None,
        "nullable": True,
    }
    properties = document["components"]["schemas"]["Claim"]["properties"]
    assert properties["name"]["example"] == "roof"
    assert {"minimum": 0, "exclusiveMinimum": True, "nullable": True}.items() <= properties["size"].items()
    assert properties["part"]["anyOf"] == [{"$ref": "#/components/schemas/Part"}]
    assert properties["part"]["nullable"] is True
    assert '"const"' not in json.dumps(document)
    assert app.get_openapi_schema().openapi == "3.1.0"


def test_what_was_configured_counts():
    """BDA-51, BDA-55: a title that was configured is in the schema, no version of OpenAPI is warned of."""
    app = claims_app()
    app.configure_openapi(
        title="Claims",
        openapi_version="3.0.3",
        servers=[Server(url="https://claims.example.com")],
        license_info=License(name="MIT", identifier="MIT"),
        summary="Short",
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        document = json.loads(app.get_openapi_json_schema(version="2.0.0", openapi_extensions={"x-a": {"const": 1}}))

    assert document["info"] == {
        "title": "Claims",
        "version": "2.0.0",
        "license": {"name": "MIT"},
        "description": "Short",
    }
    assert document["servers"] == [{"url": "https://claims.example.com"}]
    assert document["x-a"] == {"const": 1}
    OpenAPIV30SpecValidator(document).validate()


def test_a_route_without_a_description_is_warned_of():
    """BDA-56: one from a shared router, or from `route`; not one that is left out of the schema."""
    app = BedrockAgentResolver()
    router = Router()
    router.get("/shared")(lambda: 1)
    router.get("/hidden", include_in_schema=False)(lambda: 1)
    app.include_router(router)
    app.route("/described", "GET", description="x")(lambda: 1)

    with pytest.warns(PowertoolsUserWarning, match="GET /shared has no description") as caught:
        app.get_openapi_json_schema()
    assert len(caught) == 1
