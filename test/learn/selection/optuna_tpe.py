"""The best value that Optuna's TPESampler finds, for each seed: JSON of seeds and candidates in, a list out."""

import json
import math
import sys

import optuna

optuna.logging.disable_default_handler()


def value(trial):
    c = trial.suggest_float("C", 1e-3, 1e3, log=True)
    depth = trial.suggest_int("depth", 1, 30)
    rate = trial.suggest_float("rate", -5, 5)
    loss = trial.suggest_categorical("loss", ["a", "b", "c", None])
    return -(math.log10(c) ** 2) - ((depth - 8) / 10) ** 2 - ((rate - 2) / 3) ** 2 - (loss != "b")


def best(seed):
    study = optuna.create_study(direction="maximize", sampler=optuna.samplers.TPESampler(seed=seed))
    study.optimize(value, n_trials=request["candidates"])
    return study.best_value


request = json.load(sys.stdin)
print(json.dumps([best(seed) for seed in range(request["seeds"])]))
