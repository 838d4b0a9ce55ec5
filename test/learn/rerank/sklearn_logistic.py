"""scikit-learn's logistic regression on standardised features: reads {"X": rows, "y": [0 or 1], "C": [...]} and prints the
log odds of the rows for each C."""

import json
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

given = json.load(sys.stdin)
X, y = np.array(given["X"]), np.array(given["y"])
answers = []
for C in given["C"]:
    model = make_pipeline(StandardScaler(), LogisticRegression(C=C, solver="newton-cholesky", tol=1e-10))
    answers.append(model.fit(X, y).decision_function(X).tolist())
print(json.dumps(answers))
