"""Golden distributions of initializers: quantiles of 200,000 values each.

Writes initializers.json beside this file.

    pip install keras==3.15.1 tensorflow-cpu==2.21.0
    python test/golden/initializers.py
"""

import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
from keras import initializers as I

QUANTILES = [0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999]
MATRIX = (400, 500)
KERNEL = (5, 5, 80, 100)
MODES = {"fanIn": "fan_in", "fanOut": "fan_out", "fanAvg": "fan_avg"}
DISTRIBUTIONS = {"uniform": "uniform", "truncatedNormal": "truncated_normal", "untruncatedNormal": "untruncated_normal"}

CASES = [
    *[
        (name, {}, getattr(I, name[0].upper() + name[1:]), {}, shape)
        for name in ["glorotNormal", "glorotUniform", "heNormal", "heUniform", "lecunNormal", "lecunUniform"]
        for shape in [MATRIX, KERNEL]
    ],
    *[(name, {}, getattr(I, name[0].upper() + name[1:]), {}, MATRIX) for name in ["randomNormal", "randomUniform", "truncatedNormal"]],
    ("randomNormal", {"mean": 2, "stddev": 0.5}, I.RandomNormal, {"mean": 2, "stddev": 0.5}, MATRIX),
    ("randomUniform", {"minval": -1, "maxval": 3}, I.RandomUniform, {"minval": -1, "maxval": 3}, MATRIX),
    ("truncatedNormal", {"mean": -1, "stddev": 2}, I.TruncatedNormal, {"mean": -1, "stddev": 2}, MATRIX),
    *[
        (
            "varianceScaling",
            {"scale": 2, "mode": mode, "distribution": distribution},
            I.VarianceScaling,
            {"scale": 2, "mode": MODES[mode], "distribution": DISTRIBUTIONS[distribution]},
            KERNEL,
        )
        for mode in MODES
        for distribution in DISTRIBUTIONS
    ],
]


def case(name, options, make, arguments, shape):
    values = np.asarray(make(**arguments, seed=7)(shape), dtype=np.float64).ravel()
    rounded = [float(f"{value:.6g}") for value in np.quantile(values, QUANTILES)]
    return {"name": name, "options": options, "shape": shape, "deviation": float(f"{values.std():.6g}"), "quantiles": rounded}


golden = {"keras": keras.__version__, "quantiles": QUANTILES, "cases": [case(*each) for each in CASES]}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
