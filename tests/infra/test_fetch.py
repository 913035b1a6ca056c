"""The fetcher against URLs and servers that mean no good, over real sockets."""

import base64
import contextlib
import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from infra.addresses import is_public
from infra.clock import ManualClock
from infra.errors import BadInput, CoachError, DeadlineExceeded, NotFound, Unavailable
from infra.fetch import MAX_REDIRECTS, Fetched, Fetcher
from infra.files import StoredFiles

HOST = "127.0.0.1"
Serve = Callable[[socket.socket], None]


@contextlib.contextmanager
def serving(serve: Serve, *, reads_head: bool = True) -> Iterator[tuple[str, list[bytes]]]:
    """A server that reads each request's head and lets `serve` answer: its URL, and the heads it saw."""
    heads: list[bytes] = []

    def answer() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                head = b""
                while reads_head and b"\r\n\r\n" not in head and (piece := connection.recv(4096)):
                    head += piece
                heads.append(head)
                serve(connection)

    with socket.create_server((HOST, 0)) as listener:
        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield f"http://{HOST}:{listener.getsockname()[1]}/a", heads
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def sending(*pieces: bytes) -> Serve:
    return lambda connection: connection.sendall(b"".join(pieces))


def dripping(start: bytes, drop: bytes) -> Serve:
    """Never ends: a drop now and then, until the other side goes."""

    def serve(connection: socket.socket) -> None:
        connection.sendall(start)
        connection.settimeout(0.05)
        while True:
            try:
                if connection.recv(1) == b"":
                    return
            except TimeoutError:
                connection.sendall(drop)

    return serve


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, *([] if headers else [f"Content-Length: {len(body)}"])]
    return "\r\n".join([*lines, "", ""]).encode() + body


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    """May fetch from this machine; the default may not."""
    fetcher = Fetcher(private_hosts=[HOST])
    yield fetcher
    fetcher.close()


def test_a_file_comes_with_its_type(fetcher: Fetcher) -> None:
    reply = answer(b"RIFF...", "Content-Type: Audio/WAV; rate=16000", "Content-Length: 7")
    with serving(sending(reply)) as (url, heads):
        assert fetcher.fetch(f" {url}?token=1#part ") == Fetched(b"RIFF...", "audio/wav")
    assert heads[0].startswith(b"GET /a?token=1 HTTP/1.1\r\n")


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("data:,hello%20child", Fetched(b"hello child", "text/plain")),
        ("data:audio/webm;codecs=opus;base64,AAEC", Fetched(b"\0\1\2", "audio/webm")),
        ("DATA:audio/WAV;BASE64,AA%3D%3D", Fetched(b"\0", "audio/wav")),
    ],
)
def test_data_urls_are_read(url: str, found: Fetched) -> None:
    assert Fetcher().fetch(url) == found


@pytest.mark.parametrize(
    "url",
    [
        "", "hello", "data:", "data:audio/wav;base64", "data:;base64,%%%", "data:;base64,AAA", "ftp://example.com/a",
        "file:///etc/passwd", "FILE:///etc/passwd", "gopher://example.com", "http://", "http:///a", "http://[::1",
        "http://a b/", "http://example.com:99999/", "http://example.com/\r\nX: y", "http://example.com\\@127.0.0.1/",
        "http://user:secret@example.com/", "http://bücher.example/", "http://example.com/" + "a" * 5000, "stored:x",
        "stored:../../etc/passwd", "//example.com/a", "javascript:alert(1)", "http://example.com\x00.local/",
    ],
)  # fmt: skip
def test_what_is_not_a_url_to_fetch_is_refused_without_a_connection(url: str) -> None:
    def resolve(host: str, port: int) -> Sequence[str]:
        raise AssertionError(f"looked up {host}")

    with pytest.raises(BadInput):
        Fetcher(resolve=resolve).fetch(url)


@given(st.text(max_size=60) | st.text(max_size=40).map(lambda text: f"data:{text}"))
def test_any_text_is_read_or_refused(url: str) -> None:
    with contextlib.suppress(BadInput):
        Fetcher(resolve=lambda host, port: [HOST]).fetch(url)


PRIVATE = [
    "127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254",
    "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::",
    "2001:0:7f00:1::", "2001:db8::1", "fe80::1%eth0", "", "localhost", "127.0.0.1.example",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_a_host_with_one_private_address_is_refused(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(BadInput, match="private"):
        Fetcher(resolve=lambda host, port: ["93.184.216.34", address]).fetch("http://example.com/a")


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
)
def test_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "localhost"]
)
def test_this_machine_is_not_fetched_from_however_it_is_written(host: str) -> None:
    with serving(sending(answer(b"secret"))) as (url, heads), pytest.raises(BadInput, match="private"):
        Fetcher().fetch(url.replace(HOST, host))
    assert heads == []


def test_a_name_that_resolves_anew_to_a_private_address_is_asked_once() -> None:
    """DNS rebinding: what was checked is what is connected to. The name stays in the Host header."""
    answers = iter([[HOST], ["192.168.7.7"]])
    fetcher = Fetcher(private_hosts=["rebind.example"], resolve=lambda host, port: next(answers))
    with serving(sending(answer(b"ok"))) as (url, heads):
        assert fetcher.fetch(url.replace(HOST, "rebind.example")).content == b"ok"
    assert b"Host: rebind.example" in heads[0]
    assert next(answers) == ["192.168.7.7"]


def test_a_redirect_is_followed_and_checked_anew(fetcher: Fetcher) -> None:
    def redirect(to: str) -> Serve:
        return sending(answer(b"", f"Location: {to}", "Content-Length: 0", status="302 Found"))

    with serving(sending(answer(b"there"))) as (target, _), serving(redirect(target)) as (url, _):
        assert fetcher.fetch(url).content == b"there"
    with serving(sending(answer(b"secret"))) as (target, heads):
        for hidden in (target.replace(HOST, "localhost"), "file:///etc/passwd", "data:,x", "stored:" + "0" * 64):
            with serving(redirect(hidden)) as (url, _), pytest.raises(BadInput):
                fetcher.fetch(url)
    assert heads == []
    with serving(redirect("/a")) as (url, heads), pytest.raises(BadInput, match="redirects more than"):
        fetcher.fetch(url)
    assert len(heads) == MAX_REDIRECTS + 1


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (answer(b"x" * 200), BadInput),
        (answer(b"", "Content-Length: 999999999"), BadInput),
        (answer(b"x" * 200, "Connection: close"), BadInput),  # no length: read to the end
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"32\r\n" + b"x" * 50 + b"\r\n32\r\n" + b"y" * 50
         + b"\r\n5\r\nyyyyy\r\n0\r\n\r\n", BadInput),
        (answer(gzip.compress(b"\0" * 10**6)[:90], "Content-Encoding: gzip", "Content-Length: 90"), BadInput),
        (answer(b"", status="404 Not Found"), BadInput),
        (answer(b"x", status="206 Partial Content"), BadInput),
        (answer(b"", status="503 Service Unavailable"), Unavailable),
        (answer(b"short", "Content-Length: 50"), Unavailable),
        (b"", Unavailable),
        (b"hello, this is not HTTP\r\n\r\n", Unavailable),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000, Unavailable),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 70\r\n\r\nabc", Unavailable),
    ],
)  # fmt: skip
def test_a_bad_answer_is_a_clear_error(fetcher: Fetcher, reply: bytes, error: type[CoachError]) -> None:
    with serving(sending(reply)) as (url, _), pytest.raises(error) as caught:
        fetcher.fetch(url, limit_bytes=100)
    assert len(caught.value.detail) > 20


def test_more_than_was_announced_is_not_read(fetcher: Fetcher) -> None:
    with serving(sending(answer(b"abc" + b"x" * 1000, "Content-Length: 3"))) as (url, _):
        assert fetcher.fetch(url, limit_bytes=100).content == b"abc"


def test_the_limit_holds_for_data_and_stored_files(tmp_path: Path) -> None:
    files = StoredFiles(tmp_path, ManualClock(datetime(2026, 1, 1, tzinfo=UTC)))
    inline = "data:;base64," + base64.b64encode(b"x" * 101).decode()
    for url in (inline, "data:," + "x" * 101, "data:," + "%41" * 101, "stored:" + files.put("me", b"x" * 101)):
        with pytest.raises(BadInput, match="100 bytes"):
            Fetcher(stored=files).fetch(url, limit_bytes=100)
        assert len(Fetcher(stored=files).fetch(url, limit_bytes=101).content) == 101


@pytest.mark.parametrize(
    ("start", "drop"),
    [
        (b"", b""),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
    ],
)
def test_a_server_that_drips_is_left_at_the_deadline(fetcher: Fetcher, start: bytes, drop: bytes) -> None:
    with serving(dripping(start, drop)) as (url, _), pytest.raises(DeadlineExceeded):
        fetcher.fetch(url, deadline_seconds=0.3)


def test_a_look_up_that_hangs_is_left_at_the_deadline() -> None:
    done = threading.Event()

    def resolve(host: str, port: int) -> Sequence[str]:
        done.wait(30)
        return [HOST]

    fetcher = Fetcher(resolve=resolve)
    try:
        with pytest.raises(DeadlineExceeded):
            fetcher.fetch("http://slow.example/", deadline_seconds=0.1)
    finally:
        done.set()


def test_an_unknown_host_and_a_closed_port_are_told_apart(fetcher: Fetcher) -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with pytest.raises(BadInput, match="not known"):
        Fetcher(resolve=unknown).fetch("http://nowhere.example/")
    with socket.create_server((HOST, 0)) as listener:
        url = f"http://{HOST}:{listener.getsockname()[1]}/"
    with pytest.raises(Unavailable):
        fetcher.fetch(url)


def test_a_server_that_cannot_speak_tls_is_an_error(fetcher: Fetcher) -> None:
    with serving(sending(b"plain")) as (url, _), pytest.raises((Unavailable, DeadlineExceeded)):
        fetcher.fetch(url.replace("http:", "https:"), deadline_seconds=0.3)


def certificate(name: str, folder: Path) -> Path:
    """A fresh self-signed certificate for `name` with its key, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signed = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "certificate.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pem.write_bytes(private + signed.public_bytes(Encoding.PEM))
    return pem


def test_the_certificate_is_checked_against_the_name_not_the_address(tmp_path: Path) -> None:
    pem = certificate("voice.example", tmp_path)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(pem)

    def serve(connection: socket.socket) -> None:
        with server.wrap_socket(connection, server_side=True) as secured:
            secured.recv(4096)
            secured.sendall(answer(b"sound"))

    names = ("voice.example", "other.example")
    fetcher = Fetcher(
        private_hosts=names, resolve=lambda host, port: [HOST], tls=ssl.create_default_context(cafile=pem)
    )
    with serving(serve, reads_head=False) as (url, _):
        good, bad = (url.replace("http:", "https:").replace(HOST, name) for name in names)
        assert fetcher.fetch(good).content == b"sound"
        for untrusting, wrong in ((fetcher, bad), (Fetcher(private_hosts=[HOST]), url.replace("http:", "https:"))):
            with pytest.raises(Unavailable):
                untrusting.fetch(wrong)


class TestStoredFiles:
    @pytest.fixture
    def clock(self) -> ManualClock:
        return ManualClock(datetime(2026, 1, 1, tzinfo=UTC))

    def test_the_same_upload_is_the_same_file_but_another_owners_is_not(
        self, tmp_path: Path, clock: ManualClock
    ) -> None:
        files = StoredFiles(tmp_path / "new", clock)
        mine = files.put("me", b"sound")
        assert files.put("me", b"sound") == mine != files.put("you", b"sound")
        assert Fetcher(stored=files).fetch(f"stored:{mine}").content == b"sound"
        files.delete(mine)
        files.delete(mine)
        with pytest.raises(NotFound):
            files.read(mine)
        with pytest.raises(BadInput, match="upload it again"):
            Fetcher(stored=files).fetch(f"stored:{mine}")

    def test_a_file_goes_when_its_time_is_over(self, tmp_path: Path, clock: ManualClock) -> None:
        files = StoredFiles(tmp_path, clock, ttl_seconds=60)
        old = files.put("me", b"old")
        clock.advance(timedelta(seconds=59))
        young = files.put("me", b"young")
        clock.advance(timedelta(seconds=2))
        assert files.sweep() == len(b"young")
        assert [path.name for path in tmp_path.iterdir()] == [young] != [old]

    def test_a_full_folder_takes_nothing_until_there_is_room(self, tmp_path: Path, clock: ManualClock) -> None:
        files = StoredFiles(tmp_path, clock, ttl_seconds=60, full_bytes=10)
        files.put("me", b"12345678")
        with pytest.raises(Unavailable):
            files.put("me", b"abc")
        clock.advance(timedelta(seconds=61))
        assert files.read(files.put("me", b"abc")) == b"abc"
