"""The networks of bench/workloads.ts as PyTorch modules that give logits. Each gives the shape of a sample, the module, the optimizer."""

import torch
from torch import nn


class RBF(nn.Module):
    def __init__(self, features, units):
        super().__init__()
        self.centers = nn.Parameter(0.05 * torch.randn(features, units))
        self.widths = nn.Parameter(torch.full((units,), 10.0))
        self.heights = nn.Parameter(torch.ones(units))

    def forward(self, x):
        distances = (x.unsqueeze(-1) - self.centers).square().sum(1)
        return torch.exp(-distances / self.widths.square()) * self.heights


class LSTMClassifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(28, 64, batch_first=True)
        self.head = nn.Linear(64, 10)

    def forward(self, x):
        outputs, _ = self.lstm(x)
        return self.head(outputs[:, -1])


def he_normal(layer):
    nn.init.kaiming_normal_(layer.weight)
    nn.init.zeros_(layer.bias)
    return layer


def lecun_normal(layer):
    nn.init.kaiming_normal_(layer.weight, nonlinearity="linear")
    nn.init.zeros_(layer.bias)
    return layer


def mlp():
    module = nn.Sequential(
        nn.Flatten(),
        he_normal(nn.Linear(784, 300)),
        nn.LeakyReLU(0.3),
        he_normal(nn.Linear(300, 100)),
        nn.LeakyReLU(0.3),
        nn.Linear(100, 10),
    )
    return (28, 28), module, torch.optim.SGD(module.parameters(), lr=1e-3)


def deep():
    hidden = []
    for index in range(60):
        hidden += [lecun_normal(nn.Linear(100 if index else 784, 100)), nn.SELU()]
    module = nn.Sequential(nn.Flatten(), *hidden, nn.Linear(100, 10))
    return (28, 28), module, torch.optim.SGD(module.parameters(), lr=1e-3)


def cnn():
    module = nn.Sequential(
        nn.Conv2d(1, 16, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(800, 64),
        nn.ReLU(),
        nn.Linear(64, 10),
    )
    return (1, 28, 28), module, torch.optim.SGD(module.parameters(), lr=1e-3)


def lstm():
    module = LSTMClassifier()
    return (28, 28), module, torch.optim.Adam(module.parameters(), lr=1e-3)


def rbf():
    module = nn.Sequential(nn.Flatten(), RBF(784, 64), RBF(64, 64), nn.Linear(64, 10))
    return (28, 28), module, torch.optim.RMSprop(module.parameters(), lr=1e-3, alpha=0.9, eps=1e-7)


NETWORKS = {"mlp": mlp, "deep": deep, "cnn": cnn, "lstm": lstm, "rbf": rbf}
