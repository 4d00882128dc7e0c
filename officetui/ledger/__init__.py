"""The journals: the truth everything else is read from."""
