"""The GPU benchmark's arithmetic, and that its code runs; its figures need a GPU."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from bench import gpu, sizes


@pytest.fixture(autouse=True)
def one_thread() -> object:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.mark.parametrize(
    ("shape", "tokens", "forward"),
    list(zip(sizes.SHAPES, (27_280, 75_600, 32_760), (5.207e14, 6.523e15, 1.678e15), strict=True)),
    ids=lambda value: getattr(value, "name", None),
)
def test_the_floor_counts_the_known_arithmetic(
    shape: sizes.Shape, tokens: int, forward: float
) -> None:
    """Against counts made by hand of the published configurations; ours leaves out the embedders,
    which at most 1 % of it is."""
    assert shape.tokens == tokens
    assert sum(sizes.flops(shape)) == pytest.approx(forward, rel=0.01)


def test_the_floor_on_an_h100_is_the_published_one() -> None:
    """800 TFLOP/s in products and 650 in attention: 1.46 s a guided step of TI2V-5B."""
    reach = gpu.Ceilings(product=800e12, attention=650e12, copy=3e12)
    floors = [2 * reach.floor(shape) for shape in sizes.SHAPES]
    assert floors == pytest.approx([1.46, 19.0, 4.71], rel=0.01)


@pytest.mark.parametrize(
    ("shape", "billions"),
    list(zip(sizes.SHAPES[:2], (5.0, 14.29), strict=True)),
    ids=["5b", "a14b"],
)
def test_the_true_sizes_have_the_published_number_of_weights(
    shape: sizes.Shape, billions: float
) -> None:
    model = sizes.transformer(shape, "meta", torch.bfloat16)
    assert sum(each.numel() for each in model.parameters()) / 1e9 == pytest.approx(
        billions, rel=0.01
    )
    kept = {
        name.split(".")[0] for name, each in model.named_parameters() if each.dtype.itemsize == 4
    }
    assert kept == {"condition_embedder", "blocks", "scale_shift_table"}


def test_random_weights_are_never_zero() -> None:
    vae = sizes.autoencoder(sizes.TINY[0], "cpu")
    weights = [each for name, each in vae.named_parameters() if name.endswith("weight")]
    assert all((each != 0).all() for each in weights)


def test_the_small_run_prints_every_table_and_says_that_it_means_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert gpu.main(["--tiny", "--repeats", "1"]) == 0
    said = capsys.readouterr().out
    assert "These figures mean nothing" in said
    for title in ("Ceilings", "A guided step", "Decoding", "Residency"):
        assert f"### {title}" in said
    for name in ("wan2.2-ti2v-5b", "wan2.2-i2v-a14b"):
        assert said.count(f"| {name} |") >= 4
    assert "out of memory" not in said
    assert "NO" not in said


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a GPU")
def test_without_a_gpu_nothing_is_measured() -> None:
    assert gpu.main([]) == 2


def test_small_figures_are_not_written() -> None:
    assert gpu.main(["--tiny", "--write"]) == 2


def test_figures_go_between_the_marks_and_nowhere_else(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text(f"above\n{gpu.BEGIN}\nold\n{gpu.END}\nbelow\n", encoding="utf-8")
    gpu.write("new", document)
    text = document.read_text(encoding="utf-8")
    assert text == f"above\n{gpu.BEGIN}\nnew\n{gpu.END}\nbelow\n"
    document.write_text("no marks", encoding="utf-8")
    with pytest.raises(SystemExit, match="lacks the marks"):
        gpu.write("new", document)


def test_the_document_has_the_marks() -> None:
    text = gpu.DOCUMENT.read_text(encoding="utf-8")
    assert text.count(gpu.BEGIN) == text.count(gpu.END) == 1
