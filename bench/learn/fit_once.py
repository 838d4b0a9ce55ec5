"""Fits a OneVsRestClassifier once: `fit_once.py DIRECTORY JOBS MODEL`. Prints what fit-once.ts prints."""

import json
import resource
import sys
import time

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.svm import LinearSVC


def read(path):
    with open(f"{path}.json") as file:
        shape = json.load(file)

    def array(name, kind):
        return np.fromfile(f"{path}.{name}", dtype=kind)

    x = csr_matrix(
        (array("values", "<f8"), array("indices", "<u4").astype(np.int32), array("indptr", "<u4").astype(np.int32)),
        shape=(shape["rows"], shape["columns"]),
    )
    indices = array("yIndices", "<u4").astype(np.int32)
    y = csr_matrix(
        (np.ones(len(indices), np.int64), indices, array("yIndptr", "<u4").astype(np.int32)),
        shape=(shape["rows"], shape["labels"]),
    )
    return x, y


def cpu():
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in (own, children))


MODELS = {
    "dual": lambda: LinearSVC(C=1, tol=1e-4, dual=True, random_state=0),
    "auto": lambda: LinearSVC(C=1, tol=1e-4, dual="auto", random_state=0),
    "lbfgs": lambda: LogisticRegression(C=1, tol=1e-4, max_iter=1000),
}
directory, jobs, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]
x, y = read(f"{directory}/train")
held_x, held_y = read(f"{directory}/held")
model = OneVsRestClassifier(MODELS[name](), n_jobs=jobs)
before, started = cpu(), time.perf_counter()
model.fit(x, y)
wall = time.perf_counter() - started
spent = cpu() - before
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

coefficients = np.vstack([one.coef_ for one in model.estimators_])
intercepts = np.array([float(one.intercept_[0]) for one in model.estimators_])
margins = (2 * y.toarray() - 1) * (x @ coefficients.T + intercepts)
objective = (coefficients**2).sum() / 2
if name == "lbfgs":
    objective += np.logaddexp(0, -margins).sum()
else:
    objective += (intercepts**2).sum() / 2 + (np.maximum(0, 1 - margins) ** 2).sum()
predicted = (held_x @ coefficients.T + intercepts > 0).astype(int)
print(
    json.dumps(
        {
            "cpuMs": spent * 1000,
            "wallMs": wall * 1000,
            "peakBytes": peak,
            "objective": float(objective),
            "microF1": float(f1_score(held_y.toarray(), predicted, average="micro", zero_division=0)),
        }
    )
)
