"""Loss curves of 200 training steps of the benchmark's networks (bench/python/keras_networks.py), as Keras makes them.

Writes curves.json beside this file: the loss of each batch before its update. Initial weights, data and the order of batches come from
formulas, which the test computes too. Prints how far Keras with XLA is from Keras without.

    pip install keras==3.15.1 tensorflow-cpu==2.21.0
    python test/golden/curves.py
"""

import json
import os
import pathlib
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "bench" / "python"))

import keras
import numpy as np
from keras_networks import NETWORKS

STEPS = 200
BATCH = 32
SAMPLES = 512
CLASSES = 10
# Rates at which 200 steps bring the loss well down. Where two values meet at a kink of ReLU or of max-pooling, rounding decides where the
# gradient goes, and the higher the rate the more comes of it: Keras with XLA is from Keras without, on the CNN, at most 3e-4 at a rate of
# 0.01, 2e-3 at 0.02, 1e-2 at 0.05.
OPTIMIZERS = {
    "mlp": lambda: keras.optimizers.SGD(0.01),
    "cnn": lambda: keras.optimizers.SGD(0.01),
    "lstm": lambda: keras.optimizers.Adam(0.001),
    "rbf": lambda: keras.optimizers.RMSprop(0.01),
}


def uniform(indices, seed):
    """A number from 0 to 1 (24 bits) for each index: an integer hash, the same in every language. https://github.com/skeeto/hash-prospector"""
    x = (np.asarray(indices, dtype=np.uint32) + np.uint32(seed * 1_000_003)).astype(np.uint32)
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x7FEB352D)
    x ^= x >> np.uint32(15)
    x *= np.uint32(0x846CA68B)
    x ^= x >> np.uint32(16)
    return (x >> np.uint32(8)).astype(np.float64) / 2**24


def initial_weight(index, name, shape):
    """Uniform, of variance 1 / (number of inputs) where there are inputs; basis functions lie among the data and overlap."""
    if name in ("widths", "heights"):
        return np.full(shape, 1 if name == "heights" else 10 if index == 1 else 3, dtype=np.float32)
    values = uniform(np.arange(np.prod(shape)), 100 + index)
    if name != "centers":
        values = (2 * values - 1) * (0.05 if len(shape) == 1 else np.sqrt(3 / np.prod(shape[:-1])))
    return values.astype(np.float32).reshape(shape)


def data(sample_shape):
    """Each class's picture under noise."""
    size = int(np.prod(sample_shape))
    labels = np.arange(SAMPLES) % CLASSES
    pictures = uniform(np.arange(CLASSES * size), 1).reshape(CLASSES, size)
    noise = uniform(np.arange(SAMPLES * size), 2).reshape(SAMPLES, size)
    x = (0.8 * pictures[labels] + 0.2 * noise).astype(np.float32)
    return x.reshape(SAMPLES, *sample_shape), labels


def batch(step):
    return (step * BATCH + np.arange(BATCH)) * 7 % SAMPLES


def curve(name, jit_compile=False):
    sample_shape, model, _ = NETWORKS[name]()
    for index, weight in enumerate(model.trainable_weights):
        weight.assign(initial_weight(index, weight.name, tuple(weight.shape)))
    model.compile(optimizer=OPTIMIZERS[name](), loss="sparse_categorical_crossentropy", jit_compile=jit_compile)
    x, y = data(sample_shape)
    losses = []
    for step in range(STEPS):
        model.reset_metrics()
        losses.append(float(model.train_on_batch(x[batch(step)], y[batch(step)])))
    return losses


golden = {"keras": keras.__version__, "curves": {}}
for name in OPTIMIZERS:
    losses = curve(name)
    golden["curves"][name] = [float(f"{loss:.7g}") for loss in losses]
    farthest = max(abs(a - b) for a, b in zip(losses, curve(name, jit_compile=True)))
    print(name, " ".join(f"{losses[step]:.4f}" for step in [0, 20, 50, 100, 150, 199]), f"XLA differs by {farthest:.1e}", flush=True)
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
