/**
 * Where the project is: its root, its home, and which names its files have.
 *
 * The root is the nearest directory upward with `.dvc/` or `.dvc-like/`; where there is none, that of the nearest
 * `dvc-like.yaml`. It imports nothing but node: the no-op path uses it too.
 *
 * @module
 */

import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export interface Project {
  /** `dvc`: a DVC repository, with DVC's files. `native`: with ours. */
  readonly dialect: 'dvc' | 'native';
  /** Absolute. */
  readonly root: string;
  /** The working directory, relative to the root with `/`; `.` is the root. */
  readonly cwd: string;
  /** Absolute; may not exist yet in a native project. */
  readonly home: string;
  readonly manifestName: 'dvc.yaml' | 'dvc-like.yaml';
  readonly lockName: 'dvc.lock' | 'dvc-like.lock';
  readonly paramsName: 'params.yaml' | 'config.yaml';
}

/** What is ours alone in the home: snapshot, journal, memo, logs, bundles, checkpoints. */
export const stateDirectory = (project: Project): string => join(project.home, 'tmp', 'dvc-like');

/** @returns Undefined where no directory upward is a project. */
export function findProject(cwd: string): Project | undefined {
  let manifestAt: string | undefined;
  for (let directory = cwd; ; directory = dirname(directory)) {
    if (isDirectory(join(directory, '.dvc'))) return dvcProject(directory, cwd);
    if (isDirectory(join(directory, '.dvc-like'))) return nativeProject(directory, cwd);
    if (manifestAt === undefined && existsSync(join(directory, 'dvc-like.yaml'))) manifestAt = directory;
    if (directory === dirname(directory)) break;
  }
  return manifestAt === undefined ? undefined : nativeProject(manifestAt, cwd);
}

const dvcProject = (root: string, cwd: string): Project => ({
  dialect: 'dvc',
  root,
  cwd: relative(root, cwd) || '.',
  home: join(root, '.dvc'),
  manifestName: 'dvc.yaml',
  lockName: 'dvc.lock',
  paramsName: 'params.yaml',
});

const nativeProject = (root: string, cwd: string): Project => ({
  dialect: 'native',
  root,
  cwd: relative(root, cwd) || '.',
  home: join(root, '.dvc-like'),
  manifestName: 'dvc-like.yaml',
  lockName: 'dvc-like.lock',
  paramsName: 'config.yaml',
});

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
