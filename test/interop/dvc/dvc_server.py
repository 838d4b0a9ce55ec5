"""Real DVC, imported once: runs each command in a fork of this process.

A line in, `{"argv", "cwd", "env"}`, is a line out, `{"exitCode", "stdout", "stderr"}`. The command is DVC's own `main`
in a process of its own; only the second that Python takes to import it is shared.

Two things are decided that DVC leaves to chance. A part of a graph that is less than half of it is walked in the order
of a Python set: here it has the order of the graph, as larger parts have. Directories are walked in the order in which
the file system lists them: here by name.
"""

import json
import os
import sys
import tempfile
import traceback

import dvc.cli
import dvc.cli.parser
import dvc.repo
import dvc.repo.reproduce
import dvc.repo.status
import dvc.render.convert
import dvc.stage.cache
import dvc_data.index
from networkx.classes import coreviews


def walk_in_order(self):
    return (node for node in self._atlas if self.NODE_OK(node))


unsorted_walk = os.walk


def sorted_walk(*arguments, **options):
    for entry in unsorted_walk(*arguments, **options):
        entry[1].sort()
        entry[2].sort()
        yield entry


os.walk = sorted_walk
for view in (coreviews.FilterAtlas, coreviews.FilterAdjacency):
    view.__iter__ = walk_in_order


def run(request):
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        pid = os.fork()
        if pid == 0:
            status = 255
            try:
                os.setsid()
                null = os.open(os.devnull, os.O_RDONLY)
                os.dup2(null, 0)
                os.dup2(out.fileno(), 1)
                os.dup2(err.fileno(), 2)
                os.environ.clear()
                os.environ.update(request["env"])
                os.chdir(request["cwd"])
                status = dvc.cli.main(request["argv"]) or 0
            except SystemExit as exit_:
                status = exit_.code if isinstance(exit_.code, int) else 1
            except BaseException:
                traceback.print_exc()
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status & 255)
        _, waited = os.waitpid(pid, 0)
        out.seek(0)
        err.seek(0)
        return {
            "exitCode": os.waitstatus_to_exitcode(waited),
            "stdout": out.read().decode(errors="replace"),
            "stderr": err.read().decode(errors="replace"),
        }


dvc.cli.parser.get_main_parser()
replies = os.fdopen(os.dup(1), "w")
for line in sys.stdin:
    replies.write(json.dumps(run(json.loads(line))) + "\n")
    replies.flush()
