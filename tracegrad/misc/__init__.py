"""Tools around the derivatives: parameters as one vector, simple optimisers, fixed points."""

from .fixed_points import fixed_point
from .flatten import flatten, flatten_func
from .optimizers import adam, rmsprop, sgd

__all__ = ["adam", "fixed_point", "flatten", "flatten_func", "rmsprop", "sgd"]
