"""HyperLoRA: a network that writes a person's LoRA for SDXL from one photo."""
