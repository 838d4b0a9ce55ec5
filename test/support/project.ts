/**
 * A temporary project and the built command line in it.
 *
 * The command sees a home directory of its own and none of our environment but `PATH`: what a person has configured
 * cannot change a test.
 *
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** Path to content; directories are made as needed. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export interface Finished {
  /** `undefined` where a signal ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that may still run. */
export interface Started {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
}

export interface Repro extends Finished {
  /** Stage name to what was decided of it before anything ran: `fresh`, `restore`, `run`, ... */
  readonly verdicts: Readonly<Record<string, string>>;
  /** Stage name to what became of it: `fresh`, `restored`, `ran`, `failed`, ... */
  readonly statuses: Readonly<Record<string, string>>;
}

export interface Project {
  /** Its root, absolute, without symbolic links. */
  readonly root: string;
  /** Absolute. */
  readonly path: (path: string) => string;
  readonly write: (files: Files) => Promise<void>;
  readonly read: (path: string) => Promise<string>;
  readonly exists: (path: string) => Promise<boolean>;
  /** A file or a whole directory; nothing where there is none. */
  readonly remove: (path: string) => Promise<void>;
  /** The parsed `dvc-like.lock`. */
  readonly lock: () => Promise<unknown>;
  /** `dvc-like ARGS`, to its end. */
  readonly run: (...args: readonly string[]) => Promise<Finished>;
  readonly start: (...args: readonly string[]) => Started;
  /** `dvc-like repro --json ARGS`. */
  readonly repro: (...args: readonly string[]) => Promise<Repro>;
  /** Any other program, in the same surroundings. */
  readonly exec: (program: string, ...args: readonly string[]) => Promise<Finished>;
}

export interface ProjectOptions {
  /** Added to the environment of every command. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where commands run, relative to the root. */
  readonly cwd?: string;
}

/** The built command line. */
const CLI = fileURLToPath(new URL('../../dvc-like.js', import.meta.url));

/** Makes a project of these files for the time of `body`. Whatever it started and did not await is killed. */
export async function withProject<T>(
  files: Files,
  body: (project: Project) => T | Promise<T>,
  options: ProjectOptions = {},
): Promise<T> {
  const top = await realpath(await mkdtemp(join(tmpdir(), 'dvc-like-test-')));
  const running = new Set<ChildProcess>();
  try {
    const root = join(top, 'project');
    await mkdir(join(top, 'home'), { recursive: true });
    await mkdir(root);
    const project = projectAt(root, options, running);
    await project.write(files);
    return await body(project);
  } finally {
    for (const child of running) child.kill('SIGKILL');
    await rm(top, { recursive: true, force: true, maxRetries: 5 });
  }
}

function projectAt(root: string, options: ProjectOptions, running: Set<ChildProcess>): Project {
  const path = (relative: string): string => join(root, relative);
  const env = {
    PATH: process.env['PATH'],
    HOME: join(root, '../home'),
    XDG_CONFIG_HOME: join(root, '../home/.config'),
    TMPDIR: tmpdir(),
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    ...options.env,
  };
  const spawnHere = (program: string, args: readonly string[]): Started => {
    const child = spawn(program, args, {
      cwd: path(options.cwd ?? '.'),
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    child.once('close', () => running.delete(child));
    return { child, finished: finish(child) };
  };
  const start = (...args: readonly string[]): Started => spawnHere(process.execPath, [CLI, ...args]);
  return {
    root,
    path,
    write: async (files) => {
      for (const [name, content] of Object.entries(files)) {
        await mkdir(dirname(path(name)), { recursive: true });
        await writeFile(path(name), content);
      }
    },
    read: (name) => readFile(path(name), 'utf8'),
    exists: (name) =>
      stat(path(name)).then(
        () => true,
        () => false,
      ),
    remove: (name) => rm(path(name), { recursive: true, force: true }),
    lock: async () => parse(await readFile(path('dvc-like.lock'), 'utf8')) as unknown,
    start,
    run: (...args) => start(...args).finished,
    repro: async (...args) => toRepro(await start('repro', '--json', ...args).finished),
    exec: (program, ...args) => spawnHere(program, args).finished,
  };
}

function finish(child: ChildProcess): Promise<Finished> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => {
      resolve({
        exitCode: exitCode ?? undefined,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      });
    });
  });
}

/** @throws {Error} If a command that succeeded did not say what it did. */
function toRepro(finished: Finished): Repro {
  const stages = stagesOf(finished.stdout);
  if (stages === undefined && finished.exitCode === 0) {
    throw new Error(`repro --json printed no result:\n${finished.stdout}\n${finished.stderr}`);
  }
  return {
    ...finished,
    verdicts: Object.fromEntries((stages ?? []).map((stage) => [stage.name, stage.verdict])),
    statuses: Object.fromEntries((stages ?? []).map((stage) => [stage.name, stage.status])),
  };
}

interface ReportedStage {
  readonly name: string;
  readonly verdict: string;
  readonly status: string;
}

/** The stages of the JSON object that ends the output, whatever stages have printed above it. */
function stagesOf(stdout: string): readonly ReportedStage[] | undefined {
  const start = stdout.startsWith('{') ? 0 : stdout.lastIndexOf('\n{') + 1;
  if (!stdout.startsWith('{', start)) return undefined;
  return (JSON.parse(stdout.slice(start)) as { readonly stages: readonly ReportedStage[] }).stages;
}
