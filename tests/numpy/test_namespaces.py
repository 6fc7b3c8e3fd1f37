"""The namespaces beside NumPy's own have every public name of NumPy's."""

import numpy
import pytest

import tracegrad.numpy as np


@pytest.mark.parametrize("name", ["linalg", "fft", "random"])
def test_namespace_is_ours(name):
    ours, theirs = getattr(np, name), getattr(numpy, name)
    assert ours.__name__ == f"tracegrad.numpy.{name}"
    assert not [n for n in dir(theirs) if n[0] != "_" and not hasattr(ours, n)]


def test_what_is_no_function_is_numpys():
    assert np.linalg.LinAlgError is numpy.linalg.LinAlgError
