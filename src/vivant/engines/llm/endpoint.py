"""A model behind an OpenAI-compatible endpoint: one POST, with a limit on everything.

What is sent: the instructions, the user's prompt, the model's name. Never the photo. The key comes
from the environment alone and stands in no record and no message. Environment proxies are not used
and redirects not followed: the prompt goes to the host that the recipe names, and nowhere else.
"""

from __future__ import annotations

import asyncio
import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import vivant
from vivant.engines.extras import need
from vivant.engines.llm.chat import Answer, NoAnswerError
from vivant.errors import EngineError, RecipeError
from vivant.types import EngineInfo

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping, Sequence

    from vivant.engines.llm.chat import Message
    from vivant.engines.llm.writer import Asking

KEY = "VIVANT_LLM_API_KEY"
FORMATS = ("json_schema", "json_object", "text")
EFFORTS = ("", "none", "minimal", "low", "medium", "high")
_QUOTED = 200  # characters of a server's own error message that are worth repeating
_TRANSIENT = {408, 409, 425, 429}


@dataclass(frozen=True)
class Settings:
    """Where the model is and how it is asked. Raises RecipeError."""

    base_url: str = "http://127.0.0.1:11434/v1"
    """Up to and without ``/chat/completions``; the default is Ollama's on this machine."""
    model: str = "qwen3:8b"
    """The model's name as the server knows it."""
    seconds: float = 120.0
    """For one whole reply, from connecting to its last byte; above 0, at most 3600."""
    most_bytes: int = 100_000
    """Of one reply; more is refused unread. 1,000 to 10,000,000."""
    reply_format: str = "json_schema"
    """``json_schema`` (strict), or ``json_object`` or ``text`` for servers that don't know it."""
    reasoning: str = ""
    """Sent as ``reasoning_effort`` where not empty: ``none`` stops Qwen3 thinking on Ollama."""

    def __post_init__(self) -> None:
        _check_url(self.base_url)
        if not self.model.strip():
            raise RecipeError("model is empty; name one that the server has.")
        if not 0 < self.seconds <= 3600:
            raise RecipeError(f"seconds is {self.seconds:g}; it must be above 0 and at most 3600.")
        if not 1_000 <= self.most_bytes <= 10_000_000:
            raise RecipeError(
                f"most_bytes is {self.most_bytes}; it must lie within 1000 to 10000000."
            )
        if self.reply_format not in FORMATS:
            raise RecipeError(f"reply_format is {self.reply_format!r}; there are: {FORMATS}.")
        if self.reasoning not in EFFORTS:
            raise RecipeError(f"reasoning is {self.reasoning!r}; there are: {EFFORTS}.")

    @property
    def host(self) -> str:
        """Host and port, for records and messages."""
        return urlsplit(self.base_url).netloc


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RecipeError(f"base_url is no address: {error}.") from error
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise RecipeError(
            "base_url holds a user, a password, a query or a fragment; recipes are stored and"
            f" shown, so a key belongs in the environment variable {KEY}."
        )
    plain = url.isascii() and url.isprintable() and " " not in url
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0 or not plain:
        raise RecipeError(
            f"base_url is {url[:80]!r}; it must be like http://127.0.0.1:11434/v1 or"
            " https://api.openai.com/v1."
        )


class Endpoint:
    """A ``Chat`` over HTTP."""

    def __init__(self, server: Settings, asking: Asking) -> None:
        self._server = server
        self._asking = asking

    @property
    def info(self) -> EngineInfo:
        """The model's own licence is for its server to say."""
        return EngineInfo(
            "llm", vivant.__version__, "Apache-2.0",
            packages=("httpx", "pydantic", "lemminflect"),
            verified="against a server on this machine that misbehaves on purpose: every way of"
            " failing ends in a proven split or a refusal that names the mend",
            unverified="how well a model splits a prompt, and how often it must be asked again;"
            " each server's own dialect",
        )  # fmt: skip

    @property
    def record(self) -> Mapping[str, Any]:
        """Model, host and format."""
        server = self._server
        return {
            "model": server.model,
            "endpoint": server.host,
            "reply_format": server.reply_format,
            "reasoning": server.reasoning,
        }

    def answer(self, messages: Sequence[Message], name: str, schema: Mapping[str, Any]) -> Answer:
        """One answer. Raises NoAnswerError; EngineError for a wrong address, key or model."""
        body = json.dumps(self._body(messages, name, schema), ensure_ascii=False).encode()
        status, reply = _run(self._post(body, _key()))
        if status != 200:
            self._refuse(status, reply)
        return _read(reply)

    def release(self) -> None:
        """Nothing is held: a connection lives for one reply."""

    def _body(
        self, messages: Sequence[Message], name: str, schema: Mapping[str, Any]
    ) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._server.model,
            "messages": [{"role": m.role, "content": m.text} for m in messages],
            "temperature": self._asking.temperature,
            "seed": self._asking.seed,
            "stream": False,
        }
        if self._server.reply_format == "json_schema":
            strict = {"name": name, "strict": True, "schema": schema}
            body["response_format"] = {"type": "json_schema", "json_schema": strict}
        elif self._server.reply_format == "json_object":
            body["response_format"] = {"type": "json_object"}
        if self._server.reasoning:
            body["reasoning_effort"] = self._server.reasoning
        return body

    async def _post(self, body: bytes, key: str) -> tuple[int, bytes]:
        httpx = need("httpx", "llm")
        server = self._server
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        try:
            async with (
                asyncio.timeout(server.seconds),
                httpx.AsyncClient(
                    trust_env=False, follow_redirects=False, timeout=server.seconds
                ) as client,
                client.stream(
                    "POST", server.base_url.rstrip("/") + "/chat/completions",
                    content=body, headers=headers,
                ) as response,
            ):  # fmt: skip
                if response.headers.get("Content-Encoding", "identity") != "identity":
                    raise NoAnswerError(f"{server.host} packed its reply, which was not asked for")
                return response.status_code, await self._body_of(response)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise NoAnswerError(
                f"{server.host} gave no whole reply within {server.seconds:g} s"
            ) from error
        except httpx.ConnectError as error:
            raise NoAnswerError(f"nothing answers at {server.host}") from error
        except httpx.HTTPError as error:
            raise NoAnswerError(
                f"the connection to {server.host} broke ({type(error).__name__})"
            ) from error

    async def _body_of(self, response: Any) -> bytes:
        read = bytearray()
        async for chunk in response.aiter_raw():
            read += chunk
            if len(read) > self._server.most_bytes:
                raise NoAnswerError(
                    f"{self._server.host} sent more than {self._server.most_bytes} bytes"
                )
        return bytes(read)

    def _refuse(self, status: int, reply: bytes) -> None:
        """Tell what passes by itself from what the user must mend."""
        host, model = self._server.host, self._server.model
        if status in (401, 403):
            raise EngineError(
                f"{host} refuses access ({status}).",
                mend=f"Set the environment variable {KEY} to a key of that server.",
            )
        said = _said(reply)
        if status == 404:
            raise EngineError(
                f"{host} has no model {model!r}, or no chat endpoint there (404){said}.",
                mend="Check model and base_url in the recipe; with Ollama run: ollama pull MODEL",
            )
        if 300 <= status < 400:
            raise EngineError(
                f"{host} answers with a redirect ({status}), which is not followed: the prompt goes"
                " to the host that the recipe names.",
                mend="Put the final address into base_url.",
            )
        if 400 <= status < 500 and status not in _TRANSIENT:
            raise EngineError(
                f"{host} refuses the request ({status}){said}.",
                mend="If it knows no JSON schema, set reply_format to json_object or text; if it"
                " takes no temperature or reasoning_effort, change those.",
            )
        raise NoAnswerError(f"{host} answered {status}{said}")


def _run(work: Coroutine[Any, Any, tuple[int, bytes]]) -> tuple[int, bytes]:
    """Run it to its end: here, or in a thread where a loop runs already, as in a notebook."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def _key() -> str:
    key = os.environ.get(KEY, "")
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise EngineError(
            f"The environment variable {KEY} holds blanks, line breaks or letters that no key has.",
            mend="Set it again, without quotes or spaces.",
        )
    return key


def _said(reply: bytes) -> str:
    """The server's own words about an error, in short and never with the key."""
    try:
        value = json.loads(reply)
        error = value.get("error", value)
        text = error["message"] if isinstance(error, dict) else error
    except (ValueError, AttributeError, KeyError, RecursionError):
        return ""
    if not isinstance(text, str):
        return ""
    key = os.environ.get(KEY)
    if key:
        text = text.replace(key, "…")
    shown = "".join(c if c.isprintable() else " " for c in text)[:_QUOTED].strip().rstrip(".")
    return f": {shown}" if shown else ""


def _read(reply: bytes) -> Answer:
    try:
        value = json.loads(reply)
        choice = value["choices"][0]
        message = choice["message"]
        text = message["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise NoAnswerError("the reply is not that of a chat endpoint") from error
    if text is None and isinstance(message.get("refusal"), str):
        text = message["refusal"]
    if not isinstance(text, str):
        raise NoAnswerError("the reply holds no text")
    usage = value.get("usage")
    return Answer(
        text,
        choice.get("finish_reason") != "length",
        _count(usage, "prompt_tokens"),
        _count(usage, "completion_tokens"),
    )


def _count(usage: Any, name: str) -> int | None:
    found = usage.get(name) if isinstance(usage, dict) else None
    return found if type(found) is int and found >= 0 else None
