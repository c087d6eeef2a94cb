from __future__ import annotations

import pytest

from lambda_powertools.validation._cache import validators


@pytest.fixture(autouse=True)
def _no_validators():
    validators.clear()


@pytest.fixture
def compilations(monkeypatch):
    """The schemas that fastjsonschema really compiled, in order."""
    import fastjsonschema

    done = []
    real = fastjsonschema.compile

    def counting(definition, handlers, formats, use_default=True, use_formats=True, detailed_exceptions=True, fast_fail=True):  # fmt: skip  # noqa: E501  # its signature
        done.append(definition)
        return real(definition, handlers, formats, use_default, use_formats, detailed_exceptions, fast_fail)

    monkeypatch.setattr(fastjsonschema, "compile", counting)
    return done
