"""Packed weights are the same weights, in hardly more memory than they have."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from vivant.engines.residency import packing
from vivant.engines.residency.packing import PIECE, pack, piece_size


class Allotted:
    """Gives ordinary memory and remembers how much."""

    def __init__(self) -> None:
        self.pieces: list[torch.Tensor] = []

    def __call__(self, size: int) -> torch.Tensor:
        self.pieces.append(torch.full((size,), 255, dtype=torch.uint8))
        return self.pieces[-1]

    @property
    def bytes(self) -> int:
        return sum(piece.numel() for piece in self.pieces)


def test_every_weight_keeps_its_value_shape_and_type_in_the_new_memory() -> None:
    model = torch.nn.Sequential(
        torch.nn.Linear(300, 700),
        torch.nn.Embedding(11, 5).to(torch.bfloat16),
        torch.nn.Linear(9, 1),
    )
    model[2].weight.data = model[2].weight.data.to(torch.float8_e4m3fn)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    allotted = Allotted()
    pack(model, allotted)
    spans = [(p.data_ptr(), p.data_ptr() + p.numel()) for p in allotted.pieces]
    for name, weight in model.state_dict().items():
        assert weight.dtype == before[name].dtype and weight.shape == before[name].shape
        assert torch.equal(weight.view(torch.uint8), before[name].view(torch.uint8)), name
        assert any(low <= weight.data_ptr() < high for low, high in spans), name
    pack(model, Allotted())
    assert torch.equal(model.state_dict()["0.weight"], before["0.weight"])


def test_tied_weights_stay_tied() -> None:
    model = torch.nn.Sequential(torch.nn.Embedding(7, 4), torch.nn.Linear(4, 7, bias=False))
    model[1].weight = model[0].weight
    allotted = Allotted()
    pack(model, allotted)
    assert model[1].weight is model[0].weight
    assert allotted.bytes == 512


def test_a_transformer_s_weights_take_hardly_more_than_they_have(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Wan A14B's blocks, 4096 times smaller: eight matrices 5120x5120 and two 5120x13824.
    monkeypatch.setattr(packing, "PIECE", PIECE // 4096)
    block = [*8 * [5120 * 5120], *2 * [5120 * 13824]]
    model = torch.nn.ParameterList(
        torch.zeros(count // 4096, dtype=torch.bfloat16) for _ in range(40) for count in block
    )
    allotted = Allotted()
    pack(model, allotted)
    whole = sum(weight.nbytes for weight in model)
    assert all(piece.numel().bit_count() == 1 for piece in allotted.pieces)
    assert allotted.bytes < 1.03 * whole
    assert sum(1 << (weight.nbytes - 1).bit_length() for weight in model) > 1.5 * whole


@given(st.integers(1, 2**33), st.integers(0, 2**36))
def test_a_piece_holds_its_first_tensor(size: int, more: int) -> None:
    piece = piece_size(size, size + more)
    assert piece >= size
    assert piece <= max(PIECE, 2 * size)
