"""Lines of code about an array x, run on plain arrays and on traced ones."""

from __future__ import annotations

import copy
import json
import math
import operator
import pickle
import warnings

import numpy

import tracegrad.numpy as np
from tests.cases.samples import apart
from tracegrad.modes.forward import pushforward
from tracegrad.modes.reverse import pullback

X = apart(2, 3)
NAMES = {"numpy": numpy, "np": np, "copy": copy, "math": math, "operator": operator}
NAMES |= {"pickle": pickle, "json": json}


def line(source):
    """The function of x that a line of code is; statements before the last `;` change x."""
    *before, last = source.split("; ")
    before = [compile(part, "line", "exec") for part in before]
    last = compile(last, "line", "eval")

    def fun(x):
        names = {**NAMES, "x": x}
        for part in before:
            exec(part, names)
        return eval(last, names)

    return fun


def lines(text):
    return [one for one in text.strip().splitlines() if one and not one.startswith("#")]


def attempt(fun, x):
    """What a call gives, or its error."""
    try:
        with warnings.catch_warnings(), numpy.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return fun(x)
    except Exception as error:
        return error


def answers(fun, x):
    """What a call gives in reverse mode, in forward mode, and of a constant array."""
    seen = []
    pullback(lambda x: seen.append(attempt(fun, x)) or x, x)
    pushforward(lambda x: seen.append(attempt(fun, x)) or x, [x], [x])
    pullback(lambda y: seen.append(attempt(fun, np.array(x))) or y, 1.0)
    return seen if isinstance(x, numpy.ndarray) else seen[:2]
