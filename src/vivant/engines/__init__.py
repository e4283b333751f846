"""Engines: the only place that names a checkpoint or a model library."""
