"""Golden numbers of Keras's fit: losses and metrics of every epoch, from fixed weights and data, without shuffling.

python test/golden/training.py > test/golden/training.json, with Keras 3.15.1 on TensorFlow 2.21.0.
"""

import json
import math
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import keras
import numpy as np
from keras import layers


def wave(shape, phase):
    size = int(np.prod(shape))
    return np.array([math.sin(phase + 1.7 * k) for k in range(size)], dtype="float32").reshape(shape)


def fix_weights(model):
    for index, weight in enumerate(sorted(model.trainable_weights, key=lambda w: w.path)):
        weight.assign(0.5 * wave(weight.shape, index))


def fit(model, x, y, validation, **options):
    fix_weights(model)
    history = model.fit(x, y, validation_data=validation, shuffle=False, verbose=0, **options).history
    return {name: [float(value) for value in values] for name, values in history.items()}


def classifier():
    keras.utils.clear_session()
    model = keras.Sequential(
        [
            keras.Input((3,)),
            layers.Dense(4, activation="tanh", kernel_regularizer=keras.regularizers.L2(0.01)),
            layers.Dense(3, activation="softmax", activity_regularizer=keras.regularizers.L1(0.02)),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(0.05, clipnorm=0.5), loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    x, y = wave((14, 3), 0.3), np.arange(14) % 3
    return fit(
        model, x[:10], y[:10], (x[10:], y[10:]), batch_size=4, epochs=3, class_weight={0: 1.0, 1: 2.0, 2: 0.5}
    )


def normalized():
    keras.utils.clear_session()
    model = keras.Sequential([keras.Input((3,)), layers.Dense(4), layers.BatchNormalization(momentum=0.8), layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.RMSprop(0.01, momentum=0.5), loss="mean_squared_error", metrics=["mean_absolute_error"])
    x, y = wave((14, 3), 0.3), wave((14,), 1.1)
    return fit(model, x[:10], y[:10], (x[10:], y[10:]), batch_size=4, epochs=3)


def two_outputs():
    keras.utils.clear_session()
    left, right = keras.Input((2,), name="left"), keras.Input((3,), name="right")
    joined = layers.Concatenate()([layers.Dense(3, activation="relu")(left), layers.Dense(2)(right)])
    model = keras.Model(
        {"left": left, "right": right},
        {"size": layers.Dense(2, name="size")(joined), "kind": layers.Dense(1, activation="sigmoid", name="kind")(joined)},
    )
    model.compile(
        optimizer=keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True),
        loss={"size": "mean_squared_error", "kind": "binary_crossentropy"},
        loss_weights={"size": 0.3, "kind": 2.0},
        metrics={"size": ["mean_absolute_error"], "kind": ["accuracy"]},
        # In a graph, where the batch's size is unknown, Keras weights the short last batch of each output's loss as a full one.
        run_eagerly=True,
    )
    x = {"left": wave((10, 2), 0.2), "right": wave((10, 3), 0.9)}
    y = {"size": wave((10, 2), 2.0), "kind": (np.arange(10) % 2).astype("float32")}
    return fit(model, x, y, None, batch_size=4, epochs=3)


def masked():
    keras.utils.clear_session()
    model = keras.Sequential(
        [
            keras.Input((4,), dtype="int32"),
            layers.Embedding(5, 3, mask_zero=True),
            layers.LSTM(4, return_sequences=True),
            layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile(optimizer=keras.optimizers.SGD(0.5), loss="sparse_categorical_crossentropy")
    x = np.array([[(i * 3 + t) % 5 if t < 4 - i % 3 else 0 for t in range(4)] for i in range(6)])
    y = np.array([[(i + t) % 3 for t in range(4)] for i in range(6)])
    return fit(model, x, y, None, batch_size=4, epochs=3)


def regression(model, optimizer):
    """Fits the first 10 of 14 samples; the last 4 validate, by moving statistics."""
    model.compile(optimizer=optimizer, loss="mean_squared_error")
    x, y = wave((14, 3), 0.3), wave((14,), 1.1)
    return fit(model, x[:10], y[:10], (x[10:], y[10:]), batch_size=4, epochs=3)


def spectral():
    keras.utils.clear_session()
    wrapped = layers.SpectralNormalization(layers.Dense(4, activation="tanh", name="a"), power_iterations=2)
    model = keras.Sequential([keras.Input((3,)), wrapped, layers.Dense(1, name="z")])
    wrapped.vector_u.assign(wave((1, 4), 0.7))
    return regression(model, keras.optimizers.SGD(0.1, momentum=0.9))


def shared():
    """A batch normalization that is called twice updates its moving statistics twice in a step."""
    keras.utils.clear_session()
    x = keras.Input((3,))
    normalization = layers.BatchNormalization(momentum=0.6)
    joined = layers.Add()([normalization(x), normalization(layers.Dense(3, name="a")(x))])
    return regression(keras.Model(x, layers.Dense(1, name="z")(joined)), keras.optimizers.SGD(0.1))


def prepared():
    keras.utils.clear_session()
    normalization = layers.Normalization()
    normalization.adapt(wave((14, 3), 0.3)[:10])
    bins = layers.Discretization(num_bins=4, output_mode="one_hot")
    bins.adapt(wave((14, 3), 0.3)[:10])
    x = keras.Input((3,))
    joined = layers.Concatenate()([normalization(x), layers.Flatten()(bins(x))])
    return regression(keras.Model(x, layers.Dense(1)(joined)), keras.optimizers.SGD(0.05))


CASES = {
    "classifier": classifier,
    "normalized": normalized,
    "twoOutputs": two_outputs,
    "masked": masked,
    "spectral": spectral,
    "shared": shared,
    "prepared": prepared,
}

print(json.dumps({name: case() for name, case in CASES.items()}, indent=1))
