/**
 * Every file of a project that declares stages, read and resolved, with every error of all of them.
 *
 * A native project has one manifest, at its root. A DVC repository has as many as are found in its tree, and `.dvc` files.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, fromRoot, type NamesIn, type SourceFile } from '../core/index.ts';
import { type Manifest, readManifest } from '../manifest/index.ts';
import { discover, type ParsingOptions, type Project } from '../project/index.ts';
import { readSource, type Source } from '../sources/index.ts';
import { type ResolvedManifest, resolveStages } from '../template/index.ts';
import type { ManifestMemo } from './manifest-memo.ts';
import type { ProjectFiles } from './project-files.ts';

export interface DeclaringFiles {
  /** Manifests and `.dvc` files in the order in which they were found; names are as seen from the root. */
  readonly declarations: readonly (ResolvedManifest | Source)[];
  /** Directories that were searched, relative to the root. */
  readonly directories: readonly string[];
}

export interface LoadOptions {
  readonly namesIn?: NamesIn | undefined;
  readonly memo?: ManifestMemo | undefined;
  /** As usual if undefined. */
  readonly parsing?: ParsingOptions | undefined;
  /** Whether the graph may have cycles, and outs that clash: for what looks at each stage by itself, as DVC does. */
  readonly isUnchecked?: boolean | undefined;
  /** Whether a file is left out where it cannot be read. */
  readonly isPassedOver?: ((path: string) => boolean) | undefined;
}

type Loaded = Result<DeclaringFiles, readonly Diagnostic[]>;

export function loadDeclaringFiles(project: Project, files: ProjectFiles, options: LoadOptions): Loaded {
  return project.dialect === 'dvc'
    ? loadRepository(project, files, options)
    : loadNative(project, files, options);
}

function loadNative(project: Project, files: ProjectFiles, options: LoadOptions): Loaded {
  const resolved = resolveOne(project, project.manifestName, files.readText, options, (read) =>
    readNativeManifest(project, read),
  );
  return resolved.ok ? ok({ declarations: [resolved.value], directories: [] }) : resolved;
}

function loadRepository(project: Project, files: ProjectFiles, options: LoadOptions): Loaded {
  const declarations: (ResolvedManifest | Source)[] = [];
  const errors: Diagnostic[] = [];
  const other = files.readText('dvc-like.yaml');
  const visit = (path: string): readonly string[] => {
    const text = files.readText(path);
    if (text === undefined) return [];
    const read = path.endsWith('.dvc')
      ? readSource({ path, text })
      : resolveOne(project, path, files.readText, options, () => readDvcManifest({ path, text }));
    if (!read.ok) {
      if (!options.isPassedOver?.(path)) errors.push(...read.error);
      return [];
    }
    declarations.push(read.value);
    const stages = 'stages' in read.value ? read.value.stages : [read.value.stage];
    return stages.flatMap(({ wdir, outs }) => outs.map((out) => fromRoot(wdir, out.path)));
  };
  const directories = discover({ ...files, visit });
  const isTwofold = other !== undefined && declarations.some((each) => 'stages' in each && isAtRoot(each));
  if (isTwofold) errors.push(twoManifests(project, { path: 'dvc-like.yaml', text: other }));
  else if (other !== undefined && declarations.length === 0)
    errors.push(noManifest(project, 'dvc-like.yaml'));
  return errors.length > 0 ? err(errors) : ok({ declarations, directories });
}

const isAtRoot = ({ file }: ResolvedManifest): boolean => file.path === 'dvc.yaml';

export const readDvcManifest = (file: SourceFile): Result<Manifest, readonly Diagnostic[]> =>
  readManifest(file, 'dvc', directoryOf(file.path));

const directoryOf = (path: string): string =>
  path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '.';

function resolveOne(
  project: Project,
  path: string,
  read: ProjectFiles['readText'],
  { memo, namesIn, parsing }: LoadOptions,
  readIt: (readText: ProjectFiles['readText']) => Result<Manifest, readonly Diagnostic[]>,
): Result<ResolvedManifest, readonly Diagnostic[]> {
  const remembered = memo?.recall(path, read);
  if (remembered !== undefined) return ok(remembered);
  const texts = new Map([[path, read(path)]]);
  const readText = (file: string): string | undefined => {
    const text = read(file);
    texts.set(file, text);
    return text;
  };
  const manifest = readIt(readText);
  const resolved = manifest.ok
    ? resolveStages(manifest.value, {
        root: project.root,
        readText,
        defaultParams: project.paramsName,
        namesIn,
        parsing,
      })
    : manifest;
  if (resolved.ok) memo?.remember(path, resolved.value, texts);
  return resolved;
}

export function readNativeManifest(
  project: Project,
  readText: ProjectFiles['readText'],
): Result<Manifest, readonly Diagnostic[]> {
  const text = readText(project.manifestName);
  const otherText = readText('dvc.yaml');
  if (text === undefined) return err([noManifest(project, otherText === undefined ? undefined : 'dvc.yaml')]);
  if (otherText !== undefined) return err([twoManifests(project, { path: 'dvc.yaml', text: otherText })]);
  return readManifest({ path: project.manifestName, text }, 'native', '.');
}

/** @param other What is there instead. */
export const noManifest = (project: Project, other: string | undefined): Diagnostic => ({
  code: 'E_NO_MANIFEST',
  message: `There is no "${project.manifestName}" in ${project.root}`,
  hint:
    other === undefined
      ? `create "${project.manifestName}" with a "stages:" mapping`
      : `this is a ${project.dialect === 'dvc' ? 'DVC repository: rename' : 'project of dvc-like: rename'} "${other}" to "${project.manifestName}"`,
});

const twoManifests = (project: Project, other: SourceFile): Diagnostic => ({
  code: 'E_TWO_MANIFESTS',
  message: `Both "${project.manifestName}" and "${other.path}" are in ${project.root}`,
  place: { file: other, range: { start: 0, end: 0 } },
  hint:
    project.dialect === 'dvc'
      ? `this is a DVC repository (.dvc/): remove "${other.path}"`
      : `this is a project of dvc-like (no .dvc/): remove "${other.path}"`,
});
