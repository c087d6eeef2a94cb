TITLE = "Import of data masking"
WHAT = "import DataMasking, as functions do that erase or encrypt"
FRESH = True
GOAL = ("ratio", 0.5)
PACKAGES = ("data-masking",)


def ours():
    from lambda_powertools.data_masking import DataMasking  # noqa: F401  # the import is what is measured


def original():
    from aws_lambda_powertools.utilities.data_masking import DataMasking  # noqa: F401  # the same
