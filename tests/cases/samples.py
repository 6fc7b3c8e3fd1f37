"""Sample arrays; the same ones in every run."""

from __future__ import annotations

import zlib

import numpy

__all__ = ["apart", "inside", "normal", "positive"]


def _random(kind: str, shape: tuple, seed: int) -> numpy.random.Generator:
    return numpy.random.default_rng(zlib.crc32(repr((kind, shape, seed)).encode()))


def normal(*shape: int, seed: int = 0) -> numpy.ndarray:
    """Of both signs, away from 0: normal values, pushed outwards by 0.3."""
    x = _random("normal", shape, seed).standard_normal(shape)
    return x + 0.3 * numpy.sign(x)


def positive(*shape: int, seed: int = 0) -> numpy.ndarray:
    """Between 0.5 and 2.5."""
    return _random("positive", shape, seed).uniform(0.5, 2.5, shape)


def inside(*shape: int, seed: int = 0) -> numpy.ndarray:
    """Between -0.8 and 0.8, at least 0.1 from 0."""
    x = _random("inside", shape, seed).uniform(0.1, 0.8, shape)
    return x * numpy.where(_random("sign", shape, seed).uniform(size=shape) < 0.5, -1, 1)


def apart(*shape: int, seed: int = 0) -> numpy.ndarray:
    """No two within 0.1 of each other or of 0, in random order: sorting and extremes are smooth."""
    size = int(numpy.prod(shape))
    values = (numpy.arange(size) - size // 2 + 0.37) * 0.25
    return _random("apart", shape, seed).permutation(values).reshape(shape)
