"""Gaussian process regression that chooses its own smoothness, height and noise.

The logarithm of the probability of the data under the process is a function of three numbers. Its
gradient goes through the Cholesky factor of the covariance matrix; SciPy's L-BFGS does the rest.
The curve has a gap in its data, where the process says by itself that it does not know.
"""

import numpy
from _pictures import save
from scipy.optimize import minimize

import tracegrad.numpy as np
from tracegrad import grad, value_and_grad
from tracegrad.scipy.linalg import cho_solve, cholesky, solve_triangular


def covariance(log_scales, one, other):
    """Of the curve's values: nearby values are alike, as far as the length says."""
    length, height = np.exp(log_scales[:2])
    return height**2 * np.exp(-0.5 * ((one[:, None] - other) / length) ** 2)


def factored(log_scales, x):
    """The lower factor of the covariance of noisy values."""
    noise = np.exp(log_scales[2])
    return cholesky(covariance(log_scales, x, x) + noise**2 * np.eye(len(x)), lower=True)


def surprise(log_scales, x, y):
    """-log p(y): how badly the curve fits, how many curves there are, and a constant."""
    factor = factored(log_scales, x)
    fit = 0.5 * y @ cho_solve((factor, True), y)
    return fit + np.sum(np.log(np.diag(factor))) + 0.5 * len(y) * np.log(2 * np.pi)


def predict(log_scales, x, y, places):
    """Mean and standard deviation of the curve at the places, given the data."""
    factor = factored(log_scales, x)
    cross = covariance(log_scales, x, places)
    mean = cross.T @ cho_solve((factor, True), y)
    explained = np.sum(solve_triangular(factor, cross, lower=True) ** 2, axis=0)
    return mean, np.sqrt(np.exp(2 * log_scales[1]) - explained)


def curve(x):
    return np.sin(2 * x) + 0.5 * np.cos(5 * x)


def main():
    rng = np.random.default_rng(1)
    x = np.sort(np.concatenate([rng.uniform(0, 2, 25), rng.uniform(3.5, 6, 25)]))
    y = curve(x) + 0.1 * rng.normal(size=x.size)
    found = minimize(value_and_grad(surprise), np.zeros(3), (x, y), "L-BFGS-B", jac=True)
    length, height, noise = np.exp(found.x)
    print(
        f"surprise: {surprise(np.zeros(3), x, y):.2f} → {found.fun:.2f} in {found.nit} iterations"
    )
    print(f"length {length:.3f}, height {height:.3f}, noise {noise:.3f} (0.1 was added)")
    assert np.max(np.abs(grad(surprise)(found.x, x, y))) < 1e-2
    assert 0.07 < noise < 0.13

    places = np.linspace(0, 6, 25)
    mean, spread = predict(found.x, x, y, places)
    print("\n    x   curve    mean   ±      -2" + " " * 20 + "0" + " " * 20 + "2")
    for place, m, s in zip(places, mean, spread):
        low, middle, high = numpy.clip(np.round(10 * np.array([m - 2 * s, m, m + 2 * s])), -20, 20)
        band = ["-" if low <= i <= high else " " for i in range(-20, 21)]
        band[int(middle) + 20] = "o"
        print(f"{place:5.2f} {curve(place):7.2f} {m:7.2f}  {s:4.2f}     {''.join(band)}")
    # In the gap it is unsure; elsewhere it is sure, and right.
    gap = (places > 2.3) & (places < 3.2)
    assert np.min(spread[gap]) > 3 * np.median(spread[~gap])
    assert np.all(np.abs(mean - curve(places)) < 4 * spread + 1e-3)

    # The slope of the prediction is the prediction of the slope: a mean is a function like any.
    slope = grad(lambda place: predict(found.x, x, y, place[None])[0][0])(1.0)
    print(f"\nslope at 1: {slope:.3f}; of the curve: {grad(curve)(1.0):.3f}")
    assert abs(slope - grad(curve)(1.0)) < 0.5

    def draw(axes):
        fine = np.linspace(0, 6, 300)
        mean, spread = predict(found.x, x, y, fine)
        axes.fill_between(fine, mean - 2 * spread, mean + 2 * spread, alpha=0.3)
        axes.plot(fine, mean, fine, curve(fine), "--", x, y, "k.")

    save("gaussian_process", draw)


if __name__ == "__main__":
    main()
