from __future__ import annotations

import json
import subprocess
import sysconfig
from pathlib import Path

from openapi_spec_validator import validate

SCHEMATHESIS = Path(sysconfig.get_path("scripts")) / "schemathesis"

# What is left out: pydantic takes `false` for 0 by default, and there is nothing to authenticate to.
LEFT_OUT = "negative_data_rejection,ignored_auth,object_level_authorization"


def document_of(server):
    """Return the OpenAPI document that the served app gives out."""
    return server.get("/swagger", params={"format": "json"}).json()


def test_the_document_of_the_bookshop_is_valid(bookshop):
    """The example has the operations that make the test below worth something, in a valid document."""
    document = document_of(bookshop)

    validate(document)
    assert sum(len(operations) for operations in document["paths"].values()) >= 15


def test_everything_that_the_bookshop_answers_is_in_its_document(bookshop, tmp_path):
    """Schemathesis finds no 5xx, and no status, type, header or body that the document does not announce."""
    (tmp_path / "openapi.json").write_text(json.dumps(document_of(bookshop)))
    command = [SCHEMATHESIS, "run", "openapi.json", "--url", bookshop.url, "--checks", "all"]
    options = ["--exclude-checks", LEFT_OUT, "--max-examples", "10", "--seed", "7", "--no-color"]

    finished = subprocess.run(
        [*command, *options], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60, check=False
    )

    assert finished.returncode == 0, finished.stdout[-8000:] + finished.stderr[-2000:]
    assert "Tested: 19" in finished.stdout
    lines = [line for line in bookshop.lines if line and " ms " in line]
    assert len(lines) > 300
    assert [line for line in lines if line.split()[2].startswith("5")] == []
