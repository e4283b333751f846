"""The person of the photo: cut out, framed, dressed, lit, and moved."""
