"""What the machine multiplies, and the versions of what is compared: one JSON object.

float32 GFLOP/s of a large product and of the MLP's first layer: the better of NumPy and PyTorch, the best of a second.
"""

import json
import platform
import time
from importlib.metadata import version

import numpy
import torch

SHAPES = {"2048 × 2048 × 2048": (2048, 2048, 2048), "32 × 784 × 300": (32, 784, 300)}
SECONDS = 1.0


def gflops(multiply, a, b, flop):
    best = 0.0
    end = time.perf_counter() + SECONDS
    repetitions = max(1, int(2e8 / flop))
    while time.perf_counter() < end:
        begin = time.perf_counter()
        for _ in range(repetitions):
            multiply(a, b)
        best = max(best, repetitions * flop / (time.perf_counter() - begin) / 1e9)
    return best


def sgemm(rows, inner, columns):
    a = numpy.random.default_rng(0).standard_normal((rows, inner), dtype="float32")
    b = numpy.random.default_rng(1).standard_normal((inner, columns), dtype="float32")
    flop = 2 * rows * inner * columns
    return max(gflops(numpy.matmul, a, b, flop), gflops(torch.matmul, torch.from_numpy(a), torch.from_numpy(b), flop))


print(
    json.dumps(
        {
            "gflops": {name: sgemm(*shape) for name, shape in SHAPES.items()},
            "versions": {
                "Keras": version("keras"),
                "TensorFlow": version("tensorflow-cpu" if platform.system() != "Darwin" else "tensorflow"),
                "PyTorch": torch.__version__,
                "Python": platform.python_version(),
            },
        }
    )
)
