"""A model lives inside a block or a lease; afterwards nothing of ours holds it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from vivant.engines import lent
from vivant.engines.residency import EmbeddingKey, Embeddings, Lease, generator, lend

Born = list["weakref.ref[torch.Tensor]"]


class Model(torch.nn.Module):
    """Holds itself in a ring, as hooked models do: only the collector frees it."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = torch.nn.Linear(2, 2)
        self.hook = self.forward

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y: torch.Tensor = self.layer(x)
        return y


@pytest.fixture
def born() -> Iterator[Born]:
    """The weights of every model that was made; meanwhile the collector runs only when asked."""
    gc.collect()
    gc.disable()
    gc.freeze()
    yield []
    gc.unfreeze()
    gc.enable()


def maker(born: Born) -> Callable[[], Model]:
    def make() -> Model:
        model = Model()
        born.append(weakref.ref(model.layer.weight))
        return model

    return make


def alive(born: Born) -> int:
    """How many of the weights still take up memory."""
    return sum(each() is not None for each in born)


def test_lent_for_the_block_alone(born: Born) -> None:
    with lend(maker(born)) as model:
        assert model(torch.zeros(1, 2)).shape == (1, 2)
        assert alive(born) == 1
    assert alive(born) == 0, "though the name is still there"
    assert isinstance(model, Model)


@pytest.mark.parametrize("shape", [tuple, list, lambda both: dict(enumerate(both))])
def test_several_models_at_once(born: Born, shape: Callable[[list[Model]], Any]) -> None:
    make = maker(born)
    with lend(lambda: shape([make(), make()])) as models:
        assert alive(born) == 2
    assert alive(born) == 0
    assert len(models) == 2


def test_a_part_that_others_hold_stays_whole(born: Born) -> None:
    mine = maker(born)()

    class Pipe:
        def __init__(self) -> None:
            self.components = {"unet": mine}

    with lend(Pipe):
        pass
    assert alive(born) == 1
    assert mine(torch.zeros(1, 2)).shape == (1, 2)


def test_things_that_are_no_models_go_with_their_last_name(born: Born) -> None:
    class Bag:
        def __init__(self) -> None:
            self.weights = torch.zeros(2)
            self.ring = self
            born.append(weakref.ref(self.weights))

    with lend(Bag):
        assert alive(born) == 1
    assert alive(born) == 0


def test_an_error_that_is_kept_holds_no_lent_model(born: Born) -> None:
    with pytest.raises(RuntimeError, match="shapes cannot be multiplied") as caught:  # noqa: SIM117
        with lend(maker(born)) as model:
            model(torch.zeros(1, 3))
    assert caught.value.__traceback__ is not None
    assert alive(born) == 0


def test_nor_does_an_error_that_came_of_another(born: Born) -> None:
    def use(model: Model) -> None:
        try:
            model(torch.zeros(1, 3))
        except RuntimeError as error:
            raise ValueError("no picture") from error

    with pytest.raises(ValueError, match="no picture") as caught, lend(maker(born)) as model:
        use(model)
    assert caught.value.__cause__ is not None
    assert alive(born) == 0


def test_a_lease_loads_once_and_begins_anew_after_its_end(born: Born) -> None:
    lease = Lease(maker(born))
    assert alive(born) == 0, "nothing is loaded before it is used"
    assert lease.take() is lease.take()
    assert (len(born), alive(born)) == (1, 1)
    lease.end()
    lease.end()
    assert alive(born) == 0
    lease.take()
    assert (len(born), alive(born)) == (2, 1)
    lease.end()
    assert alive(born) == 0


def test_an_engine_that_fails_in_its_stage_holds_nothing(born: Born) -> None:
    class Engine:
        def __init__(self) -> None:
            self.lease = Lease(maker(born))

        def paint(self, width: int) -> torch.Tensor:
            model = self.lease.take()
            return model.forward(torch.zeros(1, width))

        def release(self) -> None:
            self.lease.end()

    engine = Engine()
    with pytest.raises(RuntimeError) as caught, lent(engine):
        engine.paint(3)
    assert caught.value.__traceback__ is not None
    assert alive(born) == 0
    with lent(engine):
        assert engine.paint(2).shape == (1, 2)
    assert alive(born) == 0


def test_a_model_that_fails_to_load_leaves_the_lease_empty() -> None:
    tries: list[int] = []

    def make() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise OSError("no disk")
        return "model"

    lease = Lease(make)
    with pytest.raises(OSError, match="no disk"):
        lease.take()
    assert lease.take() == "model"


def test_chance_is_the_seed_alone() -> None:
    one, same, other = (torch.rand(8, generator=generator(n)) for n in (7, 7, 8))
    assert torch.equal(one, same)
    assert not torch.equal(one, other)
    assert generator(7).device.type == "cpu"


# -- Embeddings --------------------------------------------------------------------------------


def key(text: str, **other: Any) -> EmbeddingKey:
    return EmbeddingKey(**{"model": "umt5", "text": text, "length": 512, **other})


def encode(value: float) -> Callable[[], tuple[torch.Tensor | None, ...]]:
    return lambda: (torch.full((2, 3), value, requires_grad=True), None)


def test_the_second_time_no_encoder_is_needed() -> None:
    kept = Embeddings()
    first = kept.remember(key("a"), encode(1.0))
    second = kept.remember(key("a"), pytest.fail)
    assert (kept.hits, kept.misses) == (1, 1)
    assert first[1] is None and second[1] is None
    assert first[0] is not None and second[0] is not None
    assert torch.equal(first[0], second[0])
    assert not second[0].requires_grad, "a graph would hold the encoder"


@pytest.mark.parametrize(
    "other", [{"model": "t5"}, {"length": 256}, {"dtype": "bfloat16"}, {"also": "a picture"}]
)
def test_whatever_an_embedding_depends_on_is_part_of_its_key(other: dict[str, Any]) -> None:
    kept = Embeddings()
    kept.remember(key("a"), encode(1.0))
    (got, _) = kept.remember(key("a", **other), encode(2.0))
    assert got is not None and got[0, 0] == 2.0
    assert kept.hits == 0


def test_nobody_can_change_what_is_remembered() -> None:
    kept, given = Embeddings(), torch.ones(2)
    (first,) = kept.remember(key("a"), lambda: (given,))
    assert first is not None
    given.zero_()
    first.zero_()
    (again,) = kept.remember(key("a"), pytest.fail)
    assert again is not None and torch.equal(again, torch.ones(2))


def test_an_encoder_that_fails_is_asked_again() -> None:
    kept = Embeddings()
    with pytest.raises(ZeroDivisionError):
        kept.remember(key("a"), lambda: (torch.ones(1 // 0),))
    assert kept.remember(key("a"), encode(3.0))[0] is not None
    assert (kept.hits, kept.misses) == (0, 1)


@given(st.lists(st.sampled_from("abcdef"), max_size=40), st.integers(1, 6))
def test_the_least_recently_used_go_first(texts: list[str], most: int) -> None:
    kept, recent = Embeddings(most), list[str]()
    for text in texts:
        before = kept.hits
        kept.remember(key(text), encode(float(ord(text))))
        assert (kept.hits > before) == (text in recent[-most:])
        recent = [each for each in recent if each != text] + [text]
    assert kept.hits + kept.misses == len(texts)


def test_forgotten_is_asked_anew() -> None:
    kept = Embeddings()
    kept.remember(key("a"), encode(1.0))
    kept.forget()
    (got, _) = kept.remember(key("a"), encode(2.0))
    assert got is not None and got[0, 0] == 2.0
