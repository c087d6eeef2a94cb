"""What importing the package costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("jwt", "cryptography", "urllib3", "ssl", "botocore", "boto3", "asyncio", "logging", "http.client")


USES = {
    "package": "import lambda_powertools.auth, lambda_powertools.auth.plugin",
    "verifier": """
from lambda_powertools.auth import JWTVerifier
JWTVerifier(issuer="https://a", audience="b", algorithms=["RS256"]).require(scopes=["c"])
""",
    "client": """
from lambda_powertools.auth import OAuth2Client
OAuth2Client(token_url="https://a", client_id="b", client_secret="c")
""",
    "signer": "from lambda_powertools.auth import SigV4Signer; SigV4Signer('es', region='eu-west-1')",
}
REPORT = f"print([name for name in {HEAVY!r} if name in set(sys.modules) - before])"


@pytest.mark.parametrize("code", USES.values(), ids=USES)
def test_nothing_heavy_before_the_first_use(code):
    """Neither importing the package nor making its objects loads a library for cryptography, HTTP or AWS."""
    program = f"import sys\nbefore = set(sys.modules)\n{code}\n{REPORT}"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert result.stdout == "[]\n"
