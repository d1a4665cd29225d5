"""Golden numbers of learning-rate schedules at many steps.

Writes schedules.json beside this file: Keras's own; PyTorch's OneCycleLR and the linear warm-up by their formulas, written out below.

    pip install keras==3.15.1 tensorflow-cpu==2.21.0
    python test/golden/schedules.py
"""

import json
import math
import os
import pathlib

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
from keras.optimizers import schedules as S

STEPS = [*range(0, 45), 50, 60, 75, 99, 100, 101, 150, 199, 200, 500, 1000, 9999]


def rounded(value):
    return float(f"{float(value):.8g}")


def snake_case(name):
    return "".join("_" + c.lower() if c.isupper() else c for c in name)


def keras_case(name, options):
    made = getattr(S, name[0].upper() + name[1:])(**{snake_case(key): value for key, value in options.items()})
    return {"name": name, "options": options, "rates": [rounded(made(step)) for step in STEPS]}


def one_cycle(step, max_lr, total_steps, pct_start=0.3, strategy="cosine", div_factor=25.0, final_div_factor=1e4, three_phase=False):
    """torch.optim.lr_scheduler.OneCycleLR.get_lr; after the cycle the last rate stays, where PyTorch raises an error."""
    step = min(step, total_steps - 1)
    initial = max_lr / div_factor
    final = initial / final_div_factor
    if three_phase:
        phases = [
            (float(pct_start * total_steps) - 1, initial, max_lr),
            (float(2 * pct_start * total_steps) - 2, max_lr, initial),
            (total_steps - 1, initial, final),
        ]
    else:
        phases = [(float(pct_start * total_steps) - 1, initial, max_lr), (total_steps - 1, max_lr, final)]
    start_step = 0
    for index, (end_step, start, end) in enumerate(phases):
        if step <= end_step or index == len(phases) - 1:
            share = (step - start_step) / (end_step - start_step)
            if strategy == "linear":
                return (end - start) * share + start
            return end + (start - end) / 2.0 * (math.cos(math.pi * share) + 1)
        start_step = end_step


def one_cycle_case(options):
    names = {"maxLearningRate": "max_lr", "annealStrategy": "strategy"}
    arguments = {names.get(key, snake_case(key)): value for key, value in options.items()}
    return {"name": "oneCycle", "options": options, "rates": [rounded(one_cycle(step, **arguments)) for step in STEPS]}


def linear_warmup_case(steps, target, initial=0.0):
    rates = [initial + (target - initial) * min(step / steps, 1) for step in STEPS]
    options = {"warmupSteps": steps, "warmupTarget": target, "initialLearningRate": initial}
    return {"name": "linearWarmup", "options": options, "rates": [rounded(rate) for rate in rates]}


def cases():
    start = {"initialLearningRate": 0.1}
    for name in ["exponentialDecay", "inverseTimeDecay"]:
        for staircase in [False, True]:
            yield keras_case(name, {**start, "decaySteps": 10, "decayRate": 0.9, "staircase": staircase})
    yield keras_case("piecewiseConstantDecay", {"boundaries": [5, 10, 100], "values": [1.0, 0.5, 0.1, 0.01]})
    yield keras_case("piecewiseConstantDecay", {"boundaries": [20], "values": [0.2, 0.1]})
    yield keras_case("polynomialDecay", {**start, "decaySteps": 10})
    yield keras_case("polynomialDecay", {**start, "decaySteps": 40, "endLearningRate": 0.01, "power": 2.0})
    yield keras_case("polynomialDecay", {**start, "decaySteps": 10, "power": 0.5, "cycle": True})
    yield keras_case("cosineDecay", {**start, "decaySteps": 30})
    yield keras_case("cosineDecay", {**start, "decaySteps": 30, "alpha": 0.1})
    yield keras_case("cosineDecay", {"initialLearningRate": 0.0, "decaySteps": 60, "warmupTarget": 0.1, "warmupSteps": 25})
    yield keras_case("cosineDecay", {"initialLearningRate": 0.01, "decaySteps": 20, "alpha": 0.2, "warmupTarget": 0.1, "warmupSteps": 5})
    yield keras_case("cosineDecayRestarts", {**start, "firstDecaySteps": 4})
    yield keras_case("cosineDecayRestarts", {**start, "firstDecaySteps": 10, "tMul": 1.0, "mMul": 0.8, "alpha": 0.1})
    yield keras_case("cosineDecayRestarts", {**start, "firstDecaySteps": 7, "tMul": 1.5, "mMul": 0.9})
    yield one_cycle_case({"maxLearningRate": 0.1, "totalSteps": 100})
    yield one_cycle_case({"maxLearningRate": 0.1, "totalSteps": 40, "annealStrategy": "linear", "pctStart": 0.4})
    yield one_cycle_case({"maxLearningRate": 0.5, "totalSteps": 50, "threePhase": True, "divFactor": 10.0, "finalDivFactor": 100.0})
    yield linear_warmup_case(10, 0.1)
    yield linear_warmup_case(33, 0.1, 0.02)


golden = {"keras": keras.__version__, "steps": STEPS, "cases": list(cases())}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
