"""A variational autoencoder: a network that learns to write digits of its own.

An image x is thought to come from a few hidden numbers z with a standard normal distribution. One
network, the decoder, gives the probability of each pixel from z; another, the encoder, guesses from
x which z it may have been. Both are trained together on the evidence lower bound of log p(x).
(D. Kingma, M. Welling, "Auto-encoding variational Bayes", 2014.)
"""

import numpy
from _pictures import save, shades, side_by_side
from sklearn.datasets import load_digits

import tracegrad.numpy as np
from tracegrad import grad
from tracegrad.misc.optimizers import adam

HIDDEN, CODE, BATCH = 64, 8, 50


def layer(inputs, outputs, rng):
    return {"w": rng.normal(size=(inputs, outputs)) / np.sqrt(inputs), "b": np.zeros(outputs)}


def dense(layer, x):
    return x @ layer["w"] + layer["b"]


def encode(model, x):
    """Mean and logarithm of the deviation of the guess at z."""
    code = dense(model["guess"], np.tanh(dense(model["read"], x)))
    return code[:, :CODE], code[:, CODE:]


def decode(model, z):
    """The logit of each pixel."""
    return dense(model["draw"], np.tanh(dense(model["imagine"], z)))


def minus_bound(model, x, noise):
    """-(E[log p(x | z)] - KL(guess ‖ prior)), a mean over images."""
    mean, log_deviation = encode(model, x)
    logits = decode(model, mean + np.exp(log_deviation) * noise)
    surprise = np.sum(np.logaddexp(0, logits) - x * logits, axis=1)
    divergence = np.sum(0.5 * (mean**2 + np.exp(2 * log_deviation) - 1) - log_deviation, axis=1)
    return np.mean(surprise + divergence)


def main():
    rng = np.random.default_rng(0)
    images = load_digits().data / 16
    images = images[rng.permutation(len(images))]
    train, test = images[:1500], images[1500:]
    model = {
        "read": layer(64, HIDDEN, rng),
        "guess": layer(HIDDEN, 2 * CODE, rng),
        "imagine": layer(CODE, HIDDEN, rng),
        "draw": layer(HIDDEN, 64, rng),
    }
    test_noise = rng.normal(size=(len(test), CODE))

    def loss(model, step):
        rows = rng.integers(len(train), size=BATCH)
        return minus_bound(model, train[rows], rng.normal(size=(BATCH, CODE)))

    def report(model, step, gradient):
        if step % 200 == 0:
            bound = -minus_bound(model, test, test_noise)
            print(f"step {step:3}: bound on held-back images {bound:.2f}")

    model = adam(grad(loss), model, report, num_iters=600, step_size=0.005)
    report(model, 600, None)

    # To compare: pixels that are independent of each other, with their true frequencies.
    share = np.clip(np.mean(train, axis=0), 1e-3, 1 - 1e-3)
    independent = np.mean(np.sum(test * np.log(share) + (1 - test) * np.log(1 - share), axis=1))
    bound = -minus_bound(model, test, test_noise)
    print(f"log p with independent pixels {independent:.2f}, at least {bound:.2f} with this model")
    assert bound > independent + 2

    def pixels(logits):
        return 1 / (1 + np.exp(-logits)).reshape(-1, 8, 8)

    again = pixels(decode(model, encode(model, test[:6])[0]))
    print("\nimages that it has never seen, and what is left of them after 8 numbers:\n")
    print(side_by_side(*[shades(image.reshape(8, 8), 1.0) for image in test[:6]]))
    print(side_by_side(*[shades(image, 1.0) for image in again]))
    new = pixels(decode(model, rng.normal(size=(6, CODE))))
    print("\nimages of its own:\n")
    print(side_by_side(*[shades(image, 1.0) for image in new]))

    def draw(axes):
        rows = [test[:6].reshape(6, 8, 8), again, new]
        framed = [numpy.hstack([numpy.pad(image, 1) for image in row]) for row in rows]
        axes.imshow(numpy.vstack(framed), cmap="Greys")
        axes.set(xticks=[], yticks=[4.5, 14.5, 24.5], yticklabels=["seen", "again", "own"])

    save("autoencoder", draw)


if __name__ == "__main__":
    main()
