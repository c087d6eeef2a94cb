TITLE = "Import of parse"
WHAT = "import parse, without any model"
FRESH = True
GOAL = ("ratio", 0.4)
PACKAGES = ("parser",)


def ours():
    from lambda_powertools.parser import parse  # noqa: F401  # the import is what is measured


def original():
    from aws_lambda_powertools.utilities.parser import parse  # noqa: F401  # the same
