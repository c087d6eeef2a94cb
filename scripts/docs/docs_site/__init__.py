"""What the documentation site has besides its pages: parts taken from READMEs, and tables generated from the code.

A page asks for such a part with a line of its own, `<!-- docs:NAME arguments -->`; `directives.py` lists the names. The
build (`hooks.py`) and the tests of the pages expand them with the same functions, so what is tested is what is shown.
"""
