"""The local server of `powertools serve`: an ASGI application that is the front end of one function."""
