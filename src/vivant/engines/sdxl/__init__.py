"""Stable Diffusion XL: what its painters share, and the painter with an IP-Adapter."""
