"""PyTorch as its tutorials use it: a loop over tensors that are in memory, a batch gathered by shuffled indices."""

import time

import torch
from torch_networks import NETWORKS
from worker import BATCH_SIZE, SAMPLES, serve, training_data


class TorchContender:
    def __init__(self, workload, variant):
        shape, self.module, self.optimizer = NETWORKS[workload]()
        x, y = training_data(shape)
        self.x, self.y = torch.from_numpy(x), torch.from_numpy(y)
        self.forward = torch.compile(self._forward) if variant["compile"] else self._forward
        # The first steps compile, the next tell how long a step takes.
        self._steps(50)
        self.seconds_per_step = self._steps(50) / 50

    def train(self, milliseconds):
        steps = max(10, round(milliseconds / 1000 / self.seconds_per_step))
        steps = min(steps, SAMPLES // BATCH_SIZE)
        return steps, self._steps(steps)

    def _forward(self, x, y):
        logits = self.module(x)
        return torch.nn.functional.cross_entropy(logits, y), (logits.argmax(1) == y).sum()

    def _steps(self, count):
        begin = time.perf_counter()
        order = torch.randperm(count * BATCH_SIZE)
        total_loss, correct = torch.zeros(()), torch.zeros((), dtype=torch.int64)
        for indices in order.split(BATCH_SIZE):
            x, y = self.x[indices], self.y[indices]
            self.optimizer.zero_grad()
            loss, hits = self.forward(x, y)
            loss.backward()
            self.optimizer.step()
            total_loss += loss.detach()
            correct += hits
        total_loss.item(), correct.item()
        return time.perf_counter() - begin


torch.manual_seed(42)
serve(TorchContender)
