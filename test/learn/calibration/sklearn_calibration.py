"""What scikit-learn makes of scores: reads {"cases": [{"scores": [...], "labels": [...], "at": [...]}]}, and prints for each
the probabilities at "at" by Platt's sigmoid and by isotonic regression."""

import json
import sys

import numpy as np
from sklearn.calibration import _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression

answers = []
for case in json.load(sys.stdin)["cases"]:
    scores, labels, at = (np.array(case[key], dtype=float) for key in ("scores", "labels", "at"))
    sigmoid = _SigmoidCalibration().fit(scores, labels)
    isotonic = IsotonicRegression(out_of_bounds="clip").fit(scores, labels)
    answers.append({"platt": sigmoid.predict(at).tolist(), "isotonic": isotonic.predict(at).tolist()})
print(json.dumps(answers))
