/**
 * `repro --watch`: a `repro` whenever something that it depends on has changed.
 *
 * @module
 */

import { relative } from 'node:path';
import { type FileSystem, nodeFileSystem as fs } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { findProject, type Project } from '../project/index.ts';
import {
  countInputs,
  type Lookout,
  MAX_NAMED,
  openLookout,
  runRounds,
  union,
  type WatchSet,
  watchedBy,
  watchedByReading,
} from '../watch/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { readJobs } from './jobs.ts';
import { noProject } from './open-project.ts';
import { type ReproFlags, type Round, repro } from './repro.ts';
import { systemClock } from './system-clock.ts';
import { printDiagnostics, type Terminal } from './terminal.ts';
import { thrownDiagnostic } from './thrown-diagnostic.ts';

/** @returns When it is interrupted: 0 while it waits, 130 while something runs. */
export async function watch(
  terminal: Terminal,
  targets: readonly string[],
  flags: ReproFlags,
): Promise<number> {
  const jobs = readJobs(flags.jobs);
  if (typeof jobs === 'object') return fail(terminal, [jobs]);
  const project = findProject(terminal.cwd);
  if (project === undefined) return fail(terminal, [noProject(terminal)]);
  const interrupted = terminal.interrupted();
  const say = (line: string): void => {
    if (flags.json) terminal.error(`${line}\n`);
    else if (!flags.quiet) terminal.out(`${line}\n`);
  };
  const lookout = openLookout({
    fs,
    onChange: (path) => {
      rounds.changed(shown(project, path));
    },
    onError: (error) => {
      rounds.fail(new NoWatch(error));
    },
  });
  /** The last round was cancelled. Nothing is said while it runs: the screen is its. */
  let isAgain = false;
  let isSetting = flags.setParam !== undefined;
  const runRound = async (signal: AbortSignal, because: readonly string[]): Promise<void> => {
    if (because.length > 0) say(`${changedText(because)}${isAgain ? ' meanwhile: starting again' : ''}`);
    const roundTerminal: Terminal = {
      ...terminal,
      // Where there is nothing to do, who does not watch may be told so by a snapshot.
      args: terminal.args.filter((arg) => arg !== '--watch'),
      interrupted: () => signal,
    };
    const settings = flags.setParam !== undefined && !isSetting ? { setParam: [] } : {};
    await lookAround(terminal, project, lookout, (hooks) =>
      repro(
        roundTerminal,
        targets,
        { ...flags, ...settings, wait: true },
        {
          ...hooks,
          signal,
          fileSystem: (inner) => {
            // What was set a moment ago must not look as if it were changed from now on.
            if (isSetting) inner.sleep(AGING_MS);
            isSetting = false;
            return hooks.fileSystem(inner);
          },
        },
      ),
    );
    isAgain = signal.aborted;
  };
  const rounds = runRounds({
    clock: systemClock,
    runRound,
    onWait: () => {
      say(waitingText(lookout.set()));
    },
  });
  interrupted.addEventListener('abort', rounds.interrupt);
  try {
    const { wasRunning } = await rounds.ended;
    return wasRunning ? EXIT.interrupted : EXIT.done;
  } catch (error) {
    if (error instanceof NoWatch) return fail(terminal, [noWatch(error.message)]);
    throw error;
  } finally {
    await lookout.close();
  }
}

/** The system does not tell us of changes. */
class NoWatch extends Error {
  override readonly name = 'NoWatch';
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

const noWatch = (message: string): Diagnostic => ({
  code: 'E_NO_WATCH',
  message: `Cannot watch for changes: ${message}`,
  hint: 'raise the limits of inotify: sysctl fs.inotify.max_user_watches fs.inotify.max_user_instances',
});

/** More than the grain of the file system's time stamps. */
const AGING_MS = 40;

/** Runs a round, and has everything watched that it looks at. What the files or the system throw at it is shown. */
async function lookAround(
  terminal: Terminal,
  project: Project,
  lookout: Lookout,
  run: (hooks: Omit<Round, 'signal'>) => Promise<number>,
): Promise<void> {
  const read = new Set<string>();
  const before = lookout.set();
  const followed = new Set<WatchSet>();
  lookout.roundStarts();
  try {
    await run({
      fileSystem: (inner) => {
        lookout.roundStarts();
        return noting(inner, read);
      },
      selected: async (workspace, selected) => {
        const set = watchedBy(workspace, selected);
        followed.add(set);
        const isWhole = selected.length > 0 && [...workspace.codes.values()].every(({ ok }) => ok);
        await lookout.follow(isWhole || before === undefined ? set : union(set, before));
      },
    });
  } catch (error) {
    const thrown = thrownDiagnostic(error);
    if (thrown === undefined) throw error;
    printDiagnostics(terminal, [thrown]);
  }
  if (followed.size === 0) {
    const set = watchedByReading(project, fs, read);
    await lookout.follow(before === undefined ? set : union(before, set));
  }
  lookout.roundEnds();
}

/** The same file system; the paths of all files that are looked for are added to `read`. */
const noting = (inner: FileSystem, read: Set<string>): FileSystem => ({
  ...inner,
  stat: (path) => {
    read.add(path);
    return inner.stat(path);
  },
});

function changedText(paths: readonly string[]): string {
  const others = paths.length - 1;
  if (others === 0) return `${paths[0]!} changed`;
  return `${paths[0]!} and ${paths.length >= MAX_NAMED ? 'at least ' : ''}${others} more changed`;
}

function waitingText(set: WatchSet | undefined): string {
  const { files, directories, absent } = countInputs(set, fs);
  const parts = [
    counted(files, 'file', 'files'),
    ...(directories > 0 ? [counted(directories, 'directory', 'directories')] : []),
    ...(absent > 0 ? [`${counted(absent, 'path', 'paths')} where nothing is yet`] : []),
  ];
  const last = parts.pop()!;
  const all = parts.length > 0 ? `${parts.join(', ')} and ${last}` : last;
  return `Waiting for changes in ${all}, Ctrl-C ends`;
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const shown = (project: Project, path: string): string => {
  const inside = relative(project.root, path);
  return inside.startsWith('../') ? path : inside;
};
