"""A convolutional network that reads handwritten digits.

A convolution is a product of all the small windows of the images with a few kernels: NumPy has the
windows (`sliding_window_view`) and the product (`einsum`), and both have derivatives. Afterwards
the gradient by the *image* is shown: where ink would make the network more, or less, sure of an 8.
"""

import numpy
from _pictures import shades, side_by_side
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import tracegrad.numpy as np
from tracegrad import grad
from tracegrad.misc.optimizers import adam
from tracegrad.scipy.special import log_softmax


def convolve(images, kernels):
    """(image, row, column, channel) with (row, column, channel, new channel)."""
    windows = np.lib.stride_tricks.sliding_window_view(images, kernels.shape[:2], axis=(1, 2))
    return np.einsum("nrcidj,djik->nrck", windows, kernels, optimize=True)


def pool(images):
    """The largest of each square of four pixels."""
    n, rows, columns, channels = images.shape
    return np.max(images.reshape(n, rows // 2, 2, columns // 2, 2, channels), axis=(2, 4))


def log_probabilities(model, images):
    x = np.maximum(convolve(images[..., None], model["first"]), 0)  # 8 × 8 → 6 × 6
    x = pool(np.maximum(convolve(np.pad(x, [(0, 0), (1, 1), (1, 1), (0, 0)]), model["second"]), 0))
    return log_softmax(x.reshape(len(x), -1) @ model["dense"] + model["bias"], axis=1)


def accuracy(model, images, labels):
    return np.mean(np.argmax(log_probabilities(model, images), axis=1) == labels)


def main():
    digits = load_digits()
    train_x, test_x, train_y, test_y = train_test_split(
        digits.images / 16, digits.target, test_size=0.25, random_state=0, stratify=digits.target
    )
    rng = np.random.default_rng(0)
    model = {
        "first": rng.normal(size=(3, 3, 1, 8)) * np.sqrt(2 / 9),
        "second": rng.normal(size=(3, 3, 8, 16)) * np.sqrt(2 / 72),
        "dense": rng.normal(size=(144, 10)) * np.sqrt(1 / 144),
        "bias": np.zeros(10),
    }

    def loss(model, step):
        rows = rng.integers(len(train_y), size=50)
        return -np.mean(log_probabilities(model, train_x[rows])[np.arange(50), train_y[rows]])

    def report(model, step, gradient):
        if step % 50 == 0:
            print(f"step {step:3}: {accuracy(model, test_x, test_y):.1%} of the held-back images")

    model = adam(grad(loss), model, report, num_iters=250, step_size=0.005)
    held_back = accuracy(model, test_x, test_y)
    print(f"step 250: {held_back:.1%} of the held-back images")
    assert held_back > 0.96

    image = test_x[np.flatnonzero(test_y == 3)[0]]

    def surer_of_8(image):
        return log_probabilities(model, image[None])[0, 8]

    slope = grad(surer_of_8)(image)
    top = np.max(np.abs(slope))
    print("\na 3      ink here makes it more of an 8      ink here makes it less of one\n")
    shown = image, np.maximum(slope, 0) / top, np.maximum(-slope, 0) / top
    print(side_by_side(*[shades(part, 1.0) for part in shown], gap=" " * 8))
    changed = numpy.clip(image + 0.5 * slope / top, 0, 1)
    print(f"\nlog p(8): {surer_of_8(image):.2f}, and with such ink: {surer_of_8(changed):.2f}")
    assert surer_of_8(changed) > surer_of_8(image)


if __name__ == "__main__":
    main()
