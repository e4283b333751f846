"""Where models may live: every setting has its legal values, and the choice fits the machine."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from vivant.engines.residency import Home, Placement, Room, choose, peak, settle
from vivant.engines.residency.room import free_ram
from vivant.errors import EXIT_MISSING, RecipeError, RoomError
from vivant.types import Footprint

NOWHERE = Room(None, 16.0, bfloat16=False, fp8=False)
CARD = Room(24.0, 64.0)
WAYS = (
    Footprint("none", 40.0, 4.0, "given"),
    Footprint("model", 20.0, 40.0, "given"),
    Footprint("group", 6.0, 48.0, "given"),
)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("device", "mps"), ("device", "cuda:1"), ("dtype", "float8"), ("offload", "disk"),
        ("vae", "small"), ("dtype", ""),
    ],
)  # fmt: skip
def test_an_illegal_value_is_refused_with_the_legal_ones(field: str, value: str) -> None:
    asked: dict[str, Any] = {field: value}
    with pytest.raises(RecipeError, match=rf"{field} is '{value}'; it must be .* or "):
        Placement(**asked)


def test_auto_on_the_cpu_is_float32_with_nothing_offloaded() -> None:
    assert settle(Placement(), WAYS, NOWHERE) == Home(
        "cpu", torch.float32, "none", False, "whole", "auto"
    )


def test_auto_on_a_card_is_bfloat16_and_the_first_way_that_fits() -> None:
    assert settle(Placement(), WAYS, CARD) == Home(
        "cuda", torch.bfloat16, "model", False, "whole", "auto"
    )
    assert settle(Placement(), WAYS, Room(48.0, 64.0)).offload == "none"
    assert settle(Placement(), WAYS, Room(8.0, 64.0)).offload == "group"
    assert settle(Placement(), (), CARD).offload == "none", "an engine that says nothing fits"


def test_what_is_asked_for_is_taken_without_looking() -> None:
    asked = Placement(dtype="float16", offload="none", vae="tiled", fp8=True)
    assert settle(asked, WAYS, CARD) == Home("cuda", torch.float16, "none", True, "tiled", "auto")
    assert settle(Placement(device="cpu"), WAYS, CARD).device == "cpu"


def test_where_nothing_fits_the_needs_and_the_machine_are_named() -> None:
    with pytest.raises(RoomError) as caught:
        settle(Placement(), WAYS, Room(4.0, 64.0))
    assert caught.value.exit_code == EXIT_MISSING
    said = str(caught.value)
    assert "4.0 GB of GPU memory, 64.0 GB of RAM" in said
    assert "offload group: 6.0 GB of GPU memory and 48.0 GB of RAM" in said
    assert "vivant recipes" in said


ways = st.lists(
    st.builds(
        Footprint,
        st.sampled_from(["none", "model", "group"]),
        st.floats(0, 100),
        st.floats(0, 100),
        st.just("drawn"),
    ),
    min_size=1,
    max_size=3,
).map(tuple)


@given(ways, st.floats(0, 100), st.floats(0, 100))
def test_the_first_way_that_fits_in_both_memories_is_chosen(
    offered: tuple[Footprint, ...], gpu: float, ram: float
) -> None:
    fitting = [way for way in offered if way.gpu <= gpu and way.ram <= ram]
    if fitting:
        assert choose(offered, Room(gpu, ram)) is fitting[0]
    else:
        with pytest.raises(RoomError):
            choose(offered, Room(gpu, ram))


@pytest.mark.parametrize(
    ("asked", "room", "why"),
    [
        (Placement(device="cuda"), NOWHERE, "no CUDA card"),
        (Placement(offload="group"), NOWHERE, "no GPU memory to offload from"),
        (Placement(fp8=True), NOWHERE, "spare GPU memory"),
        (Placement(fp8=True), replace(CARD, fp8=False), "can't keep float8_e4m3fn"),
        (Placement(), replace(CARD, bfloat16=False), "must be float16 or float32"),
        (Placement(dtype="bfloat16"), replace(CARD, bfloat16=False), "no bfloat16 arithmetic"),
        (Placement(attention="faster"), NOWHERE, "must be auto or one of: .*native"),
        (Placement(attention="flash_hub"), CARD, "must be auto or one of: .*native"),
    ],
)
def test_what_this_machine_cant_have_is_refused_with_the_reason(
    asked: Placement, room: Room, why: str
) -> None:
    with pytest.raises(RecipeError, match=why):
        settle(asked, (), room)


def test_the_record_is_plain_data() -> None:
    asked = Placement(attention="native")
    assert settle(asked, (), CARD).record == {
        "device": "cuda", "dtype": "bfloat16", "offload": "none", "fp8": False, "vae": "whole",
        "attention": "native",
    }  # fmt: skip


def test_this_machine_has_room() -> None:
    here = Room.here()
    assert here.ram > 0.1
    assert (here.gpu is None) == (not torch.cuda.is_available())
    assert f"{here.ram:.1f} GB of RAM" in str(here)


def test_in_a_container_the_room_is_what_its_limit_leaves(tmp_path: Path) -> None:
    (tmp_path / "memory.max").write_text("3000000000\n")
    (tmp_path / "memory.current").write_text("2900000000\n")
    held = "anon 2500000000\nactive_file 200000000\ninactive_file 100000000\n"
    (tmp_path / "memory.stat").write_text(held)
    assert free_ram(tmp_path) == pytest.approx(0.4, abs=1e-6)
    (tmp_path / "memory.max").write_text("max\n")
    assert free_ram(tmp_path) == pytest.approx(free_ram(tmp_path / "none"), rel=0.2)


def test_on_the_cpu_a_peak_is_not_measured_and_never_zero() -> None:
    with peak("cpu") as measured:
        assert measured.record["peak_gpu_gb"] is None
    assert measured.record["peak_gpu_gb"] is None
    assert "CPU" in measured.record["peak_gpu_why"]


@pytest.mark.skipif(not torch.cuda.is_available(), reason="measures a CUDA card's memory")
def test_on_a_card_the_peak_is_what_was_held_at_once() -> None:
    with peak("cuda") as measured:
        one = torch.empty(10**8, dtype=torch.uint8, device="cuda")
        del one
    assert 0.1 <= measured.record["peak_gpu_gb"] < 1.0 + torch.cuda.memory_allocated() / 1e9
