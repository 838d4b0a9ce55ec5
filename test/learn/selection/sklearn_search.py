"""Draws and searches as scikit-learn does. Reads JSON from stdin, writes JSON to stdout.

{"draws": [{"space", "n", "seed"}]}: for each what ParameterSampler gives.
{"search": {"X", "Y", "folds", "space", "n", "seed", "base"}}: what RandomizedSearchCV makes of it. X dense, Y by
rows of 0 and 1, folds: each row's.
"""

import json
import sys

import numpy as np
from scipy import stats
from sklearn.metrics import accuracy_score, f1_score, hamming_loss, make_scorer
from sklearn.model_selection import ParameterSampler, PredefinedSplit, RandomizedSearchCV
from sklearn.multiclass import OneVsRestClassifier
from sklearn.svm import LinearSVC


def distribution(spec):
    low, high = spec.get("low"), spec.get("high")
    if spec["kind"] == "uniform":
        return stats.uniform(low, high - low)
    if spec["kind"] == "loguniform":
        return stats.loguniform(low, high)
    if spec["kind"] == "int":
        return stats.randint(low, high + 1)
    return spec["values"]


def space_of(spec, prefix=""):
    return {prefix + name: distribution(values) for name, values in spec.items()}


def plain(params, prefix=""):
    return {k.removeprefix(prefix): v.item() if isinstance(v, np.generic) else v for k, v in params.items()}


def draw(request):
    sampler = ParameterSampler(space_of(request["space"]), request["n"], random_state=request["seed"])
    return [plain(params) for params in sampler]


def search(request):
    prefix = "estimator__"
    scoring = {
        "f1_micro": make_scorer(f1_score, average="micro", zero_division=0),
        "hamming_loss": make_scorer(hamming_loss, greater_is_better=False),
        "subset_accuracy": make_scorer(accuracy_score),
    }
    model = RandomizedSearchCV(
        OneVsRestClassifier(LinearSVC(dual=True, **request["base"])),
        space_of(request["space"], prefix),
        n_iter=request["n"],
        random_state=request["seed"],
        scoring=scoring,
        refit="f1_micro",
        cv=PredefinedSplit(request["folds"]),
    ).fit(np.array(request["X"]), np.array(request["Y"]))
    results = model.cv_results_
    sign = {"hamming_loss": -1}
    metrics = {
        name: {
            "folds": [
                (sign.get(name, 1) * results[f"split{fold}_test_{name}"]).tolist() for fold in range(model.n_splits_)
            ],
            "mean": (sign.get(name, 1) * results[f"mean_test_{name}"]).tolist(),
            "std": results[f"std_test_{name}"].tolist(),
            "rank": results[f"rank_test_{name}"].tolist(),
        }
        for name in scoring
    }
    candidates = [plain(params, prefix) for params in results["params"]]
    return {"candidates": candidates, "metrics": metrics, "best": int(model.best_index_)}


request = json.load(sys.stdin)
if "search" in request:
    json.dump(search(request["search"]), sys.stdout)
else:
    json.dump([draw(one) for one in request["draws"]], sys.stdout)
