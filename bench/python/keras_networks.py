"""The networks of bench/workloads.ts, written as in a notebook. Each gives the shape of a sample, the model, the optimizer."""

import keras
from keras import layers, ops


class RBF(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, input_shape):
        self.centers = self.add_weight(name="centers", shape=(input_shape[-1], self.units), initializer="random_normal")
        self.widths = self.add_weight(name="widths", shape=(self.units,), initializer=keras.initializers.Constant(10.0))
        self.heights = self.add_weight(name="heights", shape=(self.units,), initializer="ones")

    def call(self, x):
        distances = ops.sum(ops.square(ops.expand_dims(x, -1) - self.centers), axis=1)
        return ops.exp(-distances / ops.square(self.widths)) * self.heights


def mlp():
    model = keras.Sequential(
        [
            layers.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(300, kernel_initializer="he_normal"),
            layers.LeakyReLU(),
            layers.Dense(100, kernel_initializer="he_normal"),
            layers.LeakyReLU(),
            layers.Dense(10, activation="softmax"),
        ]
    )
    return (28, 28), model, keras.optimizers.SGD(1e-3)


def deep():
    model = keras.Sequential([layers.Input((28, 28)), layers.Flatten()])
    for _ in range(60):
        model.add(layers.Dense(100, activation="selu", kernel_initializer="lecun_normal"))
    model.add(layers.Dense(10, activation="softmax"))
    return (28, 28), model, keras.optimizers.SGD(1e-3)


def cnn():
    model = keras.Sequential(
        [
            layers.Input((28, 28, 1)),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    return (28, 28, 1), model, keras.optimizers.SGD(1e-3)


def lstm():
    model = keras.Sequential([layers.Input((28, 28)), layers.LSTM(64), layers.Dense(10, activation="softmax")])
    return (28, 28), model, keras.optimizers.Adam()


def rbf():
    model = keras.Sequential(
        [layers.Input((28, 28)), layers.Flatten(), RBF(64), RBF(64), layers.Dense(10, activation="softmax")]
    )
    return (28, 28), model, keras.optimizers.RMSprop(1e-3)


NETWORKS = {"mlp": mlp, "deep": deep, "cnn": cnn, "lstm": lstm, "rbf": rbf}
