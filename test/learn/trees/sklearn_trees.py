"""What scikit-learn's trees make of a problem: reads {"X", "Y", "at", "boosted": {...}, "forest": {...}, "trees": [{...}]}, and
prints the log-odds of HistGradientBoostingClassifier and the probabilities of RandomForestClassifier and of each
DecisionTreeClassifier at "at", label by label."""

import json
import sys

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier

problem = json.load(sys.stdin)
X, Y, at = (np.array(problem[key], dtype=float) for key in ("X", "Y", "at"))
boosted = [
    HistGradientBoostingClassifier(early_stopping=False, **problem["boosted"]).fit(X, y).decision_function(at).tolist()
    for y in Y.T
]
forest = RandomForestClassifier(random_state=0, **problem["forest"]).fit(X, Y)


def shares(model):
    return [probability[:, 1].tolist() for probability in model.predict_proba(at)]


trees = [DecisionTreeClassifier(random_state=0, **params).fit(X, Y) for params in problem["trees"]]
print(json.dumps({"boosted": boosted, "forest": shares(forest), "trees": [shares(tree) for tree in trees]}))
