"""The camera that person and set share."""

PERSON = 1.3
"""Metres from the camera to the person, who is in focus."""
FOCAL = 1250 / 480
"""Focal length of the person's picture in frame heights."""
PIVOT = 0.42
"""Disparity (1/m) that stays in place while the camera travels: the operator half re-aims."""
