"""Previz: painter and animator without weights. The actual person of the photo in a rendered set."""
