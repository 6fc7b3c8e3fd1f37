"""Two neural networks from matrix products and a dictionary of parameters.

There is no class of layers: a network is a function of its parameters and its input. The parameters
are nested dictionaries, the gradient is nested dictionaries of the same form, and so is what the
optimiser Adam steps through. The first network fits a curved function, the second reads
handwritten digits and is judged by digits that it has not seen.
"""

from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import tracegrad.numpy as np
from tracegrad import grad
from tracegrad.misc.optimizers import adam


def dense(inputs, outputs, rng):
    """Parameters of one layer; the spread keeps the outputs about as large as the inputs."""
    spread = np.sqrt(2.0 / inputs)
    return {"weights": spread * rng.normal(size=(inputs, outputs)), "bias": np.zeros(outputs)}


def apply(layer, x):
    return x @ layer["weights"] + layer["bias"]


def network(parameters, x):
    """Dense with relu, then dense."""
    hidden = np.maximum(apply(parameters["hidden"], x), 0)
    return apply(parameters["output"], hidden)


# --- a function of five numbers -----------------------------------------------------------------


def mean_squared_error(parameters, x, y):
    return np.mean((network(parameters, x)[:, 0] - y) ** 2)


def fit_function():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(100, 5))
    y = np.abs(x[:, 0]) + x[:, 1] - x[:, 2]
    parameters = {"hidden": dense(5, 10, rng), "output": dense(10, 1, rng)}

    def report(parameters, epoch, gradient):
        if epoch % 20 == 0:
            print(f"  epoch {epoch:3}: loss {mean_squared_error(parameters, x, y):.4f}")

    print("Dense(10, relu), Dense(1) on 100 rows of 5 numbers")
    before = mean_squared_error(parameters, x, y)
    # Adam hands the gradient the number of the step too, for those who choose a batch by it.
    gradient = grad(lambda parameters, epoch: mean_squared_error(parameters, x, y))
    parameters = adam(gradient, parameters, callback=report, num_iters=100, step_size=0.01)
    after = mean_squared_error(parameters, x, y)
    print(f"  afterwards: loss {after:.4f}")
    assert after < 0.2 * before


# --- handwritten digits -------------------------------------------------------------------------


def cross_entropy(parameters, images, labels):
    """The mean of -log(probability of the right digit)."""
    scores = network(parameters, images)
    scores = scores - np.max(scores, axis=1, keepdims=True)  # exp does not overflow below 0
    log_total = np.log(np.sum(np.exp(scores), axis=1))
    return np.mean(log_total - scores[np.arange(len(labels)), labels])


def accuracy(parameters, images, labels):
    return np.mean(np.argmax(network(parameters, images), axis=1) == labels)


def read_digits():
    digits = load_digits()
    train_x, test_x, train_y, test_y = train_test_split(
        digits.data / 16, digits.target, test_size=0.25, random_state=0, stratify=digits.target
    )
    rng = np.random.default_rng(0)
    parameters = {"hidden": dense(64, 64, rng), "output": dense(64, 10, rng)}
    batches = np.array_split(rng.permutation(len(train_y)), 20)

    def batch_loss(parameters, step):
        rows = batches[step % len(batches)]
        return cross_entropy(parameters, train_x[rows], train_y[rows])

    print(f"Digits: {len(train_y)} images to learn from, {len(test_y)} held back")
    print(f"  accuracy before: {accuracy(parameters, test_x, test_y):.1%}")
    steps = 20 * len(batches)
    parameters = adam(grad(batch_loss), parameters, num_iters=steps, step_size=0.005)
    held_back = accuracy(parameters, test_x, test_y)
    print(f"  accuracy after {steps} steps: {held_back:.1%} of the held-back images")
    assert held_back >= 0.95


def main():
    fit_function()
    read_digits()


if __name__ == "__main__":
    main()
