"""What DVC reads from Python files: a JSON list of texts in, a JSON list of values out; null where it cannot read one."""

import json
import sys

from dvc.utils.serialize import ParseError
from dvc.utils.serialize._py import parse_py


def read(text):
    try:
        return parse_py(text, "params.py")
    except ParseError:
        return None


def plain(value):
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, (list, tuple)) else value


print(json.dumps([plain(read(text)) for text in json.load(sys.stdin)]))
