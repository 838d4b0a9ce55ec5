"""Prints DVC's own commands and flags as JSON: `[{"command": "stage add", "flags": [["-n", "--name"]]}]`."""

import argparse
import json

import dvc.cli.parser

COMMON = {"-h", "-q", "-v"}


def walk(parser, names):
    flags = []
    below = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                below.setdefault(id(child), (name, child))
        elif action.option_strings and action.help is not argparse.SUPPRESS:
            if not COMMON.intersection(action.option_strings):
                flags.append(action.option_strings)
    yield {"command": " ".join(names), "flags": flags}
    for name, child in below.values():
        yield from walk(child, [*names, name])


print(json.dumps(list(walk(dvc.cli.parser.get_main_parser(), []))))
