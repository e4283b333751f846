"""A model hub on this machine that speaks what huggingface_hub asks of the real one.

Small files come from the hub itself, large ones by a redirect to another host, as on the real hub.
The server keeps what it was asked, and can be told to fail.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGE = (".safetensors", ".onnx", ".bin")


class Asked(NamedTuple):
    """One request that arrived."""

    method: str
    path: str
    span: str
    authorization: str


@dataclass
class Hub:
    """One repository, and how the hub behaves."""

    repo: str
    files: dict[str, bytes]
    commit: str = "c" * 40
    token: str = ""
    """Where set, the repository is gated and this opens it."""
    cuts: list[int | None] = field(default_factory=list)
    """Of each download that is to come: after how many bytes the connection breaks, if it does."""
    failures: list[int] = field(default_factory=list)
    """The status of each download that is to come."""
    flipped: str = ""
    """A file that arrives with one bit changed."""
    ranges: bool = True
    """Whether a download may begin in the middle."""
    asked: list[Asked] = field(default_factory=list)

    def downloads(self) -> list[Asked]:
        """The requests for the contents of files."""
        return [a for a in self.asked if a.method == "GET" and not a.path.startswith("/api")]


def blob(content: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@contextmanager
def serving(hub: Hub) -> Iterator[str]:
    """The hub's address, for as long as the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(hub))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(hub: Hub) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        of = hub

    return Handler


class _Handler(BaseHTTPRequestHandler):
    of: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        del format, args

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        path = unquote(urlsplit(self.path).path)
        login = self.headers.get("Authorization", "")
        self.of.asked.append(Asked(self.command, path, self.headers.get("Range", ""), login))
        if path.startswith("/cdn/"):
            found = [c for c in self.of.files.values() if sha256(c) == path.removeprefix("/cdn/")]
            self._download(found[0], {})
        elif match := re.fullmatch(r"/api/models/(.+?)/revision/(.+)", path):
            if self._allowed(match[1], match[2]):
                self._send(200, json.dumps(self._info()).encode(), {})
        elif match := re.fullmatch(r"/api/models/(.+?)/tree/([^/]+)", path):
            if self._allowed(match[1], match[2]):
                self._send(200, json.dumps(self._tree()).encode(), {})
        elif match := re.fullmatch(r"/(.+?)/resolve/([^/]+)/(.+)", path):
            if self._allowed(match[1], match[2]):
                self._resolve(match[3])
        else:
            self._refuse(404, "")

    def _allowed(self, repo: str, revision: str) -> bool:
        if repo != self.of.repo:
            self._refuse(401, "RepoNotFound")
        elif revision not in ("main", self.of.commit):
            self._refuse(404, "RevisionNotFound")
        elif self.of.token and self.headers.get("Authorization") != f"Bearer {self.of.token}":
            self._refuse(401, "GatedRepo")
        else:
            return True
        return False

    def _info(self) -> dict[str, object]:
        siblings = []
        for name, content in self.of.files.items():
            about: dict[str, object] = {
                "rfilename": name, "size": len(content), "blobId": blob(content),
            }  # fmt: skip
            if name.endswith(LARGE):
                size = len(content)
                about["lfs"] = {"sha256": sha256(content), "size": size, "pointerSize": 130}
            siblings.append(about)
        return {"id": self.of.repo, "sha": self.of.commit, "siblings": siblings}

    def _tree(self) -> list[dict[str, object]]:
        return [
            {"type": "file", "path": name, "size": len(content), "oid": blob(content)}
            for name, content in self.of.files.items()
        ]

    def _resolve(self, name: str) -> None:
        if name not in self.of.files:
            self._refuse(404, "EntryNotFound")
            return
        content = self.of.files[name]
        headers = {"X-Repo-Commit": self.of.commit}
        if not name.endswith(LARGE):
            self._download(content, {**headers, "ETag": f'"{blob(content)}"'})
            return
        headers |= {
            # Another name of this host, so another origin.
            "Location": f"http://localhost:{self.server.server_port}/cdn/{sha256(content)}",  # type: ignore[attr-defined]
            "X-Linked-Etag": f'"{sha256(content)}"',
            "X-Linked-Size": str(len(content)),
        }
        self._send(302, b"", headers)

    def _download(self, content: bytes, headers: dict[str, str]) -> None:
        if self.command == "GET" and self.of.failures:
            self._refuse(self.of.failures.pop(0), "")
            return
        if self.of.flipped and content == self.of.files[self.of.flipped]:
            content = bytes([content[0] ^ 1]) + content[1:]
        start, status = 0, 200
        if self.of.ranges and (match := re.fullmatch(r"bytes=(\d+)-", self.headers["Range"] or "")):
            start, status = int(match[1]), 206
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        cut = self.of.cuts.pop(0) if self.command == "GET" and self.of.cuts else None
        self._send(status, content[start:], headers, cut)

    def _send(
        self, status: int, body: bytes, headers: dict[str, str], cut: int | None = None
    ) -> None:
        self.send_response(status)
        for key, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(key, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(body[:cut])
        if cut is not None:
            self.close_connection = True

    def _refuse(self, status: int, code: str) -> None:
        self._send(status, b"{}", {"X-Error-Code": code} if code else {})


def model(name: str = "a") -> dict[str, bytes]:
    """A small diffusers-like repository, with files that must not be fetched."""
    weights = {
        f"{folder}/model.safetensors": f"{name} {folder} ".encode() * 40_000
        for folder in ("unet", "vae")
    }
    return {
        "model_index.json": b"{}",
        **weights,
        **{f"{PurePosixPath(p).parent}/config.json": p.encode() for p in weights},
        "unet/model.bin": b"a pickle",
        "unet/model.py": b"a program",
        "single.safetensors": b"the same again",
        "README.md": b"words",
    }
