"""Containers and functions that the tests of operators share."""

import collections
import dataclasses

import numpy

import tracegrad.numpy as np

Point = collections.namedtuple("Point", "x y")


@dataclasses.dataclass
class Layer:
    w: numpy.ndarray
    b: float
    name: str = "dense"


def nested():
    """A tree with every kind of container, and what is no number among it."""
    return {
        "layer": Layer(numpy.array([[1.0, 2.0], [3.0, 4.0]]), 0.5),
        "point": Point(2.0, [numpy.array([1.0, -1.0]), None]),
        "text": "linear",
        "deep": ({"z": numpy.float64(3.0)},),
    }


def loss(tree, factor=1.0):
    """A scalar of `nested()`."""
    y = tree["layer"].w @ tree["point"].y[0] + tree["layer"].b
    return factor * np.sum(y**2) * tree["point"].x + tree["deep"][0]["z"] ** 3


def cubes(x):
    return np.sum(x**3)


def product(x, y):
    return x * y**2
