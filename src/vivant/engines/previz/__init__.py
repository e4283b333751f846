"""Previz, painter and animator without weights: the photo's own person in a rendered set."""
