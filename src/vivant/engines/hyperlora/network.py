"""The network of HyperLoRA: a face's ArcFace embedding and its CLIP states in, a LoRA out.

Written from the layout of the checkpoint and from Li et al., "HyperLoRA: Parameter-Efficient
Adaptive Generation for Portrait Synthesis", 2025 (arXiv:2503.16944). A resampler turns learned
latents into one token per LoRA matrix; each token, of length one, weighs the bases of that matrix.

It runs once per person, on the CPU in float32, so that an identity does not depend on the device:
some 0.3 TFLOP. The bases, 3 GB, are read one at a time and never held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vivant.engines.hyperlora import layout

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    import torch

HEAD = 64
"""Width of an attention head; the checkpoint can't tell it, the paper's is 12 heads of 64."""
ALPHA = 4.0
"""LoRA scale times rank: with rank 8 the product up · down counts half."""

Tensors = dict[str, "torch.Tensor"]
Shape = layout.Shape


class Projector:
    """An ArcFace embedding as tokens: linear, cut into tokens of one width, layer norm."""

    def __init__(self, folder: Path) -> None:
        path = folder / layout.PROJECTOR
        found = layout.shapes(path)
        out, face = layout.sides(path, found, "0.weight", 2)
        (width,) = layout.sides(path, found, "2.weight", 1)
        if out % width:
            raise layout.wrong(path, f"0.weight has {out} rows, no multiple of 2.weight's {width}")
        wanted: dict[str, Shape] = {"0.weight": (out, face), "0.bias": (out,)}
        layout.agree(path, found, {**wanted, "2.weight": (width,), "2.bias": (width,)})
        self.width, self.face = width, face
        self._w = layout.tensors(path)

    def __call__(self, faces: torch.Tensor) -> torch.Tensor:
        """``(n, face)`` → ``(n, tokens, width)``."""
        from torch.nn import functional

        flat = functional.linear(faces, self._w["0.weight"], self._w["0.bias"])
        tokens = flat.reshape(len(flat), -1, self.width)
        return functional.layer_norm(tokens, (self.width,), self._w["2.weight"], self._w["2.bias"])


class Resampler:
    """Learned latents that look at themselves, at the face's tokens, and at its CLIP states."""

    def __init__(self, folder: Path) -> None:
        path = folder / layout.RESAMPLER
        found = layout.shapes(path)
        _, self.count, self.width = layout.sides(path, found, "latents", 3)
        self.bases, _ = layout.sides(path, found, "proj_out.weight", 2)
        inner, _ = layout.sides(path, found, "layers.0.attn1.to_q.weight", 2)
        hidden, _ = layout.sides(path, found, "layers.0.ff.net.0.proj.weight", 2)
        if inner % HEAD:
            raise layout.wrong(path, f"layers.0.attn1.to_q.weight has {inner} rows, no heads of 64")
        self.heads = inner // HEAD
        self.layers = len({name.split(".")[1] for name in found if name.startswith("layers.")})
        layout.agree(path, found, self._shapes(inner, hidden, found.keys()))
        self._w = layout.tensors(path)

    def __call__(self, x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Tokens ``x`` and states ``y``, ``(n, ·, width)`` → ``(count, bases)``, rows of length 1.

        Each of the n images gives its own tokens; their mean is the person's.
        """
        from torch.nn import functional

        x, y = self._linear(x, "proj_in"), self._linear(y, "proj_in_2")
        z = self._w["latents"].expand(len(x), -1, -1)
        for layer in (f"layers.{number}" for number in range(self.layers)):
            own = self._norm(z, f"{layer}.norm_attn1")
            z = z + self._attend(own, own, f"{layer}.attn1")
            for attn, seen, name in (("attn2", x, "x"), ("attn3", y, "y")):
                asking = self._norm(z, f"{layer}.norm_{attn}_l")
                shown = self._norm(seen, f"{layer}.norm_{attn}_{name}")
                z = z + self._attend(asking, shown, f"{layer}.{attn}")
            inner = self._linear(self._norm(z, f"{layer}.norm_ff"), f"{layer}.ff.net.0.proj")
            z = z + self._linear(functional.gelu(inner), f"{layer}.ff.net.2")
        return functional.normalize(self._linear(z, "proj_out").mean(0), dim=-1)

    def _attend(self, asking: torch.Tensor, shown: torch.Tensor, name: str) -> torch.Tensor:
        from torch.nn import functional

        q, k, v = (
            self._linear(given, f"{name}.{part}")
            .reshape(len(given), -1, self.heads, HEAD)
            .transpose(1, 2)
            for given, part in ((asking, "to_q"), (shown, "to_k"), (shown, "to_v"))
        )
        seen = functional.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)
        return self._linear(seen, f"{name}.to_out.0")

    def _linear(self, x: torch.Tensor, name: str) -> torch.Tensor:
        from torch.nn import functional

        return functional.linear(x, self._w[f"{name}.weight"], self._w.get(f"{name}.bias"))

    def _norm(self, x: torch.Tensor, name: str) -> torch.Tensor:
        from torch.nn import functional

        return functional.layer_norm(
            x, (self.width,), self._w[f"{name}.weight"], self._w[f"{name}.bias"]
        )

    def _shapes(self, inner: int, hidden: int, found: Container[str]) -> dict[str, Shape]:
        """Every tensor there must be; the feed-forward's biases only where the file has them."""
        width = self.width
        wanted: dict[str, Shape] = {"latents": (1, self.count, width)}
        for name, out in (("proj_in", width), ("proj_in_2", width), ("proj_out", self.bases)):
            wanted |= {f"{name}.weight": (out, width), f"{name}.bias": (out,)}
        for layer in (f"layers.{number}" for number in range(self.layers)):
            for norm in ("attn1", "attn2_l", "attn2_x", "attn3_l", "attn3_y", "ff"):
                wanted |= {f"{layer}.norm_{norm}.{part}": (width,) for part in ("weight", "bias")}
            for attn in ("attn1", "attn2", "attn3"):
                wanted |= {f"{layer}.{attn}.to_{part}.weight": (inner, width) for part in "qkv"}
                wanted[f"{layer}.{attn}.to_out.0.weight"] = (width, inner)
            for name, into, out in (("net.0.proj", width, hidden), ("net.2", hidden, width)):
                wanted[f"{layer}.ff.{name}.weight"] = (out, into)
                if f"{layer}.ff.{name}.bias" in found:
                    wanted[f"{layer}.ff.{name}.bias"] = (out,)
        return wanted


class Hypernetwork:
    """A variant's whole checkpoint. Raises MissingModelError for one that is not as published."""

    def __init__(self, folder: Path) -> None:
        self.attentions = layout.attentions(folder)
        self._slots = layout.slots(self.attentions)
        self._projector, self._resampler = Projector(folder), Resampler(folder)
        self._path = folder / layout.BASES
        self._check(folder)

    def lora(self, faces: torch.Tensor, states: torch.Tensor) -> Tensors:
        """The person's LoRA, float16, as the state dict of a LoRA file.

        ``faces`` are ArcFace embeddings ``(n, 512)`` of length 1 and ``states`` CLIP's last hidden
        states but one ``(n, 257, 1024)`` of n images of one person.
        """
        import torch
        from safetensors import safe_open

        self._check_inputs(faces, states)
        with torch.no_grad():
            weights = self._resampler(self._projector(faces.float()), states.float())
        made: Tensors = {}
        with layout.readable(self._path), safe_open(self._path, "pt") as bases:
            for slot, weight in zip(self._slots, weights, strict=True):
                basis = bases.get_tensor(slot.tensor).float()
                matrix = torch.tensordot(weight, basis, dims=1)
                # A basis is stored input first for down, rank first for up; LoRA files hold
                # (out, in) for both.
                half = matrix.T.contiguous().half()
                if not half.isfinite().all():
                    raise layout.wrong(self._path, f"{slot.tensor} gives no finite values")
                made[slot.lora] = half
                made[f"{slot.layer}.alpha"] = torch.tensor(ALPHA)
        return made

    def _check_inputs(self, faces: torch.Tensor, states: torch.Tensor) -> None:
        for given, wanted in ((faces, self._projector.face), (states, self._resampler.width)):
            if given.shape[-1] != wanted:
                raise layout.wrong(
                    self._path.parent,
                    f"it reads {wanted} numbers where {given.shape[-1]} are given",
                )

    def _check(self, folder: Path) -> None:
        resampler = self._resampler
        if resampler.count != len(self._slots):
            raise layout.wrong(
                folder / layout.RESAMPLER,
                f"latents has {resampler.count} tokens; {len(self.attentions)} modules take"
                f" {len(self._slots)}",
            )
        if self._projector.width != resampler.width:
            raise layout.wrong(
                folder / layout.PROJECTOR,
                f"2.weight is {self._projector.width} wide; the resampler reads {resampler.width}",
            )
        found = layout.shapes(self._path)
        *_, rank = layout.sides(self._path, found, self._slots[0].tensor, 3)
        wanted = {slot.tensor: slot.shape(resampler.bases, rank) for slot in self._slots}
        layout.agree(self._path, found, wanted)
