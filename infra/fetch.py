"""Fetches the bytes behind a URL that a caller gave, without trusting the URL or the server behind it."""

import base64
import binascii
import contextlib
import re
import socket
import ssl
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, unquote_to_bytes, urljoin, urlsplit

import httpcore

from infra.addresses import is_public
from infra.clock import Clock, SystemClock
from infra.errors import BadInput, CoachError, DeadlineExceeded, NotFound, Unavailable
from infra.files import STORED, StoredFiles

DEADLINE_SECONDS = 10.0
LIMIT_BYTES = 10 * 1024 * 1024
MAX_REDIRECTS = 5
MAX_URL_CHARACTERS = 4096  # of an http URL: data URLs are bounded by `limit_bytes`
_CHUNK_BYTES = 64 * 1024
_RESOLVER_THREADS = 4
_DATA = re.compile(r"data:(?P<type>[\w.+-]+/[\w.+-]+)?(?:;[\w.+-]+=[^;,]*)*(?P<base64>;base64)?,", re.I | re.ASCII)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ASKED: dict[bytes | str, bytes | str] = {
    "Accept": "*/*",
    "Accept-Encoding": "identity",
    "User-Agent": "pika-coach",
    "Connection": "close",
}

Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """`media_type` is what the sender claims, lower case, without parameters; "" where it claims nothing."""

    content: bytes
    media_type: str = ""


def resolved(host: str, port: int) -> Sequence[str]:
    """The addresses of `host` from the system's resolver, in its order. Blocks; raises OSError."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


class Fetcher:
    """Reads ``data:``, ``http(s):`` and ``stored:ID`` URLs. Blocks: call it from a tool or an executor's thread.

    Only public addresses are connected to, but for the hosts in `private_hosts` (as the URL writes them); every
    redirect is checked anew, and the connection goes to the very address that was checked. Nothing is decompressed.
    One deadline spans name look-up, connecting, TLS, redirects and body, however slowly the other side drips.
    """

    def __init__(
        self,
        *,
        private_hosts: Collection[str] = (),
        stored: StoredFiles | None = None,
        clock: Clock | None = None,
        resolve: Resolve = resolved,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._private_hosts = frozenset(host.lower() for host in private_hosts)
        self._stored = stored
        self._clock = clock or SystemClock()
        self._resolve = resolve
        self._tls = tls
        self._lookups = ThreadPoolExecutor(_RESOLVER_THREADS, thread_name_prefix="resolve")

    def fetch(self, url: str, *, limit_bytes: int = LIMIT_BYTES, deadline_seconds: float = DEADLINE_SECONDS) -> Fetched:
        """What the URL holds, at most `limit_bytes`.

        Raises BadInput (the URL cannot or may not be read, is too large or answers 4xx), Unavailable (the other side
        fails) and DeadlineExceeded.
        """
        url = url.strip()
        kind = url.partition(":")[0].lower()
        if kind == "data":
            return _data(url, limit_bytes)
        if kind == "stored":
            return self._read_stored(url, limit_bytes)
        return self._download(url, limit_bytes, deadline_seconds)

    def close(self) -> None:
        self._lookups.shutdown(wait=False, cancel_futures=True)

    def _read_stored(self, url: str, limit_bytes: int) -> Fetched:
        if self._stored is None:
            raise BadInput("This server stores no files: send the URL of the file.")
        try:
            content = self._stored.read(url[len(STORED) :])
        except NotFound as gone:
            raise BadInput(gone.detail) from None
        return Fetched(_within(content, limit_bytes))

    def _download(self, url: str, limit_bytes: int, seconds: float) -> Fetched:
        until = self._clock.monotonic() + seconds
        network = _CheckedNetwork(self._checked, lambda: until - self._clock.monotonic())
        for _ in range(MAX_REDIRECTS + 1):
            address = _web_address(url)
            with _network_errors(), httpcore.ConnectionPool(network_backend=network, ssl_context=self._tls) as pool:
                with pool.stream("GET", address.geturl(), headers=_ASKED) as answer:
                    headers = {name.lower(): value.decode("latin-1") for name, value in answer.headers}
                    if answer.status not in _REDIRECTS:
                        return Fetched(_body(answer, headers, limit_bytes), _media_type(headers))
            url = urljoin(url, headers.get(b"location", ""))
        raise BadInput(f"The URL redirects more than {MAX_REDIRECTS} times: send the URL it leads to.")

    def _checked(self, host: str, port: int, seconds: float) -> Sequence[str]:
        """The addresses of `host`, each of them one that may be connected to."""
        try:
            addresses = self._lookups.submit(self._resolve, host, port).result(timeout=max(0.0, seconds))
        except TimeoutError:
            raise httpcore.ConnectTimeout("name look-up") from None
        except (OSError, UnicodeError):
            raise BadInput("The URL's host is not known: check its spelling.") from None
        if host.lower() not in self._private_hosts and not (addresses and all(map(is_public, addresses))):
            raise BadInput("The URL leads to a private address, which is not fetched: use a public one, or send data.")
        return addresses


class _CheckedNetwork(httpcore.NetworkBackend):
    """Connects to addresses that were checked; every wait is cut to what is left of the deadline."""

    def __init__(self, checked: Callable[[str, int, float], Sequence[str]], left: Callable[[], float]) -> None:
        self._checked = checked
        self._left = left
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: httpcore.ConnectError | None = None
        for address in self._checked(host, port, _some(self._left())):
            try:
                stream = self._plain.connect_tcp(address, port, _some(self._left()))
            except httpcore.ConnectError as error:
                failure = error
            else:
                return _TimedStream(stream, self._left)
        raise failure or httpcore.ConnectError("no address")


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, left: Callable[[], float]) -> None:
        self._stream = stream
        self._left = left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _some(self._left()))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _some(self._left()))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, _some(self._left()))
        return _TimedStream(secured, self._left)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _some(seconds: float) -> float:
    """`seconds`, when some are left."""
    if seconds <= 0:
        raise httpcore.ReadTimeout("the deadline is over")
    return seconds


@contextlib.contextmanager
def _network_errors() -> Iterator[None]:
    try:
        yield
    except CoachError:
        raise
    except httpcore.TimeoutException:
        raise DeadlineExceeded("The URL's server was too slow: try again, or send the data itself.") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError):
        raise Unavailable("The URL's server could not be read: check the URL, or try again.") from None


def _web_address(url: str) -> SplitResult:
    """Raises BadInput unless this is an http(s) URL with a host and without credentials."""
    try:
        if len(url) > MAX_URL_CHARACTERS or not url.isascii() or re.search(r"[\x00-\x20\x7f\\]", url):
            raise ValueError
        parts = urlsplit(url)._replace(fragment="")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            raise ValueError
    except ValueError:
        raise BadInput("This is not a URL that can be fetched: send http(s)://..., data:... or stored:ID.") from None
    if "@" in parts.netloc:
        raise BadInput("A URL with a user name or password is not fetched: leave them out.")
    return parts


def _body(answer: httpcore.Response, headers: dict[bytes, str], limit_bytes: int) -> bytes:
    if answer.status >= 500:
        raise Unavailable(f"The URL answered {answer.status}: try again later.", retry_after=5)
    if answer.status != 200:
        raise BadInput(f"The URL answered {answer.status} instead of 200: check that it is still valid.")
    if headers.get(b"content-encoding", "identity").lower() != "identity":
        raise BadInput("The URL answered with compressed content, which is not read: serve the file as it is.")
    announced = headers.get(b"content-length", "0")
    if announced.isdigit() and int(announced) > limit_bytes:
        raise _too_large(limit_bytes)
    content = bytearray()
    for chunk in answer.iter_stream():
        content += chunk
        _within(content, limit_bytes)
    return bytes(content)


def _media_type(headers: dict[bytes, str]) -> str:
    return headers.get(b"content-type", "").partition(";")[0].strip().lower()


def _data(url: str, limit_bytes: int) -> Fetched:
    """RFC 2397. Raises BadInput."""
    start = _DATA.match(url[:MAX_URL_CHARACTERS])
    if start is None:
        raise BadInput("This data: URL cannot be read: send data:audio/wav;base64,...")
    if len(url) - start.end() > 3 * limit_bytes + 4:  # percent-encoding takes three characters a byte
        raise _too_large(limit_bytes)
    content = unquote_to_bytes(url[start.end() :])
    if start["base64"]:
        try:
            content = base64.b64decode(content, validate=True)
        except binascii.Error:
            raise BadInput("The base64 of this data: URL is broken: encode the whole file anew.") from None
    return Fetched(_within(content, limit_bytes), (start["type"] or "text/plain").lower())


def _within(content: Any, limit_bytes: int) -> Any:
    if len(content) > limit_bytes:
        raise _too_large(limit_bytes)
    return content


def _too_large(limit_bytes: int) -> BadInput:
    return BadInput(f"The file is too large: it may have {limit_bytes} bytes.")
