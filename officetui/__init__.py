"""officetui: the console of a general office."""

__version__ = "0.1.0"
