"""A chat endpoint on this machine that behaves, or misbehaves on purpose, and remembers.

It speaks HTTP for real: what a client does with a cut connection or a dripping server is seen only
over a socket.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Act = Callable[[BaseHTTPRequestHandler, threading.Event], None]
"""What the server does with one request; the event is set when the test is over."""


@dataclass
class Server:
    """Does one act for each request, the last one again and again."""

    acts: Sequence[Act]
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    def next(self) -> Act:
        return self.acts[min(len(self.asked), len(self.acts)) - 1]


@contextmanager
def serving(*acts: Act) -> Iterator[Server]:
    """A server on a free port of 127.0.0.1 for the length of the block."""
    server, over = Server(acts), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.asked.append(json.loads(body))
            server.headers.append(dict(self.headers.items()))
            server.paths.append(self.path)
            try:
                server.next()(self, over)
            except OSError:
                self.close_connection = True

        def log_message(self, format: str, *args: Any) -> None:
            del format, args

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    server.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
    try:
        yield server
    finally:
        over.set()
        http.shutdown()
        thread.join()
        http.server_close()


def sends(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Act:
    """These very bytes."""

    def act(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        del over
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return act


def says(text: Any, **choice: Any) -> Act:
    """A chat completion with this content."""
    message = {"role": "assistant", "content": text}
    value = {
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", **choice}],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7},
    }
    return sends(json.dumps(value).encode())


def replies(value: Any) -> Act:
    """A chat completion whose content is this JSON."""
    return says(json.dumps(value))


def fails(status: int, message: str = "", headers: dict[str, str] | None = None) -> Act:
    """An HTTP error, with the server's own words."""
    return sends(json.dumps({"error": {"message": message}}).encode(), status, headers)


def stalls(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
    """Not one byte."""
    over.wait()
    handler.close_connection = True


def drips_headers(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
    """A byte of an endless header line every few milliseconds: no read ever times out."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    _drip(handler, over)


def drips_body(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
    """A byte of an endless body every few milliseconds."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n")
    _drip(handler, over)


def _drip(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
    while not over.wait(0.02):
        handler.wfile.write(b"a")
        handler.wfile.flush()
    handler.close_connection = True


def cuts(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
    """Half a body, then the connection closes."""
    del over
    handler.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"choices": [{"mess')
    handler.wfile.flush()
    handler.close_connection = True


def speaks_no_http(handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
    """Another protocol on that port."""
    del over
    handler.wfile.write(b"220 mail.example ESMTP\r\n")
    handler.wfile.flush()
    handler.close_connection = True
