"""Derivative rules by family, in the words of `kinds`."""
