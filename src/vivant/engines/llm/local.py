"""A model in this process, through transformers: the writer ``transformers``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import vivant
from vivant.engines import settings, weights
from vivant.engines.extras import need
from vivant.engines.llm.chat import Answer
from vivant.engines.llm.writer import Asking, LanguageWriter
from vivant.engines.residency import (
    Lease,
    Placement,
    climb,
    load,
    place_model,
    quiet,
    settle,
)
from vivant.errors import EngineError, RecipeError
from vivant.types import EngineInfo, Footprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vivant.engines.llm.chat import Message
    from vivant.engines.residency import Home
    from vivant.recipe import Scalar

_BASIS = "computed: bfloat16 weights, 6,000 tokens of keys and values, 10 % beside; not measured"


@dataclass(frozen=True)
class Model:
    """A published instruction model: its name in the weights store and ways to hold it."""

    name: str
    footprints: tuple[Footprint, ...]


MODELS = {
    model.name: model
    for model in (
        Model("qwen3-8b", (
            Footprint("none", 19.0, 18.0, _BASIS),
            Footprint("group", 5.0, 18.0, _BASIS),
        )),
        Model("qwen3-1.7b", (
            Footprint("none", 5.3, 5.0, _BASIS),
            Footprint("group", 2.5, 5.0, _BASIS),
        )),
    )
}  # fmt: skip
"""``qwen3-8b`` is the paper's writer; ``qwen3-1.7b`` is for small cards."""

OFFLOADS = ("auto", "none", "group")
_NO_VAE = ("vae sliced", "vae tiled")
_MOST_TOKENS = 32_768


@dataclass(frozen=True)
class Settings:
    """Which model, and where it lives. Raises RecipeError."""

    model: str = "qwen3-8b"
    """``qwen3-8b``, or ``qwen3-1.7b`` for small cards."""
    most_tokens: int = 4096
    """Of one reply, 1 to 32768; a reply that is longer is cut off and counts as faulty."""
    device: str = "auto"
    """``auto`` (cuda where there is one), ``cuda`` or ``cpu``."""
    dtype: str = "auto"
    """``auto`` (bfloat16 on cuda, float32 on cpu), ``bfloat16``, ``float16`` or ``float32``."""
    offload: str = "auto"
    """``none`` keeps the model on the device, ``group`` streams its layers, slowly; ``auto`` takes
    the first that fits."""

    def __post_init__(self) -> None:
        if self.model not in MODELS:
            raise RecipeError(f"model is {self.model!r}; there are: {', '.join(MODELS)}.")
        if not 1 <= self.most_tokens <= _MOST_TOKENS:
            raise RecipeError(
                f"most_tokens is {self.most_tokens}; it must lie within 1 to {_MOST_TOKENS}."
            )
        if self.offload not in OFFLOADS:
            raise RecipeError(f"offload is {self.offload!r}; it must be one of {OFFLOADS}.")
        _ = self.placement

    @property
    def placement(self) -> Placement:
        """As the engines of pictures say it."""
        return Placement(self.device, self.dtype, self.offload)


class Loaded:
    """A ``Chat`` with a model of the weights store.

    The chat template is the model's own, asked not to think where it knows how. Chance comes from
    the recipe's seed, anew for every reply: the same words in get the same words out, on one kind
    of device. Verified with tiny random weights: the way, the seed, the limits, the repairs. What
    only real weights can tell: how well they split a prompt.
    """

    def __init__(self, local: Settings, asking: Asking) -> None:
        self._local = local
        self._asking = asking
        self._home: Home | None = None
        self._lease: Lease[tuple[Any, Any]] | None = None
        self._climbed: list[str] = []

    @property
    def info(self) -> EngineInfo:
        """Name, version, licence and the model's files."""
        return EngineInfo(
            "transformers", vivant.__version__, "Apache-2.0",
            models=(weights.model_file(self._local.model),),
            packages=("torch", "transformers", "pydantic", "lemminflect"),
            footprints=MODELS[self._local.model].footprints,
            verified="with a small random Qwen3 on a CPU: equal to transformers' own call; seed,"
            " limits, repairs, the rules standing by, broken weights",
            unverified="how well the published weights split a prompt; memory and speed on a GPU",
        )  # fmt: skip

    @property
    def record(self) -> Mapping[str, Any]:
        """Model, place and limits."""
        return {
            "model": self._local.model,
            "most_tokens": self._local.most_tokens,
            "home": self._home.record if self._home else None,
            "climbed": list(self._climbed),
        }

    def answer(self, messages: Sequence[Message], name: str, schema: Mapping[str, Any]) -> Answer:
        """One answer; the form is asked for in words alone, so ``schema`` isn't needed.

        Raises MissingExtraError, MissingModelError or RoomError for what must be there first,
        EngineError for a conversation that the model has no room for.
        """
        del name, schema
        need("torch", "gpu")
        need("transformers", "gpu")
        if self._home is None:
            self._home = settle(self._local.placement, MODELS[self._local.model].footprints)

        def work(home: Home) -> Answer:
            self._home = home
            return self._say(messages, home)

        said, climbed = climb(self._home, work, lambda _: None, release=self.release, skip=_NO_VAE)
        self._climbed += climbed
        return said

    def release(self) -> None:
        """Let go of the model; the next answer loads it again."""
        if self._lease is not None:
            self._lease.end()
            self._lease = None
        self._home = None

    def _say(self, messages: Sequence[Message], home: Home) -> Answer:
        if self._lease is None:
            self._lease = Lease(lambda: _load(self._local.model, home))
        tokenizer, model = self._lease.take()
        tokens = tokenizer.apply_chat_template(
            [{"role": m.role, "content": m.text} for m in messages],
            add_generation_prompt=True, tokenize=True, return_dict=True, return_tensors="pt",
            enable_thinking=False,
        ).to(home.device)  # fmt: skip
        asked = int(tokens["input_ids"].shape[1])
        room = int(model.config.max_position_embeddings)
        if asked + self._local.most_tokens > room:
            raise EngineError(
                f"The conversation has {asked} tokens; with the {self._local.most_tokens} of a "
                f"reply it does not fit the model's {room}.",
                mend="Lower most_tokens, or shorten the prompt.",
            )
        said = self._sample(model, tokens)[asked:]
        ends = _ends(model)
        whole = len(said) < self._local.most_tokens or said[-1] in ends
        text = tokenizer.decode(said, skip_special_tokens=True)
        return Answer(text, whole, asked, len(said))

    def _sample(self, model: Any, tokens: Any) -> list[int]:
        import torch

        cards = range(torch.cuda.device_count()) if torch.cuda.is_available() else ()
        heat = self._asking.temperature
        how: dict[str, Any] = {"do_sample": False, "temperature": None}
        if heat > 0:
            how = {"do_sample": True, "temperature": heat}
        with torch.random.fork_rng(devices=list(cards)), torch.inference_mode(), quiet():
            torch.manual_seed(self._asking.seed)
            out = model.generate(
                **tokens, **how, top_p=None, top_k=None, max_new_tokens=self._local.most_tokens
            )
        return [int(token) for token in out[0]]


def _load(name: str, home: Home) -> tuple[Any, Any]:
    transformers = need("transformers", "gpu")
    folder = weights.folder(name)
    tokenizer = load(
        transformers.AutoTokenizer, folder, home.dtype, name=name, trust_remote_code=False
    )
    if tokenizer.chat_template is None:
        raise EngineError(
            f"The model {name} in {folder} has no chat template: it was not made to follow"
            " instructions.",
            mend=f"Run: vivant models verify {name}",
        )
    model = load(
        transformers.AutoModelForCausalLM, folder, home.dtype, name=name, trust_remote_code=False
    ).eval()
    place_model(model, home)
    return tokenizer, model


def _ends(model: Any) -> tuple[int, ...]:
    ends = model.generation_config.eos_token_id
    return tuple(ends) if isinstance(ends, list) else (ends,)


def writer(given: Mapping[str, Scalar]) -> LanguageWriter:
    """The writer ``transformers`` of the engine table. Raises RecipeError."""
    local, asking = settings.read_both(Settings, Asking, given, "transformers")
    return LanguageWriter(Loaded(local, asking), asking)
