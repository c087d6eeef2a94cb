"""A library's API whose routes ask for a token: anyone's for the catalogue, a librarian's for the shelf."""

import time

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from events import rest
from jwt.algorithms import ECAlgorithm

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from aws_lambda_powertools.utilities.auth_alpha import AuthErrorContext, JWTVerifier

private = ec.generate_private_key(ec.SECP256R1())
other = ec.generate_private_key(ec.SECP256R1())
public = {**ECAlgorithm.to_jwk(private.public_key(), as_dict=True), "kid": "1", "use": "sig", "alg": "ES256"}


def token(key=private, kid="1", **claims):
    standard = {"iss": "https://id.example.com/", "aud": "library", "sub": "ada", "exp": int(time.time()) + 600}
    return jwt.encode({**standard, **claims}, key, "ES256", headers={"kid": kid})


def asking(path, value):
    return rest("GET", path, headers={} if value is None else {"Authorization": value})


EVENTS = [
    asking("/catalogue", f"Bearer {token()}"),
    asking("/catalogue", None),
    asking("/catalogue", "Basic YTpi"),
    asking("/catalogue", "Bearer no.token.atall"),
    asking("/catalogue", f"Bearer {token(exp=1)}"),
    asking("/catalogue", f"Bearer {token(aud='cinema')}"),
    asking("/catalogue", f"Bearer {token(iss='https://elsewhere.example.com/')}"),
    asking("/catalogue", f"Bearer {token(other)}"),
    asking("/catalogue", f"bearer {token()}"),
    asking("/shelf", f"Bearer {token(scope='books:read books:move')}"),
    asking("/shelf", f"Bearer {token(scope='books:read')}"),
    asking("/cellar", f"Bearer {token()}"),
    asking("/cellar", f"Bearer {token(sub='grace')}"),
    asking("/vault", None),
]

verifier = JWTVerifier(
    issuer="https://id.example.com/", audience="library", algorithms=["ES256"], jwks={"keys": [public]}
)
app = APIGatewayRestResolver()


def refuse(failure: AuthErrorContext) -> Response:
    return Response(status_code=418, content_type="text/plain", body=str(failure.status_code))


@app.get("/catalogue", middlewares=[verifier.require()])
def catalogue():
    return {"books": 7}


@app.get("/shelf", middlewares=[verifier.require(scopes=["books:move"])])
def shelf():
    return {"moved": True}


@app.get("/cellar", middlewares=[verifier.require(authorize=lambda claims: claims["sub"] == "grace")])
def cellar():
    return {"wine": "red"}


@app.get("/vault", middlewares=[verifier.require(on_error=refuse)])
def vault():
    return {"gold": 1}


def handler(event, context):
    return app.resolve(event, context)
