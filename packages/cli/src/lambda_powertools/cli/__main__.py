"""`python -m lambda_powertools.cli`: the same as `powertools`."""

from lambda_powertools.cli.main import main

if __name__ == "__main__":
    main(prog_name="powertools")
