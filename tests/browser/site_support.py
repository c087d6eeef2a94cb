"""The built documentation site: served on the loopback interface, and read as HTML."""

from __future__ import annotations

import functools
import threading
from contextlib import contextmanager
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urljoin, urlsplit

LOADS = {"link": "href", "script": "src", "img": "src", "source": "src", "iframe": "src"}
"""Elements for which a browser asks by itself, and the attribute that says where."""

LINKS_THAT_LOAD_NOTHING = {"canonical", "prev", "next"}


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_):
        pass


@contextmanager
def served(folder):
    """Serve a folder on a free port; give the URL."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Document(HTMLParser):
    """What a page links to, what it makes a browser ask for, and its anchors."""

    def __init__(self, text):
        super().__init__()
        self.links, self.loads, self.anchors = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.anchors |= {attributes[name] for name in ("id", "name") if attributes.get(name)}
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])
        quiet = tag == "link" and set((attributes.get("rel") or "").split()) & LINKS_THAT_LOAD_NOTHING
        if tag in LOADS and attributes.get(LOADS[tag]) and not quiet:
            self.loads.append(attributes[LOADS[tag]])


def documents(site):
    """Return every page of a built site by its path, `utilities/logger/` for instance."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        found[path.removesuffix("index.html")] = Document(file.read_text(encoding="utf-8"))
    return found


def broken_links(site, known):
    """Return the internal links and anchors, of all pages, that lead nowhere."""
    broken = []
    for path, document in known.items():
        for link in [*document.links, *document.loads]:
            base = "http://site/" + ("" if path == "404.html" else path)
            target = urlsplit(urljoin(base, link))
            if target.netloc != "site" or target.scheme not in {"http", "https"}:
                continue
            page = unquote(target.path.lstrip("/")).removesuffix("index.html")
            if page not in known:
                if not (site / page).is_file():
                    broken.append(f"{path}: {link}")
            elif target.fragment and unquote(target.fragment) not in known[page].anchors:
                broken.append(f"{path}: {link}")
    return broken
