"""Ten images that teach a classifier more than ten real ones can: a gradient through training.

A classifier starts from nothing and takes five steps of gradient descent on ten images, one for
each digit. How well it then reads 1300 real digits is a function of these ten images, and of the
size of each step. Its gradient goes through the training itself, which is made of gradients. (T.
Wang and others, "Dataset distillation", 2018.)
"""

import numpy
from _pictures import shades, side_by_side
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import tracegrad.numpy as np
from tracegrad import grad
from tracegrad.misc.optimizers import adam
from tracegrad.scipy.special import log_softmax

STEPS = 5
NAMES = np.arange(10)


def loss(weights, images, labels):
    log_p = log_softmax(images @ weights, axis=1)
    return -np.mean(log_p[np.arange(len(labels)), labels])


def trained(lesson):
    """The weights after the lesson: a step for each of its sizes."""
    weights = np.zeros((64, 10))
    for log_size in lesson["log_sizes"]:
        weights = weights - np.exp(log_size) * grad(loss)(weights, lesson["images"], NAMES)
    return weights


def accuracy(weights, images, labels):
    return np.mean(np.argmax(images @ weights, axis=1) == labels)


def main():
    digits = load_digits()
    train_x, test_x, train_y, test_y = train_test_split(
        digits.data / 16, digits.target, test_size=0.25, random_state=0, stratify=digits.target
    )
    rng = np.random.default_rng(0)
    firsts = [numpy.flatnonzero(train_y == name)[0] for name in NAMES]
    real = {"images": train_x[firsts], "log_sizes": np.zeros(STEPS)}

    def outer(lesson, step):
        rows = rng.integers(len(train_y), size=300)
        return loss(trained(lesson), train_x[rows], train_y[rows])

    def report(lesson, step, gradient):
        if step % 50 == 0:
            right = accuracy(trained(lesson), test_x, test_y)
            print(f"step {step:3}: {right:.1%} of the held-back images after the lesson")

    lesson = adam(grad(outer), real, report, num_iters=250, step_size=0.02)
    after = accuracy(trained(lesson), test_x, test_y)
    print(f"step 250: {after:.1%} of the held-back images after the lesson")

    # To compare: what other images teach, with the step size that suits them best.
    def best_taught(images):
        lessons = [{"images": images, "log_sizes": np.full(STEPS, s)} for s in range(-3, 4)]
        return np.max([accuracy(trained(each), test_x, test_y) for each in lessons])

    means = np.array([np.mean(train_x[train_y == name], axis=0) for name in NAMES])
    by_real, by_means = best_taught(real["images"]), best_taught(means)
    print(f"\nwith ten real images: {by_real:.1%}, with the digits' means: {by_means:.1%}")
    assert after > 0.9 and after > by_real + 0.1 and after > by_means

    print("\nthe lesson: ink that is added to the real images, and ink that is taken away\n")
    change = (lesson["images"] - real["images"]).reshape(10, 8, 8)
    for part in (change, -change):
        for half in (part[:5], part[5:]):
            print(side_by_side(*[shades(numpy.maximum(image, 0), 2.0) for image in half]), "\n")
    print("sizes of its steps:", np.array2string(np.exp(lesson["log_sizes"]), precision=2))


if __name__ == "__main__":
    main()
