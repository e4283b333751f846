"""Prompts of any length for SDXL's two CLIP text encoders.

CLIP reads 75 tokens and diffusers drops the rest. Here a prompt is cut into chunks of 75, each is
encoded as a prompt of its own, and the chunks' states are laid end to end: the UNet's
cross-attention takes any length. The pooled state, one vector for the whole picture, is the first
chunk's, where the subject stands. A prompt of one chunk gives what the pipeline's own
``encode_prompt`` gives, bit for bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vivant.errors import PromptError

if TYPE_CHECKING:
    import torch

MOST_CHUNKS = 8
"""600 tokens, about 450 words: more than any scene needs, and attention to each fades."""


@dataclass(frozen=True, eq=False)
class Encoded:
    """Both prompts as the pipeline takes them.

    ``prompt`` and ``negative`` are ``(1, 77 × chunks, width)``, the pooled ones ``(1, width)``.
    """

    prompt: torch.Tensor
    negative: torch.Tensor
    pooled: torch.Tensor
    negative_pooled: torch.Tensor
    chunks: int

    @property
    def arguments(self) -> dict[str, torch.Tensor]:
        """Keyword arguments of an SDXL pipeline's call."""
        return {
            "prompt_embeds": self.prompt,
            "negative_prompt_embeds": self.negative,
            "pooled_prompt_embeds": self.pooled,
            "negative_pooled_prompt_embeds": self.negative_pooled,
        }


def encode(pipe: Any, prompt: str, negative: str) -> Encoded:
    """Both prompts through both encoders of ``pipe``, padded to the same number of chunks.

    An empty ``negative`` is what the checkpoint was trained with: zeros, where its configuration
    says so. Raises PromptError for more than ``MOST_CHUNKS`` chunks.
    """
    import torch

    tokenizers = (pipe.tokenizer, pipe.tokenizer_2)
    texts = (prompt, negative)
    needed = max(len(_chunks(tokenizer, text)) for tokenizer in tokenizers for text in texts)
    if needed > MOST_CHUNKS:
        raise PromptError(
            f"The prompt takes {needed} chunks of 75 tokens; at most {MOST_CHUNKS} are read, beyond"
            " which single words no longer count."
        )
    with torch.no_grad():
        states, pooled = _encode(pipe, prompt, needed)
        if not negative and pipe.config.force_zeros_for_empty_prompt:
            return Encoded(
                states, torch.zeros_like(states), pooled, torch.zeros_like(pooled), needed
            )
        negative_states, negative_pooled = _encode(pipe, negative, needed)
    return Encoded(states, negative_states, pooled, negative_pooled, needed)


def _encode(pipe: Any, text: str, chunks: int) -> tuple[torch.Tensor, torch.Tensor]:
    """States ``(1, 77 × chunks, width)`` and the first chunk's pooled state ``(1, width)``."""
    import torch

    device, sides, pooled = pipe._execution_device, [], None
    for tokenizer, encoder in (
        (pipe.tokenizer, pipe.text_encoder),
        (pipe.tokenizer_2, pipe.text_encoder_2),
    ):
        given = [
            encoder(ids.to(device), output_hidden_states=True)
            for ids in _padded(tokenizer, text, chunks)
        ]
        # The last state but one: SDXL was trained on it.
        sides.append(torch.cat([one.hidden_states[-2] for one in given], dim=1))
        pooled = given[0][0]
    assert pooled is not None
    return torch.cat(sides, dim=-1), pooled


def _padded(tokenizer: Any, text: str, chunks: int) -> list[torch.Tensor]:
    """``chunks`` rows of ids ``(1, 77)``: begin, up to 75 tokens, end, padding."""
    import torch

    cut = _chunks(tokenizer, text)
    rows = []
    for part in [*cut, *[[]] * (chunks - len(cut))]:
        row = [tokenizer.bos_token_id, *part, tokenizer.eos_token_id]
        padding = [tokenizer.pad_token_id] * (tokenizer.model_max_length - len(row))
        rows.append(torch.tensor([row + padding]))
    return rows


def _chunks(tokenizer: Any, text: str) -> list[list[int]]:
    """The text's ids, 75 at a time; one empty chunk for an empty text."""
    ids = tokenizer(text, add_special_tokens=False, verbose=False).input_ids
    room = tokenizer.model_max_length - 2
    return [ids[start : start + room] for start in range(0, max(1, len(ids)), room)]
