TITLE = "Import of parameters"
WHAT = "import get_parameter and get_secret"
FRESH = True
GOAL = ("ratio", 0.25)
PACKAGES = ("parameters",)


def ours():
    from lambda_powertools.parameters import get_parameter, get_secret  # noqa: F401  # the import is what is measured


def original():
    from aws_lambda_powertools.utilities.parameters import get_parameter, get_secret  # noqa: F401  # the same
