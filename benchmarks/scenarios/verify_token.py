import time

TITLE = "Verification of a JWT"
WHAT = "JWTVerifier.verify of a token signed by RS256, with the key at hand; the floor is PyJWT alone"
FRESH = False
GOAL = ("ratio", 0.5)
PACKAGES = ("auth",)

ISSUER, AUDIENCE = "https://id.example.com/", "orders"


def ours():
    from lambda_powertools.auth import JWTVerifier

    return verifying(JWTVerifier)


def original():
    from aws_lambda_powertools.utilities.auth_alpha.jwt import JWTVerifier

    return verifying(JWTVerifier)


def floor():
    import jwt

    token, key = token_and_key()
    public = jwt.PyJWK.from_dict(key, "RS256")

    def verify():
        jwt.decode(token, public, algorithms=["RS256"], audience=AUDIENCE, issuer=ISSUER)

    verify()
    return verify


def verifying(kind):
    token, key = token_and_key()
    verifier = kind(issuer=ISSUER, audience=AUDIENCE, algorithms=["RS256"], jwks={"keys": [key]})
    if verifier.verify(token)["sub"] != "ada":
        raise AssertionError("another token")

    def verify():
        verifier.verify(token)

    return verify


def token_and_key():
    import jwt
    from cryptography.hazmat.primitives.asymmetric import rsa
    from jwt.algorithms import RSAAlgorithm

    private = rsa.generate_private_key(65537, 2048)
    claims = {"iss": ISSUER, "aud": AUDIENCE, "exp": int(time.time()) + 3600, "sub": "ada", "scope": "orders:read"}
    key = {**RSAAlgorithm.to_jwk(private.public_key(), as_dict=True), "kid": "1", "use": "sig", "alg": "RS256"}
    key.pop("key_ops", None)
    return jwt.encode(claims, private, "RS256", headers={"kid": "1"}), key
