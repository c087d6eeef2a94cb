"""The pages of Swagger UI.

https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration/
"""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING, Any

from lambda_powertools.core.settings import Settings
from lambda_powertools.core.warnings import PowertoolsUserWarning

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class OAuth2Config:
    """What Swagger UI is told for signing in with OAuth 2.

    https://swagger.io/docs/open-source-tools/swagger-ui/usage/oauth2/

    Args:
        client_id: the client's id.
        client_secret: the client's secret. It is shown to everybody who opens the page, so it is refused outside of
            development.
        realm: realm, a query parameter of the authorization and token URLs.
        app_name: name of the application, shown when signing in.
        scopes: scopes that are selected from the start.
        additional_query_string_params: further query parameters.
        use_basic_authentication_with_access_code_grant: send the client's credentials in a header.
        use_pkce_with_authorization_code_grant: use PKCE.

    Raises:
        ValueError: there is a secret, and `POWERTOOLS_DEV` is not set.

    Example:
        >>> OAuth2Config(client_id="demo", app_name="Orders").options()
        {'clientId': 'demo', 'appName': 'Orders'}
    """

    def __init__(  # these are the names of Swagger UI
        self,
        *,
        app_name: str,
        client_id: str | None = None,
        client_secret: str | None = None,
        realm: str | None = None,
        scopes: Sequence[str] = (),
        additional_query_string_params: Mapping[str, str] | None = None,
        use_basic_authentication_with_access_code_grant: bool = False,
        use_pkce_with_authorization_code_grant: bool = False,
    ) -> None:
        if client_secret:
            _check_secret()
        self.client_id = client_id
        self.client_secret = client_secret
        self.realm = realm
        self.app_name = app_name
        self.scopes = list(scopes)
        self.additional_query_string_params = dict(additional_query_string_params or {})
        self.use_basic_authentication_with_access_code_grant = use_basic_authentication_with_access_code_grant
        self.use_pkce_with_authorization_code_grant = use_pkce_with_authorization_code_grant

    def options(self) -> dict[str, Any]:
        """Return the arguments of `initOAuth`, without those that were not given."""
        return {_camel(name): value for name, value in vars(self).items() if value}


def _check_secret() -> None:
    if not Settings.dev.resolve():
        raise ValueError(
            "the client secret would be shown to everybody who opens the page; it is allowed for development only, "
            "where POWERTOOLS_DEV is set. Use use_pkce_with_authorization_code_grant=True"
        )
    warnings.warn(
        "the OAuth 2 client secret is revealed to everybody who opens the Swagger UI; never do so in production",
        PowertoolsUserWarning,
        stacklevel=3,
    )


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def script_safe(text: str) -> str:
    """Return JSON text that cannot leave the script element that it is in, and means the same."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def generate_swagger_html(
    spec: str,
    swagger_js: str,
    swagger_css: str,
    swagger_base_url: str | None,
    oauth2_config: OAuth2Config | None = None,
    persist_authorization: bool = False,
) -> str:
    """Return the page of Swagger UI for a document.

    Args:
        spec: the document, as JSON text.
        swagger_js: the program; its URL if there is a base URL.
        swagger_css: the style; its URL if there is a base URL.
        swagger_base_url: where program and style are served, None to have them in the page.
        oauth2_config: for signing in with OAuth 2.
        persist_authorization: whether the browser keeps what was signed in with.

    Example:
        >>> page = generate_swagger_html("{}", "/ui/app.js", "/ui/app.css", "/ui")
        >>> '<script src="/ui/app.js">' in page
        True
    """
    from html import escape

    if swagger_base_url:
        style = f'<link rel="stylesheet" href="{escape(swagger_css, quote=True)}">'
        program = f'<script src="{escape(swagger_js, quote=True)}"></script>'
    else:
        style = f"<style>{swagger_css}</style>"
        # In strings and expressions, where these stand, the escape means the same.
        program = "<script>" + swagger_js.replace("<!--", "\\x3c!--").replace("</script", "\\x3c/script") + "</script>"
    sign_in = f"ui.initOAuth({script_safe(json.dumps(oauth2_config.options()))});" if oauth2_config is not None else ""
    return _PAGE.format(
        style=style,
        program=program,
        spec=script_safe(spec),
        persist="true" if persist_authorization else "false",
        sign_in=sign_in,
    )


def generate_oauth2_redirect_html() -> str:
    """Return the page to which the authorization server sends the browser back.

    Example:
        >>> "swaggerUIRedirectOauth2" in generate_oauth2_redirect_html()
        True
    """
    return _REDIRECT


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Cache-Control" content="no-cache, no-store, must-revalidate">
<meta http-equiv="Pragma" content="no-cache">
<meta http-equiv="Expires" content="0">
<title>Swagger UI</title>
<link rel="icon" href="data:,">
{style}
</head>
<body>
<div id="swagger-ui">Loading…</div>
{program}
<script>
const here = window.location.origin + window.location.pathname;
const ui = SwaggerUIBundle({{
  dom_id: "#swagger-ui",
  docExpansion: "list",
  deepLinking: true,
  filter: true,
  showExtensions: true,
  showCommonExtensions: true,
  withCredentials: true,
  persistAuthorization: {persist},
  layout: "BaseLayout",
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIBundle.SwaggerUIStandalonePreset].filter(Boolean),
  plugins: [SwaggerUIBundle.plugins.DownloadUrl],
  oauth2RedirectUrl: here + "?format=oauth2-redirect",
  spec: {spec},
  onComplete: () => ui.specActions.updateUrl("?format=json"),
}});
{sign_in}
</script>
</body>
</html>
"""

_REDIRECT = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Swagger UI: OAuth2 Redirect</title>
</head>
<body>
<script>
"use strict";
(function () {
  const request = window.opener.swaggerUIRedirectOauth2;
  const auth = request.auth;
  const inFragment = /code|token|error/.test(window.location.hash);
  const text = inFragment ? window.location.hash.slice(1).replace("?", "&") : window.location.search.slice(1);
  const answer = Object.fromEntries(new URLSearchParams(text));
  const isValid = answer.state === request.state;
  const flow = auth.schema.get("flow");
  const givesCode = ["accessCode", "authorizationCode", "authorization_code"].includes(flow);
  const fail = (level, message) => request.errCb({ authId: auth.name, source: "auth", level, message });
  if (givesCode && !auth.code) {
    if (!isValid) {
      fail("warning", "The state that came back is not the one that was sent: the answer may be forged.");
    }
    if (answer.code) {
      delete request.state;
      auth.code = answer.code;
      request.callback({ auth, redirectUrl: request.redirectUrl });
    } else if (answer.error) {
      fail("error", "[" + answer.error + "]: " + (answer.error_description || "") + " " + (answer.error_uri || ""));
    } else {
      fail("error", "The authorization server sent no code.");
    }
  } else {
    request.callback({ auth, token: answer, isValid, redirectUrl: request.redirectUrl });
  }
  window.close();
})();
</script>
</body>
</html>
"""
