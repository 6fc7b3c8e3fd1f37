"""A map of handwritten digits, drawn by a Gaussian process that has to guess its own inputs.

A Gaussian process latent variable model explains each of the 64 pixels as a smooth function of a
place in the plane, and nobody knows the places: they are parameters like the functions' smoothness.
What is maximised is log p(pixels | places) + log p(places). Digits that look alike must end up
close to each other. (N. Lawrence, "Probabilistic non-linear principal component analysis", 2005.)
"""

import numpy
from _pictures import save, scatter
from scipy.optimize import minimize
from sklearn.datasets import load_digits

import tracegrad.numpy as np
from tracegrad import value_and_grad
from tracegrad.misc import flatten

SHOWN = [2, 3, 8, 9]


def negative_log_joint(model, pixels):
    places = model["places"]
    height, length, noise = np.exp(model["log_scales"])
    squares = np.sum((places[:, None] - places) ** 2, axis=-1)
    covariance = height**2 * np.exp(-0.5 * squares / length**2)
    covariance[np.diag_indices(len(places))] += noise**2 + 1e-6
    factor = np.linalg.cholesky(covariance)
    whitened = np.linalg.solve(factor, pixels)
    volume = pixels.shape[1] * np.sum(np.log(np.diag(factor)))
    return 0.5 * np.sum(whitened**2) + volume + 0.5 * np.sum(places**2)


def principal_places(pixels):
    """The plane of the largest spread: where to begin, and what to be better than."""
    left, _, _ = numpy.linalg.svd(pixels, full_matrices=False)
    return left[:, :2] * numpy.sqrt(len(pixels))


def alike_neighbours(places, labels):
    """How often the nearest neighbour in the plane is the same digit."""
    squares = numpy.sum((places[:, None] - places) ** 2, axis=-1)
    numpy.fill_diagonal(squares, numpy.inf)
    return numpy.mean(labels[numpy.argmin(squares, axis=1)] == labels)


def main():
    digits = load_digits()
    chosen = numpy.flatnonzero(numpy.isin(digits.target, SHOWN))[:100]
    labels = digits.target[chosen]
    pixels = digits.data[chosen] / 16
    pixels = (pixels - pixels.mean(axis=0)) / pixels.std()
    before = principal_places(pixels)
    start = {"places": before, "log_scales": np.log([1.0, 1.0, 0.5])}
    vector, unflatten = flatten(start)

    def loss(vector):
        return negative_log_joint(unflatten(vector), pixels)

    options = {"maxiter": 150}
    found = minimize(value_and_grad(loss), vector, jac=True, method="L-BFGS-B", options=options)
    model = unflatten(found.x)
    after = model["places"]
    height, length, noise = np.exp(model["log_scales"])
    print(f"-log p: {loss(vector):.0f} → {found.fun:.0f} in {found.nit} iterations")
    print(f"height {height:.2f}, length {length:.2f}, noise {noise:.2f}")
    assert found.fun < loss(vector) - 500

    print(f"\n{scatter(after, [str(label) for label in labels])}\n")
    then, now = alike_neighbours(before, labels), alike_neighbours(after, labels)
    print(f"nearest neighbour is the same digit: {then:.0%} in the plane of largest spread,")
    print(f"                                     {now:.0%} in this one")
    assert now > then + 0.05

    def draw(axes):
        for axis, places, title in zip(axes, (before, after), ("principal components", "GPLVM")):
            axis.set(title=title, xticks=[], yticks=[])
            for label in SHOWN:
                axis.scatter(*places[labels == label].T, marker=f"${label}$")

    save("gplvm", draw, ncols=2)


if __name__ == "__main__":
    main()
