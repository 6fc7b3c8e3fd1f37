"""Fourier transforms against differences, in every option."""

import numpy
import pytest

import tracegrad.numpy as np
from tests.numpy.derivatives import check, check_single

rng = numpy.random.default_rng(1)


def real(*shape):
    return rng.standard_normal(shape)


def cmplx(*shape):
    return real(*shape) + 1j * real(*shape)


NORMS = (None, "backward", "ortho", "forward")
ONE_AXIS = ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft")
MANY_AXES = ("fft2", "ifft2", "rfft2", "irfft2", "fftn", "ifftn", "rfftn", "irfftn")
REAL_ONLY = ("rfft", "ihfft", "rfft2", "rfftn")


def test_namespace_is_ours():
    assert np.fft.__name__ == "tracegrad.numpy.fft"
    assert np.random.__name__ == "tracegrad.numpy.random"
    assert np.random.default_rng is numpy.random.default_rng
    for ours, theirs in ((np.fft, numpy.fft), (np.random, numpy.random)):
        assert not [n for n in dir(theirs) if n[0] != "_" and not hasattr(ours, n)]


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("n", [None, 3, 4, 7, 8])
@pytest.mark.parametrize("name", ONE_AXIS)
def test_one_axis(name, n, norm):
    fun = getattr(np.fft, name)
    for size in (4, 5):
        check(lambda x: fun(x, n=n, norm=norm), real(size))
        if name not in REAL_ONLY:
            check(lambda x: fun(x, n, norm=norm), cmplx(size))


@pytest.mark.parametrize("axis", [0, 1, -2, -1])
@pytest.mark.parametrize("name", ONE_AXIS)
def test_axis(name, axis):
    fun = getattr(np.fft, name)
    check(lambda x: fun(x, axis=axis), real(4, 3, 2) if axis != -1 else real(2, 2, 5))
    check(lambda x: fun(x, 5, axis), real(4, 3, 2))


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("name", MANY_AXES)
def test_many_axes(name, norm):
    fun = getattr(np.fft, name)
    make = real if name in REAL_ONLY else cmplx
    check(lambda x: fun(x, norm=norm), make(3, 4))
    check(lambda x: fun(x, s=(4, 5), axes=(0, 1), norm=norm), make(3, 4))
    check(lambda x: fun(x, s=(2, 3), axes=(2, 0), norm=norm), make(3, 2, 4))
    check(lambda x: fun(x, axes=(1, 2), norm=norm), make(2, 3, 3))
    if name.endswith("n"):
        check(lambda x: fun(x, norm=norm), make(2, 3, 4))
        check(lambda x: fun(x, axes=(-1,), norm=norm), make(2, 3))


def test_axes_named_twice():
    check(lambda x: np.fft.fftn(x, s=(5, 3), axes=(0, 0)), cmplx(4, 2))


@pytest.mark.parametrize("name", ["fftshift", "ifftshift"])
def test_shifts(name):
    fun = getattr(np.fft, name)
    check(lambda x: fun(x), real(5, 4))
    check(lambda x: fun(x, axes=0), cmplx(5, 4))
    check(lambda x: fun(x, axes=(0, 1)), real(5, 3))


def test_frequencies_by_spacing():
    check(lambda d: np.fft.fftfreq(5, d), 0.3)
    check(lambda d: np.fft.rfftfreq(6, d=d), 0.3)


@pytest.mark.parametrize("name", [*ONE_AXIS, *MANY_AXES])
def test_single_precision(name):
    check_single(getattr(np.fft, name), real(4, 3) if name in REAL_ONLY else cmplx(4, 3))


def test_power_spectrum():
    check(lambda x: np.sum(np.abs(np.fft.rfft(x)) ** 2), real(6))
