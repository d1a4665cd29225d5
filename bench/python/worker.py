"""The Python end of the benchmark's protocol: one request a line on stdin, one reply a line on stdout.

    {"command": "prepare", "workload": "mlp", "variant": {...}}  builds the network and makes its first steps
    {"command": "round", "milliseconds": 500}                    trains about that long: {"steps": …, "milliseconds": …}
    {"command": "release", …}                                    forgets the network

Every request names the contender it is for, and every one is answered: {"ok": …} or {"error": "reason"}.
"""

import json
import os
import sys
import traceback

import numpy

BATCH_SIZE = 32
CLASSES = 10
# An epoch of a fast network lasts long enough for its beginning and end to count for as little as they do with real data.
SAMPLES = 500 * BATCH_SIZE


def training_data(shape):
    """Numbers that repeat nowhere; what they are does not change what a step costs."""
    x = numpy.sin(1.7 * numpy.arange(SAMPLES * numpy.prod(shape))).astype("float32").reshape((SAMPLES, *shape))
    y = (numpy.arange(SAMPLES) % CLASSES).astype("int64")
    return x, y


def serve(make):
    """Answers requests until stdin ends.

    make(workload, variant) gives an object with train(milliseconds) -> (steps, seconds); its first steps are behind it.
    """
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    # What libraries print is no reply.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    contenders = {}
    for line in sys.stdin:
        try:
            reply = {"ok": _answer(json.loads(line), contenders, make)}
        except Exception as error:
            traceback.print_exc()
            summary = str(error).strip().split("\n")[0]
            reply = {"error": f"{type(error).__name__}: {summary}"}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


def _answer(request, contenders, make):
    name = request["contender"]
    if request["command"] == "prepare":
        contenders[name] = make(request["workload"], request["variant"])
        return {}
    if request["command"] == "release":
        contenders.pop(name, None)
        return {}
    steps, seconds = contenders[name].train(request["milliseconds"])
    return {"steps": steps, "milliseconds": 1000 * seconds}
