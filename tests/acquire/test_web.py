"""Fetching, against a server of our own on this machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from depesche.acquire import web
from depesche.acquire.web import Fetcher, Visit
from depesche.errors import InputError
from depesche.record import Page, Row
from tests.acquire.test_archives import RSS


class Site(BaseHTTPRequestHandler):
    """Two pages, a feed, a redirect, a page that is too large, and rules."""

    def do_GET(self) -> None:
        """Answer."""
        pages = {
            "/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /private"),
            "/a": ("text/html; charset=iso-8859-1", "<p>Türkei".encode("latin-1")),
            "/feed": ("application/rss+xml", RSS.encode()),
            "/huge": ("text/html", b"x" * 5000),
        }
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/a")
            self.end_headers()
        elif self.path not in pages:
            self.send_error(404)
        elif self.headers.get("If-None-Match") == '"v1"':
            self.send_response(304)
            self.end_headers()
        else:
            kind, content = pages[self.path]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("ETag", '"v1"')
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the server; no waiting between requests."""
    monkeypatch.setattr(web, "DELAY", 0.0)
    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def only(address: str) -> Page | Row | InputError:
    """The first thing at an address."""
    return next(Fetcher(allow_private=True).fetch(address))


def test_a_page_comes_with_address_and_charset(site: str) -> None:
    """Through a redirect too."""
    for path in ("/a", "/moved"):
        page = only(site + path)
        assert isinstance(page, Page)
        assert (page.content, page.charset) == ("<p>Türkei".encode("latin-1"), "iso-8859-1")


def test_a_feed_is_recognised(site: str) -> None:
    """By what it begins with."""
    assert isinstance(only(site + "/feed"), Row)


def test_what_has_not_changed_is_not_sent_again(site: str) -> None:
    """Conditional requests: the second visit gives nothing."""
    visits: dict[str, Visit] = {}
    assert list(Fetcher(visits, allow_private=True).fetch(site + "/a"))
    assert visits[site + "/a"].etag == '"v1"'
    assert list(Fetcher(visits, allow_private=True).fetch(site + "/a")) == []


@pytest.mark.parametrize(
    ("path", "said"),
    [("/private/x", "robots.txt forbids"), ("/nowhere", "answers 404"), ("/huge", "more than 0 MB")],
)
def test_what_cannot_be_had_is_named(site: str, monkeypatch: pytest.MonkeyPatch, path: str, said: str) -> None:
    """By the rules, by the server, by size."""
    monkeypatch.setattr(web, "SIZE_LIMIT", 1000)
    error = only(site + path)
    assert isinstance(error, InputError)
    assert said in str(error)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/x", "http://[::1]/x", "http://10.0.0.1/", "http://169.254.169.254/"]
)
def test_addresses_that_are_not_public_are_never_asked(address: str) -> None:
    """A list of links cannot reach into a network."""
    (error,) = Fetcher().fetch(address)
    assert isinstance(error, InputError)
    assert "no public address" in str(error)
