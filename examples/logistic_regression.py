"""Logistic regression by gradient descent: on four rows, then on real data.

The real data set is scikit-learn's breast cancer set: 569 tumours, 30 measurements of each, and
whether it was benign. A fifth of the rows is held back to see how well the fit does on rows it has
never met. The loss of each step and the decision scores of the held-back rows are drawn into
`logistic_regression.png`.
"""

import argparse
from pathlib import Path

from matplotlib.figure import Figure
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import train_test_split
from tqdm import tqdm

import tracegrad.numpy as np
from tracegrad import grad, value_and_grad


def sigmoid(x):
    return 0.5 * (np.tanh(x / 2) + 1)  # 1 / (1 + exp(-x)), without its overflow


# --- four rows ----------------------------------------------------------------------------------

TOY_INPUTS = np.array(
    [[0.52, 1.12, 0.77], [0.88, -1.08, 0.15], [0.52, 0.06, -1.30], [0.74, -2.49, 1.39]]
)
TOY_TARGETS = np.array([True, True, False, True])


def toy_loss(weights):
    """Minus the logarithm of the probability that the model gives to the right labels."""
    predictions = sigmoid(np.dot(TOY_INPUTS, weights))
    label_probabilities = predictions * TOY_TARGETS + (1 - predictions) * (1 - TOY_TARGETS)
    return -np.sum(np.log(label_probabilities))


def fit_toy():
    gradient = grad(toy_loss)  # a function: weights in, gradient out
    weights = np.zeros(3)
    before = toy_loss(weights)
    for _ in range(100):
        weights = weights - 0.01 * gradient(weights)
    after = toy_loss(weights)

    print("Four rows")
    print(f"  loss before: {before:.7f}")
    print(f"  loss after:  {after:.7f}")
    assert abs(before - 4 * np.log(2)) < 1e-12  # every label had the probability 1/2
    assert after < 0.4 * before


# --- real data ----------------------------------------------------------------------------------


def scores(model, inputs):
    """Above 0: rather benign. Below 0: rather malignant."""
    return inputs @ model["weights"] + model["bias"]


def loss(model, inputs, targets):
    """The mean of -log(probability of the right label), and a small pull of the weights to 0.

    log(1 + exp(-s)) is -log(sigmoid(s)), right also where the sigmoid rounds to 0.
    """
    signs = 2 * targets - 1
    surprise = np.mean(np.logaddexp(0, -signs * scores(model, inputs)))
    return surprise + 1e-3 * np.sum(model["weights"] ** 2)


def accuracy(model, inputs, targets):
    return np.mean((scores(model, inputs) > 0) == targets)


def fit_real(output):
    data = load_breast_cancer()
    train_x, test_x, train_y, test_y = train_test_split(
        data.data, data.target, test_size=0.2, random_state=0, stratify=data.target
    )
    # Measurements of 0.01 and of 1000 stand side by side. The scale is that of the training rows:
    # nothing about the held-back ones may reach the fit.
    center, spread = train_x.mean(axis=0), train_x.std(axis=0)
    train_x, test_x = (train_x - center) / spread, (test_x - center) / spread

    step = value_and_grad(loss)
    model = {"weights": np.zeros(train_x.shape[1]), "bias": 0.0}
    losses = []
    for _ in tqdm(range(500), desc="fitting", unit="step"):
        value, slope = step(model, train_x, train_y)  # the gradient is a dict like the model
        model = {name: model[name] - 0.5 * slope[name] for name in model}
        losses.append(value)

    held_back = accuracy(model, test_x, test_y)
    print(f"Breast cancer: {len(train_y)} rows to learn from, {len(test_y)} held back")
    print(f"  loss before: {losses[0]:.4f}")
    print(f"  loss after:  {losses[-1]:.4f}")
    print(f"  accuracy on the rows learnt from: {accuracy(model, train_x, train_y):.1%}")
    print(f"  accuracy on the held-back rows:   {held_back:.1%}")
    assert losses[-1] < 0.1
    assert held_back >= 0.95

    picture = output / "logistic_regression.png"
    draw(losses, scores(model, test_x), test_y, data.target_names, picture)
    print(f"  plot: {picture}")


def draw(losses, test_scores, test_y, names, file):
    """The loss of each step, and how the scores part the held-back rows of the two classes."""
    figure = Figure(figsize=(9, 3.5), layout="constrained")
    left, right = figure.subplots(1, 2)
    left.semilogy(losses)
    left.set(xlabel="step", ylabel="loss", title="Loss")
    bins = np.linspace(test_scores.min(), test_scores.max(), 30)
    for label, name in enumerate(names):
        right.hist(test_scores[test_y == label], bins, alpha=0.6, label=str(name))
    right.axvline(0, color="black", linewidth=1)
    right.set(xlabel="decision score", ylabel="rows", title="Held-back rows")
    right.legend()
    figure.savefig(file, dpi=120)


def main():
    parser = argparse.ArgumentParser(description="Logistic regression on toy and on real data.")
    default = Path(__file__).parent / "output"
    parser.add_argument("--output", type=Path, default=default, help="folder for the plot")
    output = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)

    fit_toy()
    fit_real(output)


if __name__ == "__main__":
    main()
