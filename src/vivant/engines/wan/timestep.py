"""TI2V-5B's timesteps, applied once for each distinct value instead of once for each token.

TI2V-5B keeps the keyframe clean: its tokens have timestep 0 and all others the step's own.
diffusers writes that as one timestep for every token and carries the six modulation vectors of
every token through every block: at 1280x704x121 that is a float32 tensor of 2.0e9 bytes in each of
30 blocks, about 210e9 bytes of memory traffic a forward. Only two distinct rows exist, each over
one unbroken run of tokens; here they are applied run by run.

Exact, not nearly: the rows come from diffusers' own embedder on all tokens, because a matrix
product of two rows may round otherwise than one of many; a run ends wherever two neighbouring rows
differ in any bit; and the block below rounds wherever diffusers rounds. The rows of a step are
remembered, so the pass without the prompt, and every later film of that length, saves the
embedder's work too.

It leans on the inside of diffusers, so a version that was not tested is left as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from vivant.engines.wan import untested
from vivant.errors import EngineError

if TYPE_CHECKING:
    import torch


def collapse(transformer: Any) -> str:
    """Make ``transformer``, a WanTransformer3DModel, apply distinct timesteps run by run.

    To be called before hooks, casting or compilation are put on it; ``restore`` undoes it. Gives
    "applied", or why not, for the record.
    """
    if why := untested():
        return why
    runs = _Runs()
    embedder = transformer.condition_embedder
    embedder.forward = partial(_embed, embedder, embedder.forward, runs)
    for block in transformer.blocks:
        block.forward = partial(_modulate, block, block.forward, runs)
    return "applied"


def restore(transformer: Any) -> None:
    """Give ``transformer`` its own arithmetic back; to be called after hooks are removed."""
    for module in (transformer.condition_embedder, *transformer.blocks):
        module.__dict__.pop("forward", None)


@dataclass(frozen=True, eq=False)
class _Rows:
    """Embedded timesteps, one row a run of tokens.

    ``time`` is (1, runs, dim), ``modulation`` (1, runs, 6 dim), ``counts`` (runs,) as a tensor and
    ``lengths`` the same as integers.
    """

    time: torch.Tensor
    modulation: torch.Tensor
    counts: torch.Tensor
    lengths: list[int]


Key: TypeAlias = "tuple[tuple[float, ...], tuple[int, ...], torch.dtype]"


@dataclass
class _Runs:
    """The runs of the forward that is under way, and the rows of earlier steps.

    ``lengths`` is empty where one row holds for all tokens, as in Wan's other models.
    """

    lengths: list[int] = field(default_factory=list)
    known: dict[Key, _Rows] = field(default_factory=dict)


def _embed(
    embedder: Any,
    plain: Any,
    runs: _Runs,
    timestep: torch.Tensor,
    encoder_hidden_states: torch.Tensor,
    encoder_hidden_states_image: torch.Tensor | None = None,
    timestep_seq_len: int | None = None,
) -> tuple[torch.Tensor | None, ...]:
    """The embedder's forward; of the modulation only one row a run.

    ``timestep`` is (tokens,). Gives the time embedding (1, tokens, dim), the modulation
    (1, runs, 6 dim), the text and no image.
    """
    import torch

    if timestep_seq_len is None or encoder_hidden_states_image is not None:
        runs.lengths = []
        whole: tuple[torch.Tensor | None, ...] = plain(
            timestep, encoder_hidden_states, encoder_hidden_states_image, timestep_seq_len
        )
        return whole
    if timestep_seq_len != len(timestep):
        raise EngineError("Collapsed timesteps hold for one film at a time, not for a batch.")
    values, counts = torch.unique_consecutive(timestep, return_counts=True)
    key = (tuple(values.tolist()), tuple(counts.tolist()), encoder_hidden_states.dtype)
    if key in runs.known:
        text = embedder.text_embedder(encoder_hidden_states)
    else:
        time, modulation, text, _ = plain(timestep, encoder_hidden_states, None, timestep_seq_len)
        runs.known[key] = _rows(time, modulation)
    rows = runs.known[key]
    runs.lengths = rows.lengths
    return rows.time.repeat_interleave(rows.counts, dim=1), rows.modulation, text, None


def _rows(time: torch.Tensor, modulation: torch.Tensor) -> _Rows:
    """One row for each run of tokens whose rows are equal bit for bit."""
    import torch

    differ = (modulation[0, 1:] != modulation[0, :-1]).any(-1)
    differ |= (time[0, 1:] != time[0, :-1]).any(-1)
    starts = torch.cat([differ.new_zeros(1, dtype=torch.long), differ.nonzero().flatten() + 1])
    counts = torch.diff(starts, append=starts.new_tensor([time.shape[1]]))
    return _Rows(time[:, starts], modulation[:, starts], counts, counts.tolist())


def _modulate(
    block: Any,
    plain: Any,
    runs: _Runs,
    hidden_states: torch.Tensor,
    encoder_hidden_states: torch.Tensor,
    temb: torch.Tensor,
    rotary_emb: torch.Tensor,
) -> torch.Tensor:
    """A Wan block's forward, (1, tokens, dim) to the same; ``temb`` is (1, runs, 6, dim).

    Scaled and shifted self-attention behind a gate, cross-attention to the text, and a scaled and
    shifted feed-forward behind a gate.
    """
    lengths = runs.lengths
    if not lengths:
        out: torch.Tensor = plain(hidden_states, encoder_hidden_states, temb, rotary_emb)
        return out
    table = block.scale_shift_table.unsqueeze(0) + temb.float()
    shift, scale, gate, late_shift, late_scale, late_gate = table.unbind(2)

    inner = _shifted(block.norm1(hidden_states.float()), scale, shift, lengths)
    attended = block.attn1(inner.type_as(hidden_states), None, None, rotary_emb)
    hidden_states = _gated(hidden_states, attended, gate, lengths)

    inner = block.norm2(hidden_states.float()).type_as(hidden_states)
    hidden_states = hidden_states + block.attn2(inner, encoder_hidden_states, None, None)

    inner = _shifted(block.norm3(hidden_states.float()), late_scale, late_shift, lengths)
    fed = block.ffn(inner.type_as(hidden_states))
    return _gated(hidden_states, fed, late_gate, lengths)


def _shifted(
    normal: torch.Tensor, scale: torch.Tensor, shift: torch.Tensor, lengths: list[int]
) -> torch.Tensor:
    """``normal * (1 + scale) + shift`` in place, row i of both for the i-th run of tokens."""
    import torch

    for row, run in enumerate(torch.split(normal, lengths, dim=1)):
        run.mul_(1 + scale[:, row : row + 1]).add_(shift[:, row : row + 1])
    return normal


def _gated(
    hidden: torch.Tensor, change: torch.Tensor, gate: torch.Tensor, lengths: list[int]
) -> torch.Tensor:
    """``hidden + change * gate`` in float32, row i of ``gate`` for the i-th run of tokens."""
    import torch

    total = hidden.to(torch.float32, copy=True)
    parts = zip(
        torch.split(total, lengths, dim=1), torch.split(change, lengths, dim=1), strict=True
    )
    for row, (run, part) in enumerate(parts):
        run.add_(part.float() * gate[:, row : row + 1])
    return total.type_as(hidden)
