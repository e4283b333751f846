"""The method, in the order of its stages; no stage names a model."""
