"""A mixture of Gaussians, fitted by a trust-region Newton method that never sees the Hessian.

SciPy's `trust-ncg` asks for Hessian-vector products, and `hvp` gives them at about the price of a
gradient. A cluster is described by its mean and by the triangular factor L of its precision L Lᵀ,
with the logarithms of the diagonal, so that every vector of parameters is a mixture: nothing has to
be kept positive.
"""

from scipy.optimize import minimize

import tracegrad.numpy as np
from tracegrad import hvp, value_and_grad
from tracegrad.misc import flatten
from tracegrad.scipy.special import logsumexp

CLUSTERS = 3


def log_densities(model, points):
    """log(weight · density) of each point under each cluster."""
    scale = np.exp(model["log_diagonal"])
    factor = np.zeros((CLUSTERS, 2, 2))
    factor[:, 0, 0] = scale[:, 0]
    factor[:, 1, 0] = model["below"]
    factor[:, 1, 1] = scale[:, 1]
    centered = points[:, None, :] - model["means"]
    whitened = np.einsum("nki,kij->nkj", centered, factor)
    log_weights = model["logits"] - logsumexp(model["logits"])
    log_normal = np.sum(model["log_diagonal"], axis=1) - np.log(2 * np.pi)
    return log_weights + log_normal - 0.5 * np.sum(whitened**2, axis=-1)


def mean_surprise(model, points):
    return -np.mean(logsumexp(log_densities(model, points), axis=1))


def sample(rng):
    """Three long clusters, turned by 120° each."""
    angles = 2 * np.pi * np.arange(CLUSTERS) / CLUSTERS
    labels = rng.integers(CLUSTERS, size=600)
    x = rng.normal(size=600) * 1.2 + 3.0
    y = rng.normal(size=600) * 0.3
    a = angles[labels]
    points = np.stack([x * np.cos(a) - y * np.sin(a), x * np.sin(a) + y * np.cos(a)], axis=1)
    return points, labels, 3.0 * np.stack([np.cos(angles), np.sin(angles)], axis=1)


def main():
    rng = np.random.default_rng(0)
    points, labels, centers = sample(rng)
    start = {
        "means": rng.normal(size=(CLUSTERS, 2)),
        "log_diagonal": np.zeros((CLUSTERS, 2)),
        "below": np.zeros(CLUSTERS),
        "logits": np.zeros(CLUSTERS),
    }
    vector, unflatten = flatten(start)

    def loss(vector):
        return mean_surprise(unflatten(vector), points)

    found = minimize(
        value_and_grad(loss), vector, jac=True, hessp=hvp(loss), method="trust-ncg", tol=1e-8
    )
    model = unflatten(found.x)
    print(f"trust-ncg: {found.nit} iterations, {found.nhev} Hessian-vector products")
    print(f"mean surprise: {loss(vector):.4f} → {found.fun:.4f}")
    print(f"size of the gradient at the end: {np.max(np.abs(found.jac)):.1e}")
    assert found.success and np.max(np.abs(found.jac)) < 1e-7

    distances = np.linalg.norm(model["means"][:, None] - centers, axis=-1)
    nearest = np.argmin(distances, axis=0)
    share = np.exp(model["logits"] - logsumexp(model["logits"]))
    print("\ncenter of a cluster       found             share of the points")
    for k, (x, y) in zip(nearest, centers):
        a, b = model["means"][k]
        print(f"({x:6.3f}, {y:6.3f})     ({a:6.3f}, {b:6.3f}) {share[k]:15.3f}")
    assert np.max(np.min(distances, axis=0)) < 0.25
    right = np.mean(nearest[labels] == np.argmax(log_densities(model, points), axis=1))
    print(f"points put into their own cluster: {right:.1%}")
    assert right > 0.97


if __name__ == "__main__":
    main()
