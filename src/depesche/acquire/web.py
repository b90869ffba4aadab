"""Pages and feeds from the web, politely: robots.txt, one request at a time to a host, conditional requests, limits.

Addresses that are not public are refused, at every redirect anew, so that a list of links cannot reach into a network.
"""

import datetime as dt
import io
import ipaddress
import re
import socket
import time
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import msgspec

from depesche.acquire.feeds import feed_rows, looks_like_feed
from depesche.errors import InputError
from depesche.record import Page, Row
from depesche.version import NUMBER

if TYPE_CHECKING:
    import httpx

AGENT = f"depesche/{NUMBER} (reads news reports for research; respects robots.txt)"
SIZE_LIMIT = 16 * 1024 * 1024
SECONDS = 30.0
DELAY = 1.0
"""Seconds between two requests to one host, unless its robots.txt asks for more."""

_REDIRECTS = 5
_OK = 200
_NOT_MODIFIED = 304
_FORBIDDEN = (401, 403)
_SERVER_ERROR = 500


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """What a server said of a page when it was last fetched."""

    etag: str | None = None
    last_modified: str | None = None


class Fetcher:
    """Fetches pages one after the other.

    Args:
        visits: what is known of earlier visits, by address; gains what is learned now.
        allow_private: also addresses of this machine and its network, for tests.
    """

    def __init__(self, visits: dict[str, Visit] | None = None, *, allow_private: bool = False) -> None:
        self.visits = {} if visits is None else visits
        self._allow_private = allow_private
        self._robots: dict[str, RobotFileParser] = {}
        self._last: dict[str, float] = {}

    def fetch(self, url: str) -> Iterator[Page | Row | InputError]:
        """The page at an address, or the entries of the feed there; nothing where it has not changed since the last visit."""
        import httpx  # noqa: PLC0415 (a tenth of a second that only addresses pay)

        try:
            if not self._rules(url).can_fetch(AGENT, url):
                yield InputError("robots.txt forbids this page; ask its publisher", where=url)
                return
            yield from self._get(url)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            yield InputError(f"cannot be fetched ({error or type(error).__name__}); try again later", where=url)

    @cached_property
    def _client(self) -> "httpx.Client":
        import httpx  # noqa: PLC0415 (likewise)

        return httpx.Client(headers={"User-Agent": AGENT}, timeout=SECONDS, follow_redirects=False)

    def _get(self, url: str) -> Iterator[Page | Row | InputError]:
        known = self.visits.get(url, Visit())
        headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        status, answer, content = self._request(url, {k: v for k, v in headers.items() if v})
        if status == _NOT_MODIFIED:
            return
        if status != _OK:
            yield InputError(f"the server answers {status}; check the address in a browser", where=url)
            return
        self.visits[url] = Visit(etag=answer.get("etag"), last_modified=answer.get("last-modified"))
        kind = answer.get("content-type", "").split(";")[0].strip().lower()
        if looks_like_feed(content[:4096]) and "html" not in kind:
            yield from feed_rows(io.BufferedReader(io.BytesIO(content)), url)
            return
        yield Page(
            origin=url,
            content=content,
            media_type="text/plain" if kind == "text/plain" else "text/html",
            url=url,
            charset=_charset(answer.get("content-type", "")),
            fetched=dt.datetime.now(dt.UTC),
        )

    def _request(self, url: str, headers: dict[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        """Follow redirects by hand, so that every address is looked at before it is asked."""
        for _ in range(_REDIRECTS):
            self._check(url)
            self._wait(url)
            with self._client.stream("GET", url, headers=headers) as answer:
                if answer.has_redirect_location:
                    url = urljoin(url, answer.headers.get("location", ""))
                    continue
                content = bytearray()
                began = time.monotonic()
                for piece in answer.iter_bytes():
                    content += piece
                    if len(content) > SIZE_LIMIT:
                        raise ValueError(f"more than {SIZE_LIMIT // 2**20} MB")
                    if time.monotonic() - began > SECONDS:
                        raise ValueError(f"not finished after {SECONDS:.0f} seconds")
                return answer.status_code, answer.headers, bytes(content)
        raise ValueError(f"more than {_REDIRECTS} redirects")

    def _check(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("only http and https addresses are fetched")
        if self._allow_private:
            return
        for *_, address in socket.getaddrinfo(parts.hostname, parts.port or 443, proto=socket.IPPROTO_TCP):
            if not ipaddress.ip_address(address[0]).is_global:
                raise ValueError(f"{parts.hostname} is no public address")

    def _wait(self, url: str) -> None:
        host = urlsplit(url).netloc
        rules = self._robots.get(_site(url))
        delay = max(DELAY, float(rules.crawl_delay(AGENT) or 0)) if rules else DELAY
        rest = self._last.get(host, -delay) + delay - time.monotonic()
        if rest > 0:
            time.sleep(rest)
        self._last[host] = time.monotonic()

    def _rules(self, url: str) -> RobotFileParser:
        """The site's robots.txt; one that cannot be had allows everything, one that is forbidden nothing (RFC 9309)."""
        site = _site(url)
        if site not in self._robots:
            rules = RobotFileParser()
            status, _, content = self._request(f"{site}/robots.txt", {})
            if status in _FORBIDDEN or status >= _SERVER_ERROR:
                rules.parse(["User-agent: *", "Disallow: /"])
            else:
                rules.parse(content.decode("utf-8", "replace").splitlines() if status == _OK else [])
            self._robots[site] = rules
        return self._robots[site]


def _charset(content_type: str) -> str | None:
    match = re.search(r"charset=[\"']?([\w-]+)", content_type, re.IGNORECASE)
    return match[1] if match else None


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
