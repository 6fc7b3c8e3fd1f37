"""A small deep-learning library on top of tracegrad, and why it needs `stop_gradient`.

The first part, some 120 lines, has what the larger libraries are made of: Parameter, Module,
Linear, ReLU, Sequential, a loss, and the optimisers SGD with momentum and Adam. A `Tape` does the
derivatives.

The second part measures what happens if an open tape sees the updates too. The parameters of step
100 are then known to come from those of step 99, and so on back to the first; nothing of all that
can be let go, and memory grows with every step. `stop_gradient` makes an update a plain value
without a past.
"""

import math
import tracemalloc

import tracegrad.numpy as np
from tracegrad import Tape, stop_gradient

# --- the library --------------------------------------------------------------------------------


class Parameter:
    """A value to be learnt."""

    def __init__(self, value):
        self.value = value


class Module:
    """A function with parameters: its own, and those of the modules in its attributes."""

    def __call__(self, x):
        return self.forward(x)

    def parameters(self):
        found = []
        for attribute in vars(self).values():
            for item in attribute if isinstance(attribute, list) else [attribute]:
                if isinstance(item, Parameter):
                    found.append(item)
                elif isinstance(item, Module):
                    found.extend(item.parameters())
        return found


class Linear(Module):
    def __init__(self, inputs, outputs, rng):
        bound = 1 / math.sqrt(inputs)  # keeps the outputs as large as the inputs, about
        self.weight = Parameter(rng.uniform(-bound, bound, (inputs, outputs)))
        self.bias = Parameter(np.zeros(outputs))

    def forward(self, x):
        return x @ self.weight.value + self.bias.value


class ReLU(Module):
    def forward(self, x):
        return np.maximum(x, 0)


class Sequential(Module):
    def __init__(self, *layers):
        self.layers = list(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class MSELoss(Module):
    """The squared error, averaged over the samples or summed."""

    def __init__(self, reduce=np.mean):
        self.reduce = reduce

    def __call__(self, prediction, target):
        return self.reduce((prediction - target) ** 2)


class Optimizer:
    """Changes parameters against their gradients. Subclasses say by how much: `change`."""

    def __init__(self, parameters, rate):
        self.parameters = parameters
        self.rate = rate

    def watch(self, tape):
        for parameter in self.parameters:
            parameter.value = tape.watch(parameter.value)

    def step(self, tape, loss):
        values = [parameter.value for parameter in self.parameters]
        gradients = stop_gradient(tape.gradient(loss, values))
        for i, (parameter, gradient) in enumerate(zip(self.parameters, gradients)):
            self.assign(parameter, parameter.value - self.change(i, gradient))

    def assign(self, parameter, value):
        parameter.value = stop_gradient(value)


class SGD(Optimizer):
    def __init__(self, parameters, rate, momentum=0.0):
        super().__init__(parameters, rate)
        self.momentum = momentum
        self.velocities = [0.0] * len(parameters)

    def change(self, i, gradient):
        self.velocities[i] = self.momentum * self.velocities[i] + gradient
        return self.rate * self.velocities[i]


class Adam(Optimizer):
    """Kingma and Ba, "Adam: a method for stochastic optimization", 2015."""

    def __init__(self, parameters, rate, decay=(0.9, 0.999)):
        super().__init__(parameters, rate)
        self.decay = decay
        self.moments = [(0.0, 0.0, 0)] * len(parameters)

    def change(self, i, gradient):
        (b1, b2), (mean, square, count) = self.decay, self.moments[i]
        mean = b1 * mean + (1 - b1) * gradient
        square = b2 * square + (1 - b2) * gradient**2
        count += 1
        self.moments[i] = mean, square, count
        # The moments began at 0. Dividing so makes weighted means of them from the first step on.
        return self.rate * (mean / (1 - b1**count)) / (np.sqrt(square / (1 - b2**count)) + 1e-8)


def train(model, loss, optimizer, x, y, steps):
    """The losses of so many steps. Each has a tape of its own, which goes with its recording."""
    losses = []
    for _ in range(steps):
        with Tape() as tape:
            optimizer.watch(tape)
            value = loss(model(x), y)
        optimizer.step(tape, value)
        losses.append(stop_gradient(value))
    return losses


# --- both optimisers at work --------------------------------------------------------------------


def waves():
    """A sine for a small network to learn."""
    x = np.linspace(-3.0, 3.0, 60)[:, None]
    return x, np.sin(2 * x)


def network():
    rng = np.random.default_rng(0)
    return Sequential(Linear(1, 32, rng), ReLU(), Linear(32, 32, rng), ReLU(), Linear(32, 1, rng))


def compare_optimizers():
    x, y = waves()
    print("loss of a small network that learns sin(2x):")
    for name, make, enough in [
        ("SGD", lambda p: SGD(p, 0.1), 0.1),
        ("SGD with momentum", lambda p: SGD(p, 0.1, momentum=0.8), 0.03),
        ("Adam", lambda p: Adam(p, 0.01), 0.03),
    ]:
        model = network()
        losses = train(model, MSELoss(), make(model.parameters()), x, y, 500)
        print(f"  {name:18} {losses[0]:.4f} → {losses[-1]:.4f}")
        assert losses[-1] < enough


# --- what traced updates cost -------------------------------------------------------------------


class TracingSGD(SGD):
    """The mistake: the new value remembers how it was computed."""

    def assign(self, parameter, value):
        parameter.value = value


def train_on_one_tape(model, loss, optimizer, x, y, steps):
    """As one would write it who takes watching for something to do once."""
    losses = []
    with Tape(persistent=True) as tape:
        optimizer.watch(tape)
        for _ in range(steps):
            value = loss(model(x), y)
            optimizer.step(tape, value)
            losses.append(stop_gradient(value))
    return losses


def train_inside_a_tape(model, loss, optimizer, x, y, steps):
    """`train` as it is, while another tape watches what the parameters were at first.

    With traced updates that tape could tell how the result depends on the start. Who wants to know
    must pay for it with memory; who does not should not.
    """
    with Tape() as outer:
        optimizer.watch(outer)
        return train(model, loss, optimizer, x, y, steps)


def measured(train, optimizer_type, steps):
    """The last loss of a fresh model's training, and its peak memory in MiB."""
    model, (x, y) = network(), waves()
    optimizer = optimizer_type(model.parameters(), 0.1, momentum=0.8)
    tracemalloc.start()
    losses = train(model, MSELoss(), optimizer, x, y, steps)
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return losses[-1], peak


def compare_updates():
    ways = {
        "one tape, updates traced": (train_on_one_tape, TracingSGD),
        "tape a step inside another, updates traced": (train_inside_a_tape, TracingSGD),
        "tape a step inside another, stop_gradient": (train_inside_a_tape, SGD),
        "tape a step, stop_gradient": (train, SGD),
    }
    counts = [10, 20, 40, 80]
    print("\npeak memory in MiB" + " " * 24 + "".join(f"{n:5} steps" for n in counts))
    last_losses = []
    for name, way in ways.items():
        losses, peaks = zip(*[measured(*way, steps) for steps in counts])
        print(f"{name:42}" + "".join(f"{peak:11.2f}" for peak in peaks))
        last_losses.append(losses[-1])
        if name.endswith("traced"):
            assert peaks[-1] > 6 * peaks[0]  # 8 times the steps, about 8 times the memory
        else:
            assert peaks[-1] < 1.2 * peaks[0]
    # All find the same, which is what makes the mistake hard to see.
    print(f"loss after {counts[-1]} steps, each way: {last_losses[0]:.6f}")
    assert np.allclose(last_losses, last_losses[0], rtol=1e-9)


def main():
    compare_optimizers()
    compare_updates()


if __name__ == "__main__":
    main()
