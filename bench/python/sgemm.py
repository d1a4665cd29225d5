"""What the machine multiplies: float32 GFLOP/s of a large product and of the MLP's first layer, the better of NumPy and PyTorch."""

import json
import time

import numpy
import torch

SHAPES = {"2048×2048×2048": (2048, 2048, 2048), "32×784×300": (32, 784, 300)}
SECONDS = 1.0


def gflops(multiply, a, b, flop):
    best = 0.0
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        repetitions = max(1, int(2e8 / flop))
        begin = time.perf_counter()
        for _ in range(repetitions):
            multiply(a, b)
        best = max(best, repetitions * flop / (time.perf_counter() - begin) / 1e9)
    return best


result = {}
for name, (rows, inner, columns) in SHAPES.items():
    a = numpy.random.default_rng(0).standard_normal((rows, inner), dtype="float32")
    b = numpy.random.default_rng(1).standard_normal((inner, columns), dtype="float32")
    flop = 2 * rows * inner * columns
    result[name] = max(
        gflops(numpy.matmul, a, b, flop), gflops(torch.matmul, torch.from_numpy(a), torch.from_numpy(b), flop)
    )
print(json.dumps(result))
