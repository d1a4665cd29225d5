"""Golden learning rates: what ReduceLROnPlateau makes of a sequence of validation values, epoch by epoch.

Writes callbacks.json beside this file.

    pip install keras==3.15.1 tensorflow-cpu==2.21.0
    python test/golden/callbacks.py
"""

import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras

FALLING = [1.0, 0.8, 0.8, 0.79, 0.79, 0.785, 0.79, 0.8, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.69995, 0.6999, 0.6, 0.61, 0.61, 0.61, 0.61]
NAMES = {"minDelta": "min_delta", "minLearningRate": "min_lr"}
CASES = [
    (FALLING, {"patience": 2}),
    (FALLING, {"patience": 1, "factor": 0.5, "cooldown": 2}),
    (FALLING, {"patience": 2, "factor": 0.7, "minDelta": 0.02, "minLearningRate": 0.02, "cooldown": 1}),
    (FALLING, {"patience": 1, "factor": 0.3, "minDelta": 0.0, "minLearningRate": 0.07}),
    ([1 - value for value in FALLING], {"patience": 2, "mode": "max", "factor": 0.5}),
    (FALLING, {}),
]


def rates(values, options):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")
    callback = keras.callbacks.ReduceLROnPlateau(**{NAMES.get(name, name): value for name, value in options.items()})
    callback.set_model(model)
    callback.on_train_begin()
    result = []
    for epoch, value in enumerate(values):
        callback.on_epoch_end(epoch, {"val_loss": value})
        result.append(float(f"{float(model.optimizer.learning_rate.numpy()):.8g}"))
    return result


cases = [{"options": options, "values": values, "rates": rates(values, options)} for values, options in CASES]
golden = {"keras": keras.__version__, "reduceLROnPlateau": cases}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
