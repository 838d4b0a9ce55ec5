"""Probabilities of scikit-learn's KNeighborsClassifier, by cosine: JSON of X, Y, at and the parameters in, shares out."""

import json
import sys

import numpy as np
from sklearn.neighbors import KNeighborsClassifier

request = json.load(sys.stdin)
x, y, at = (np.array(request[name], dtype=float) for name in ("X", "Y", "at"))


def shares(params):
    model = KNeighborsClassifier(metric="cosine", algorithm="brute", **params).fit(x, y)
    return np.column_stack([label[:, 1] for label in model.predict_proba(at)]).tolist()


print(json.dumps([shares(params) for params in request["params"]]))
