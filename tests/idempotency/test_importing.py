from __future__ import annotations

import subprocess
import sys

import pytest

ALLOWED = {"lambda_powertools.idempotency", "lambda_powertools.idempotency.__about__"}
HEAVY = {"boto3", "botocore", "redis", "valkey", "jmespath", "pydantic", "sqlite3", "asyncio", "hashlib", "json"}


def loaded_by(code):
    """Return the modules that code loads in a fresh process."""
    script = f"import sys; before = set(sys.modules)\n{code}\nprint(*sorted(set(sys.modules) - before))"
    result = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return set(result.stdout.split())


def test_importing_the_package_loads_nothing():
    """Each name is loaded at its first use."""
    loaded = loaded_by("import lambda_powertools.idempotency")

    assert {name for name in loaded if name.startswith("lambda_powertools.")} == ALLOWED
    assert loaded & HEAVY == set()


@pytest.mark.parametrize("name", ["idempotent", "IdempotencyConfig", "DynamoDBPersistenceLayer"])
def test_importing_a_name_loads_no_sdk(name):
    """Neither an SDK nor a client library nor jmespath."""
    heavy = HEAVY - {"json", "hashlib"}

    assert loaded_by(f"from lambda_powertools.idempotency import {name}") & heavy == set()


def test_old_names_of_caches_warn_only_when_used():
    """Importing the module of the deprecated names is silent."""
    subprocess.run(
        [sys.executable, "-W", "error", "-c", "import lambda_powertools.idempotency.persistence.redis"], check=True
    )
