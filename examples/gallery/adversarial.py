"""Two networks that teach each other: one makes points, the other tells them from real ones.

The real points lie around the corners of a pentagon. The maker turns random numbers into points;
the judge says how real a point looks. Each descends along its own gradient of one game. Such games
tend to go round in circles. They settle down if the judge is kept from being steep where the real
points are: its loss has the square of its gradient by the *points* in it, so its own gradient is a
derivative of a derivative. (L. Mescheder and others, "Which training methods for GANs do actually
converge?", 2018.)
"""

from itertools import pairwise

from _pictures import scatter

import tracegrad.numpy as np
from tracegrad import grad
from tracegrad.misc.optimizers import adam

ANGLES = 2 * np.pi * (np.arange(5) / 5 + 0.05)
CORNERS = np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)
BATCH = 64


def real_points(count, rng):
    return CORNERS[rng.integers(len(CORNERS), size=count)] + 0.05 * rng.normal(size=(count, 2))


def network(layers, x):
    for i, (matrix, bias) in enumerate(layers):
        x = (np.maximum(x, 0.2 * x) if i else x) @ matrix + bias
    return x


def layers(sizes, rng):
    return [(rng.normal(size=(m, n)) * np.sqrt(2 / m), np.zeros(n)) for m, n in pairwise(sizes)]


def softplus(x):
    return np.logaddexp(0, x)


def judge_loss(judge, real, made):
    scores = network(judge, real), network(judge, made)
    steepness = grad(lambda points: np.sum(network(judge, points)))(real)
    penalty = 0.5 * np.mean(np.sum(steepness**2, axis=1))
    return np.mean(softplus(-scores[0])) + np.mean(softplus(scores[1])) + 0.02 * penalty


def maker_loss(maker, judge, noise):
    return np.mean(softplus(-network(judge, network(maker, noise))))


def shares(points):
    """Of the points, those close to each of the corners."""
    distances = np.linalg.norm(points[:, None] - CORNERS, axis=-1)
    return np.mean(distances < 0.25, axis=0)


def main():
    rng = np.random.default_rng(0)
    players = {"maker": layers([4, 32, 32, 2], rng), "judge": layers([2, 32, 32, 1], rng)}
    test_noise = rng.normal(size=(400, 4))

    def gradients(players, step):
        """Of each player's own loss by its own parameters."""
        maker, judge = players["maker"], players["judge"]
        noise = rng.normal(size=(BATCH, 4))
        real, made = real_points(BATCH, rng), network(maker, noise)
        return {
            "maker": grad(maker_loss)(maker, judge, noise),
            "judge": grad(judge_loss)(judge, real, made),
        }

    def report(players, step, gradient):
        if step % 300 == 0:
            found = shares(network(players["maker"], test_noise))
            each = " ".join(f"{share:4.0%}" for share in found)
            print(f"step {step:4}: {np.sum(found):4.0%} near a corner, of each: {each}")

    options = {"num_iters": 1200, "step_size": 0.005, "b1": 0.5, "b2": 0.99}
    players = adam(gradients, players, report, **options)
    report(players, 1200, None)
    made = network(players["maker"], test_noise)
    print(f"\nwhat the maker makes:\n\n{scatter(made, '.' * len(made))}")
    assert np.sum(shares(made)) > 0.6 and np.min(shares(made)) > 0.05


if __name__ == "__main__":
    main()
