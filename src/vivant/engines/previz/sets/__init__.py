"""The film sets: which one a prompt asks for, in which light, and how the camera sees it."""
