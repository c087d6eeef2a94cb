from __future__ import annotations

import json

import pytest

from lambda_powertools.swagger_ui import OAuth2Config, generate_oauth2_redirect_html, generate_swagger_html


def test_oauth2_is_configured_in_the_page():
    """EHO-75: names are those of Swagger UI, and what was not given is not there."""
    config = OAuth2Config(
        client_id="id", app_name="A</script>", scopes=["a"], use_pkce_with_authorization_code_grant=True
    )
    page = generate_swagger_html("{}", "a.js", "a.css", "/ui", config)
    line = next(line for line in page.splitlines() if "initOAuth" in line)
    assert json.loads(line.removeprefix("ui.initOAuth(").removesuffix(");")) == {
        "clientId": "id",
        "appName": "A</script>",
        "scopes": ["a"],
        "usePkceWithAuthorizationCodeGrant": True,
    }
    assert "A</script>" not in page


def test_a_client_secret_is_for_development_only(monkeypatch):
    """EHO-75: it would be shown to everybody, so it is refused, and warned of in development."""
    monkeypatch.delenv("POWERTOOLS_DEV", raising=False)
    with pytest.raises(ValueError, match="POWERTOOLS_DEV"):
        OAuth2Config(app_name="a", client_secret="s")
    monkeypatch.setenv("POWERTOOLS_DEV", "1")
    with pytest.warns(UserWarning, match="revealed"):
        assert OAuth2Config(app_name="a", client_secret="s").options()["clientSecret"] == "s"


def test_a_page_names_its_files_in_attributes_that_nothing_leaves():
    """EHO-71, EHO-73: addresses are escaped where files are served elsewhere, and the program where it is inside."""
    page = generate_swagger_html("{}", '/ui/a.js"><script>', '/ui/a.css"><b>', "/ui")
    assert "<b>" not in page
    assert page.count("<script>") == 1
    page = generate_swagger_html("{}", "x = '</script><!--'", "p {}", None)
    assert page.count("</script>") == 2
    assert "<!--" not in page


def test_the_redirect_page_is_made_of_itself():
    """EHO-70: it hands the answer to the window that opened it, and links to nothing."""
    page = generate_oauth2_redirect_html()
    assert "window.opener.swaggerUIRedirectOauth2" in page
    assert "src=" not in page
