"""Keras as the notebooks use it: `fit` over arrays. TF_ENABLE_ONEDNN_OPTS is the process's, so that it has one of each."""

import time

import keras
from keras_networks import NETWORKS
from worker import BATCH_SIZE, SAMPLES, serve, training_data


class KerasContender:
    def __init__(self, workload, variant):
        shape, self.model, optimizer = NETWORKS[workload]()
        self.x, self.y = training_data(shape)
        # An epoch is a whole number of executions.
        self.unit = variant["steps_per_execution"]
        self.model.compile(
            optimizer=optimizer,
            loss="sparse_categorical_crossentropy",
            metrics=["accuracy"],
            jit_compile=variant["jit_compile"],
            steps_per_execution=variant["steps_per_execution"],
        )
        # The first epoch traces and compiles, the second tells how long a step takes.
        self._fit(50)
        self.seconds_per_step = self._fit(50) / 50

    def train(self, milliseconds):
        steps = milliseconds / 1000 / self.seconds_per_step
        steps = max(self.unit, 10, self.unit * round(steps / self.unit))
        steps = min(steps, SAMPLES // BATCH_SIZE)
        return steps, self._fit(steps)

    def _fit(self, steps):
        samples = steps * BATCH_SIZE
        x, y = self.x[:samples], self.y[:samples]
        begin = time.perf_counter()
        self.model.fit(x, y, batch_size=BATCH_SIZE, epochs=1, verbose=0)
        return time.perf_counter() - begin


keras.utils.set_random_seed(42)
serve(KerasContender)
