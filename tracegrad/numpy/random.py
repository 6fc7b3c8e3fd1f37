"""Every public name of `numpy.random`, as it is: random numbers are constants."""

import numpy as _numpy

globals().update(
    {name: getattr(_numpy.random, name) for name in dir(_numpy.random) if name[0] != "_"}
)
