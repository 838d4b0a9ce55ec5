"""Reads columns as JSON, prints the months in which a column drifts by Evidently's defaults."""
import json
import sys

import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.metrics import ValueDrift

given = json.load(sys.stdin)
drifted = []
for entry in given["months"]:
    found = False
    for name, values in entry["columns"].items():
        definition = (
            DataDefinition(categorical_columns=[name])
            if name == "tag"
            else DataDefinition(numerical_columns=[name])
        )
        current = Dataset.from_pandas(pd.DataFrame({name: values}), data_definition=definition)
        reference = Dataset.from_pandas(
            pd.DataFrame({name: given["reference"][name]}), data_definition=definition
        )
        report = Report([ValueDrift(column=name)], include_tests=True).run(current, reference)
        found = found or any(test["status"] == "FAIL" for test in json.loads(report.json())["tests"])
    if found:
        drifted.append(entry["month"])
print(json.dumps(drifted))
