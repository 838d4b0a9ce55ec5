/**
 * Random edits of a repository by hand: of files, of what the tools keep, of manifests.
 *
 * @module
 */

import fc from 'fast-check';
import { type Step, sh, write } from '../scenario.ts';
import { available, INPUTS, number } from './arbitrary-project.ts';
import { manifestFiles, paramsFile } from './manifest-text.ts';
import { outPaths, type RandomProject, type RandomStage } from './model.ts';

const FILE_EDITS = [
  'input',
  'touch',
  'remove-input',
  'input-to-directory',
  'executable-input',
  'source',
  'remove-out',
  'edit-out',
  'add-to-tree',
  'remove-from-tree',
  'executable-out',
] as const;

/** Objects are not damaged: on purpose DVC takes them for what they were. */
const STORE_EDITS = [
  'drop-object',
  'drop-cache',
  'drop-runs',
  'drop-lock',
  'drop-lock-entry',
  'strip-lock',
] as const;

const MANIFEST_EDITS = [
  'command',
  'swap-dep',
  'drop-dep',
  'rename',
  'remove-stage',
  'break',
  'mend',
  'freeze',
  'always-changed',
  'variable',
  'items',
  'uncache',
  'note',
] as const;

type ScriptKind = (typeof FILE_EDITS)[number] | (typeof STORE_EDITS)[number];
type ManifestKind = (typeof MANIFEST_EDITS)[number];

const LOSES_OBJECTS: ReadonlySet<ScriptKind> = new Set(['drop-object', 'drop-cache']);

export type Edit =
  | { readonly of: 'files'; readonly kind: ScriptKind; readonly which: number; readonly content: number }
  | { readonly of: 'manifest'; readonly kind: ManifestKind; readonly which: number; readonly content: number }
  | { readonly of: 'params'; readonly which: number; readonly value: string };

const scripted = (names: readonly ScriptKind[]): fc.Arbitrary<Edit> =>
  fc.record({
    of: fc.constant('files' as const),
    kind: fc.constantFrom(...names),
    which: number,
    content: number,
  });

export const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 3, arbitrary: scripted(FILE_EDITS) },
  { weight: 1, arbitrary: scripted(STORE_EDITS) },
  {
    weight: 2,
    arbitrary: fc.record({
      of: fc.constant('manifest' as const),
      kind: fc.constantFrom(...MANIFEST_EDITS),
      which: number,
      content: number,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      of: fc.constant('params' as const),
      which: number,
      value: fc.constantFrom('1', '1.0', "'1'", '[1, 2]', '{z: 1, y: [2]}', 'null', '1e-05', 'true', 'word'),
    }),
  },
);

export interface Taken {
  readonly project: RandomProject;
  readonly steps: readonly Step[];
}

export function takeEdit(project: RandomProject, each: Edit): Taken {
  switch (each.of) {
    case 'params':
      return takeParamEdit(project, each);
    case 'manifest': {
      const changed = changedManifest(project, each.kind, each.which, each.content);
      return { project: changed, steps: changed === project ? [] : [write(manifestFiles(changed))] };
    }
    case 'files': {
      const script = scriptOf(project, each.kind, each.which, each.content);
      if (script === undefined) return { project, steps: [] };
      const isCacheWhole = project.isCacheWhole && !LOSES_OBJECTS.has(each.kind);
      return { project: { ...project, isCacheWhole }, steps: [sh(script)] };
    }
  }
}

/** Of the seven places where params stand. */
function takeParamEdit(project: RandomProject, { which, value }: { which: number; value: string }): Taken {
  const isPlain = /^[\d.]+$/.test(value);
  const at = which % 7;
  if (at === 3) return { project, steps: [write({ 't.toml': `[a]\nb = ${isPlain ? value : 7}\n` })] };
  if (at === 4) {
    const json = value.startsWith("'") ? '"1"' : /^[[\dnt]/.test(value) ? value : '{"a": 1}';
    return { project, steps: [write({ 'j.json': `{"k": ${json}}` })] };
  }
  if (at === 5) return { project, steps: [write({ 'm.py': `X = ${isPlain ? value : '{"y": 2}'}\n` })] };
  if (at === 6) return { project, steps: [write({ 'sub/params.yaml': `p3: ${value}\n` })] };
  const params: [string, string, string] = [...project.params];
  params[at] = value;
  const changed = { ...project, params };
  return { project: changed, steps: [write(paramsFile(changed))] };
}

/** @returns The same project where there is nothing to change. */
function changedManifest(
  project: RandomProject,
  kind: ManifestKind,
  which: number,
  content: number,
): RandomProject {
  const at = which % Math.max(project.stages.length, 1);
  const stage = project.stages[at];
  if (stage === undefined) return project;
  const withStage = (changes: Partial<RandomStage>): RandomProject => ({
    ...project,
    stages: project.stages.with(at, { ...stage, ...changes }),
  });
  switch (kind) {
    case 'command':
      return withStage({ version: stage.version + 1 });
    case 'swap-dep': {
      const paths = available(project.stages.slice(0, at), project.sources, project.items);
      const dep = paths[content % paths.length]!;
      return withStage({ deps: [...new Set([dep, ...stage.deps.slice(1)])] });
    }
    case 'drop-dep':
      return withStage({ deps: stage.deps.slice(1) });
    case 'rename':
      return withStage({ name: `${stage.name}r` });
    case 'remove-stage':
      return project.stages.length === 1 ? project : { ...project, stages: project.stages.toSpliced(at, 1) };
    case 'break':
      return withStage({ fault: (['first', 'last', 'no out'] as const)[content % 3]! });
    case 'mend':
      return withStage({ fault: 'none' });
    case 'freeze':
      return withStage({ isFrozen: !stage.isFrozen });
    case 'always-changed':
      return withStage({ isAlwaysChanged: !stage.isAlwaysChanged });
    case 'variable':
      return { ...project, variable: ['1', '2', '1.0', 'word'][content % 4]! };
    case 'items':
      return { ...project, items: [['u'], ['u', 'v'], ['v', 'u', 'w']][content % 3]! };
    case 'uncache':
      return withStage({
        outs: stage.outs.map((out) =>
          out.flags.includes('cache: false')
            ? { ...out, flags: out.flags.filter((flag) => flag !== 'cache: false') }
            : { ...out, flags: [...out.flags, 'cache: false'] },
        ),
      });
    case 'note':
      return withStage({ note: stage.note === '' ? 'desc: another' : '' });
  }
}

/** @returns Undefined where there is nothing of the kind. */
function scriptOf(
  project: RandomProject,
  kind: ScriptKind,
  which: number,
  content: number,
): string | undefined {
  const input = INPUTS[which % INPUTS.length]!;
  const outs = project.stages.flatMap((stage) => outPaths(stage, project.items));
  const out = outs[which % Math.max(outs.length, 1)]?.path;
  const source = project.sources[which % Math.max(project.sources.length, 1)];
  const lock = which % 3 === 2 ? 'sub/dvc.lock' : 'dvc.lock';
  switch (kind) {
    case 'input':
      return `[ -d ${input} ] || echo "content ${content % 3}" > ${input}`;
    case 'touch':
      return `[ ! -e ${input} ] || touch -d 2020-01-0${1 + (content % 9)} ${input}`;
    case 'remove-input':
      return `rm -rf ${input}`;
    case 'input-to-directory':
      return `rm -rf ${input}; mkdir -p ${input}; echo ${content % 3} > ${input}/z`;
    case 'executable-input':
      return `[ ! -f ${input} ] || chmod ${content % 2 === 0 ? '+x' : '-x'} ${input}`;
    case 'source':
      return source && sourceScript(source.path, source.isDirectory, content);
    case 'remove-out':
      return out && `rm -rf ${out}`;
    case 'edit-out':
      return out && `[ ! -f ${out} ] || { rm -f ${out}; echo "edited ${content % 2}" > ${out}; }`;
    case 'add-to-tree':
      return out && `[ ! -d ${out} ] || echo new > ${out}/new`;
    case 'remove-from-tree':
      return out && `[ ! -d ${out} ] || rm -f ${out}/x`;
    case 'executable-out':
      return out && `[ ! -f ${out} ] || chmod +x ${out}`;
    case 'drop-object':
      return out && `${OBJECT_OF(out)}rm -f "$object"; }`;
    case 'drop-cache':
      return 'rm -rf .dvc/cache/files';
    case 'drop-runs':
      return 'rm -rf .dvc/cache/runs';
    case 'drop-lock':
      return `rm -f ${lock}`;
    case 'drop-lock-entry':
      return `[ ! -f ${lock} ] || awk '/^  [^ ]/ { skip = ($1 == "s${which % 4}:") } !skip' ${lock} > l && mv l ${lock} || rm -f l`;
    case 'strip-lock':
      return `[ ! -f ${lock} ] || sed -i '/isexec/d; /size:/d' ${lock}`;
  }
}

const OBJECT_OF = (out: string): string =>
  `[ ! -f ${out} ] || { md5=$(md5sum < ${out} | cut -c1-32); tail=\${md5#??}; ` +
  `object=".dvc/cache/files/md5/\${md5%$tail}/$tail"; `;

function sourceScript(path: string, isDirectory: boolean, content: number): string {
  if (content % 7 === 6) return `rm -rf ${path}`;
  if (!isDirectory) return `rm -rf ${path}; echo "data ${content % 3}" > ${path}`;
  const edits = [`rm -f ${path}/a; echo ${content} > ${path}/a`, `rm -f ${path}/a`, `echo n > ${path}/new`];
  return `mkdir -p ${path}; ${edits[content % 3]!}`;
}
