TITLE = "Import of auth, verifier made"
WHAT = "import JWTVerifier and make one, as a function does in its INIT phase; nothing is fetched"
FRESH = True
GOAL = ("ratio", 0.35)
PACKAGES = ("auth",)

OPTIONS = {"issuer": "https://id.example.com/", "audience": "orders", "algorithms": ["RS256"]}


def ours():
    from lambda_powertools.auth import JWTVerifier

    JWTVerifier(**OPTIONS)


def original():
    from aws_lambda_powertools.utilities.auth_alpha.jwt import JWTVerifier

    JWTVerifier(**OPTIONS)
