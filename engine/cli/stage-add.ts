/**
 * `stage add`: writes a stage into the manifest.
 *
 * @module
 */

import { join, posix } from 'node:path';
import { err, nodeFileSystem, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, fromRoot, isOutside, withoutRoot } from '../core/index.ts';
import { addStage, commandOf, readYaml, stageDefinition, type TypedOut } from '../manifest/index.ts';
import { openGitIgnore, type Project, saveText, trackedByGit } from '../project/index.ts';
import type { ResolvedStage } from '../template/index.ts';
import { loadEdited, readProjectText } from '../workspace/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { openForEditing } from './open-project.ts';
import { quietReporter } from './quiet-reporter.ts';
import type { Terminal } from './terminal.ts';

type Paths = readonly string[];

export interface StageAddFlags {
  readonly name: string;
  readonly deps?: Paths;
  readonly params?: Paths;
  readonly outs?: Paths;
  readonly outsNoCache?: Paths;
  readonly outsPersist?: Paths;
  readonly outsPersistNoCache?: Paths;
  readonly metrics?: Paths;
  readonly metricsNoCache?: Paths;
  readonly plots?: Paths;
  readonly plotsNoCache?: Paths;
  readonly wdir?: string;
  readonly alwaysChanged?: true;
  readonly desc?: string;
  readonly force?: true;
  readonly run?: true;
}

export async function stageAdd(
  terminal: Terminal,
  words: readonly string[],
  flags: StageAddFlags,
): Promise<number> {
  const added = await openForEditing(terminal, quietReporter(terminal), {}, (project) =>
    Promise.resolve(write(project, commandOf(words), flags)),
  );
  if (!added.ok) return fail(terminal, added.error);
  terminal.out(`${flags.name}: added to ${added.value}\n`);
  if (!flags.run) return EXIT.done;
  const { repro } = await import('./repro.ts');
  return repro(terminal, [flags.name], { force: true, singleItem: true, commit: true, runCache: true });
}

/** @returns The manifest, as seen from the working directory. */
function write(project: Project, cmd: string, flags: StageAddFlags): Result<string, readonly Diagnostic[]> {
  const { root, dialect, cwd, manifestName, paramsName } = project;
  const directory = dialect === 'dvc' ? cwd : '.';
  const path = posix.join(directory, manifestName);
  const wdir = fromRoot(cwd, flags.wdir ?? '.');
  const text = readProjectText(nodeFileSystem, project, path);
  const wrong = mistakes(project, path, text, wdir, cmd, flags);
  if (wrong.length > 0) return err(wrong);
  const named = (each: string): string => withoutRoot(root, wdir, each);
  const definition = stageDefinition(
    {
      cmd,
      wdir: posix.relative(directory, wdir) || undefined,
      desc: flags.desc,
      deps: (flags.deps ?? []).map(named),
      params: flags.params ?? [],
      outs: outsOf(flags).map((out) => ({ ...out, path: named(out.path) })),
      isAlwaysChanged: flags.alwaysChanged === true,
    },
    paramsName,
  );
  const edited = addStage({ path, text: text ?? '' }, flags.name, definition);
  if (!edited.ok) return edited;
  const pipeline = loadEdited(nodeFileSystem, project, path, edited.value);
  if (!pipeline.ok) return pipeline;
  const stages = [...pipeline.value.graph.stages.values()];
  const stage = stages.find(({ file, localName }) => file.path === path && localName === flags.name);
  const ignored = stage === undefined ? [] : cachedPaths(stage);
  const elsewhere = ignored.filter((each) => isOutside(each) && !each.startsWith(`${root}/`));
  if (elsewhere.length > 0) return err(elsewhere.map(outElsewhere));
  const tracked = trackedByGit(root, ignored);
  if (tracked.size > 0) return err([...tracked].map(outTracked));
  if (text === undefined) nodeFileSystem.createFile(join(root, path), edited.value, 0o644);
  else saveText(nodeFileSystem, join(root, path), edited.value);
  const full = ignored.map((each) => join(root, each)).filter((each) => isDirectory(posix.dirname(each)));
  openGitIgnore(nodeFileSystem, root, full).add(full);
  return ok(posix.relative(cwd, path));
}

const isDirectory = (path: string): boolean => nodeFileSystem.stat(path)?.kind === 'directory';

const cachedPaths = ({ outs, wdir }: ResolvedStage): readonly string[] =>
  outs.filter(({ cache }) => cache).map(({ path }) => fromRoot(wdir, path));

function outsOf(flags: StageAddFlags): readonly TypedOut[] {
  const of = (
    paths: Paths | undefined,
    kind: TypedOut['kind'],
    isCached: boolean,
    isPersistent = false,
  ): readonly TypedOut[] => (paths ?? []).map((path) => ({ path, kind, isCached, isPersistent }));
  return [
    ...of(flags.outs, 'outs', true),
    ...of(flags.outsNoCache, 'outs', false),
    ...of(flags.outsPersist, 'outs', true, true),
    ...of(flags.outsPersistNoCache, 'outs', false, true),
    ...of(flags.metrics, 'metrics', true),
    ...of(flags.metricsNoCache, 'metrics', false),
    ...of(flags.plots, 'plots', true),
    ...of(flags.plotsNoCache, 'plots', false),
  ];
}

function mistakes(
  project: Project,
  path: string,
  text: string | undefined,
  wdir: string,
  cmd: string,
  flags: StageAddFlags,
): readonly Diagnostic[] {
  const { name } = flags;
  const found: Diagnostic[] = [];
  if (!/^(?:[\w\s-]|[^\0-\x7f])+$/.test(name)) found.push(badName(name));
  if (cmd.trim() === '') found.push({ code: 'E_USAGE', message: `The command of "${name}" is missing` });
  const paths = [...(flags.deps ?? []), ...outsOf(flags).map((out) => out.path)].map((each) =>
    posix.normalize(each),
  );
  const twice = [...new Set(paths.filter((each, i) => paths.indexOf(each) !== i))];
  found.push(...twice.map((each) => namedTwice(name, each)));
  const isOutside = wdir.startsWith('/') || wdir === '..' || wdir.startsWith('../');
  if (isOutside || !isDirectory(join(project.root, wdir))) found.push(badDirectory(flags.wdir ?? '.'));
  if (text !== undefined && !flags.force && hasStage({ path, text }, name)) found.push(hasThat(name, path));
  return found;
}

function hasStage(file: { readonly path: string; readonly text: string }, name: string): boolean {
  const read = readYaml(file);
  const stages =
    read.ok && read.value.kind === 'map' ? read.value.entries.find(({ key }) => key === 'stages') : undefined;
  return stages?.value.kind === 'map' && stages.value.entries.some(({ key }) => key === name);
}

const badName = (name: string): Diagnostic => ({
  code: 'E_USAGE',
  message: `"${name}" cannot be the name of a stage`,
  hint: 'take letters, digits, blanks, "-" and "_"',
});

const namedTwice = (name: string, path: string): Diagnostic => ({
  code: 'E_USAGE',
  message: `"${path}" is named twice for stage "${name}"`,
  hint: 'a path is either a dep or an out, once',
});

const badDirectory = (path: string): Diagnostic => ({
  code: 'E_USAGE',
  message: `"--wdir ${path}" is no directory of the project`,
  hint: 'create it first',
});

const hasThat = (name: string, path: string): Diagnostic => ({
  code: 'E_ALREADY_THERE',
  message: `There is a stage "${name}" in ${path}`,
  hint: 'pass -f to replace it',
});

const outElsewhere = (path: string): Diagnostic => ({
  code: 'E_OUT_OUTSIDE',
  message: `Out "${path}" is outside of the project: it cannot be kept in the cache`,
  hint: 'choose a path in the project, or take -O',
});

const outTracked = (path: string): Diagnostic => ({
  code: 'E_TRACKED_BY_GIT',
  message: `Cannot make "${path}" an out: git tracks it`,
  hint: `let git forget it first: git rm -r --cached "${path}"`,
});
