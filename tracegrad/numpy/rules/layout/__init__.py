"""Functions that rearrange elements, put arrays together and make them."""

from . import (
    assembling,
    grids,
    joining,
    layouts,
    padding,
    ranges,
    shaping,
    tricks,
    windows,
)

__all__ = [
    "assembling",
    "grids",
    "joining",
    "layouts",
    "padding",
    "ranges",
    "shaping",
    "tricks",
    "windows",
]
