from scenarios._schema import ORDER, SCHEMA

TITLE = "validate, against a bare validator"
WHAT = "the same; the floor is the function that fastjsonschema has compiled, called as it is"
FRESH = False
GOAL = ("growth", 2.0)
PACKAGES = ("jmespath", "validation")


def ours():
    from lambda_powertools.validation import validate

    def run():
        validate(event=ORDER, schema=SCHEMA)

    return run


def floor():
    import fastjsonschema

    compiled = fastjsonschema.compile(SCHEMA, use_default=False)

    def run():
        compiled(ORDER)

    return run
