"""What DVC's ignore filter says: reads cases as JSON, one a line, and answers each with one line of JSON.

A case: {"root": directory, "targets": [path, ...]}. The answer: [[is ignored, rule or null], ...].
"""

import json
import os
import sys

from dvc.fs import localfs
from dvc.ignore import DvcIgnoreFilter

for line in sys.stdin:
    case = json.loads(line)
    os.chdir(case["root"])
    ignore = DvcIgnoreFilter(localfs, case["root"])
    answers = []
    for target in case["targets"]:
        result = ignore.check_ignore(target)
        rules = [str(info) for info in result.pattern_infos]
        answers.append([result.match, rules[-1] if rules else None])
    print(json.dumps(answers), flush=True)
