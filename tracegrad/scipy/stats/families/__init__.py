"""The formulas of distributions, by family. Those of Johnson, Kotz and Balakrishnan's handbooks.

They are SciPy's parametrisations, at loc 0 and scale 1. Each is written for its derivatives: values
are SciPy's own.
"""
