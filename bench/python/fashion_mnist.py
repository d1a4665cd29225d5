"""The notebook's training on Fashion-MNIST, as a script: `fashion_mnist.py FOLDER EPOCHS`.

FOLDER holds the IDX files. The loss of the first batch is printed as soon as there is one, as {"loss": …}.
"""

import gzip
import json
import sys
from pathlib import Path

import keras
import numpy as np
from keras import layers

folder, epochs = Path(sys.argv[1]), int(sys.argv[2])


def read_images(name):
    with gzip.open(folder / name) as file:
        return np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28)


def read_labels(name):
    with gzip.open(folder / name) as file:
        return np.frombuffer(file.read(), np.uint8, offset=8)


class FirstLoss(keras.callbacks.Callback):
    told = False

    def on_train_batch_end(self, batch, logs=None):
        if not self.told:
            self.told = True
            print(json.dumps({"loss": float(logs["loss"])}), flush=True)


images, labels = read_images("train-images-idx3-ubyte.gz"), read_labels("train-labels-idx1-ubyte.gz")
test_x, test_y = read_images("t10k-images-idx3-ubyte.gz"), read_labels("t10k-labels-idx1-ubyte.gz")
valid_x, train_x = images[:5000], images[5000:]
valid_y, train_y = labels[:5000], labels[5000:]

mean = train_x.mean(axis=0, keepdims=True, dtype="float32")
std = train_x.std(axis=0, keepdims=True, dtype="float32") + 1e-7
train_x, valid_x, test_x = ((x.astype("float32") - mean) / std for x in (train_x, valid_x, test_x))

keras.utils.set_random_seed(42)
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
model.compile(loss="sparse_categorical_crossentropy", optimizer=keras.optimizers.SGD(1e-3), metrics=["accuracy"])
model.fit(train_x, train_y, epochs=epochs, validation_data=(valid_x, valid_y), verbose=0, callbacks=[FirstLoss()])
model.evaluate(test_x, test_y, verbose=0)
