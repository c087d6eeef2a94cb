TITLE = "Import of idempotency"
WHAT = "import idempotent, its configuration and the DynamoDB layer"
FRESH = True
GOAL = ("ratio", 0.25)
PACKAGES = ("jmespath", "idempotency")


def ours():
    from lambda_powertools.idempotency import DynamoDBPersistenceLayer, IdempotencyConfig, idempotent  # noqa: F401  # the import is what is measured


def original():
    from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer, IdempotencyConfig, idempotent  # noqa: F401  # the same
