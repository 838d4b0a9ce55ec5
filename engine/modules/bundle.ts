/**
 * Bundles of modules, made by esbuild: what a module's code really uses, and nothing else.
 *
 * The text depends on the sources alone: not on where the project lies, on what is bundled beside it, or on a
 * `tsconfig.json` (aliases are the `imports` of a `package.json`).
 *
 * What nothing uses shakes out: functions, classes, types, literals, empty collections and those of literals. What may
 * have an effect when a file is imported stays, used or not: a call, a `new` with computed arguments, arithmetic. Such a
 * constant shakes out where it stands behind a PURE annotation, within the function that needs it, or in a file of which
 * nothing is used in a package that says `"sideEffects": false`.
 *
 * @module
 */

import { dirname, join, relative, resolve } from 'node:path';
import type { BuildOptions, BuildResult, Metafile } from 'esbuild';
import { err, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, namesUnder, suggestPath } from '../core/index.ts';
import { moduleDiagnostics } from './esbuild-diagnostics.ts';
import type { InputFiles } from './input-files.ts';
import {
  type BundlePurpose,
  isScript,
  type ProjectView,
  projectPlugin,
  toPosix,
  triedBefore,
} from './project-plugin.ts';
import { type Asset, assetFile, assetsOf } from './source-urls.ts';

export interface Bundle {
  /** With markers in the place of `import.meta.url`. */
  readonly text: string;
  readonly assets: readonly Asset[];
  /** The names that it exports. */
  readonly exports: readonly string[];
  /** Absolute paths, as in `ModuleCode.inputs`, without what its assets come from. */
  readonly inputs: readonly string[];
  /** It takes what is in a directory (`import(`./x/${y}.ts`)`): its inputs do not tell when it changes. */
  readonly isOpen: boolean;
}

export type Bundled = Result<Bundle, readonly Diagnostic[]>;

/** @param modules Relative to the root with `/`. */
export async function bundleModules(
  root: string,
  files: InputFiles,
  modules: readonly string[],
  purpose: BundlePurpose,
): Promise<ReadonlyMap<string, Bundled>> {
  const bundles = new Map<string, Bundled>();
  const found = modules.filter((module) => {
    if (files.read(join(root, module)) !== undefined && isScript(module)) return true;
    bundles.set(module, err([noModule(files, root, module)]));
    return false;
  });
  if (found.length === 0) return bundles;
  const esbuild = await import('esbuild');
  const view = { root, files, purpose, manifests: new Map<string, Set<string>>() };
  try {
    const result = await esbuild.build(optionsOf(view, found));
    for (const [module, bundle] of readResult(view, found, result)) bundles.set(module, ok(bundle));
  } catch (error) {
    if (!isBuildFailure(error)) throw error;
    const [only, ...others] = found;
    if (others.length === 0) bundles.set(only!, err(moduleDiagnostics(files.fs, root, error.errors)));
    else {
      // One of them failed, and esbuild does not say which: each alone.
      const alone = await Promise.all(found.map((module) => bundleModules(root, files, [module], purpose)));
      for (const map of alone) for (const [module, bundle] of map) bundles.set(module, bundle);
    }
  }
  return bundles;
}

type Output = BuildResult<{ metafile: true; write: false }>;

function optionsOf(
  view: ProjectView,
  modules: readonly string[],
): BuildOptions & { metafile: true; write: false } {
  const { root, purpose } = view;
  return {
    absWorkingDir: root,
    entryPoints: modules.map((module, i) => ({ in: join(root, module), out: String(i) })),
    outdir: purpose.kind === 'run' ? dirname(purpose.outFile) : join(root, '.bundles'),
    write: false,
    metafile: true,
    bundle: true,
    treeShaking: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: [],
    charset: 'utf8',
    legalComments: 'none',
    minifyWhitespace: purpose.kind === 'fingerprint',
    sourcemap: purpose.kind === 'run' ? 'inline' : false,
    sourcesContent: false,
    preserveSymlinks: true,
    tsconfigRaw: {},
    logLevel: 'silent',
    plugins: [projectPlugin(view)],
  };
}

function* readResult(
  view: ProjectView,
  modules: readonly string[],
  { outputFiles, metafile }: Output,
): Generator<readonly [string, Bundle]> {
  const { root, files } = view;
  const isThere = (path: string): boolean => files.see(join(root, path));
  for (const { path, text } of outputFiles) {
    const output = metafile.outputs[toPosix(relative(root, path))];
    const entry = output?.entryPoint;
    if (output === undefined || entry === undefined) continue;
    const module = modules.find((candidate) => resolve(root, candidate) === resolve(root, entry));
    if (module === undefined)
      throw new Error(`Bug: a bundle of "${entry}", which is not among ${modules.join(', ')}`);
    const { inputs, isOpen } = inputsOf(view, metafile, entry);
    const named = assetsOf(text);
    const assets = named.map((asset) => ({ ...asset, path: assetFile(asset.path, isThere) }));
    for (const { path } of named) inputs.add(join(root, path));
    yield [module, { text, assets, exports: output.exports, inputs: [...inputs], isOpen }];
  }
}

/** All files that the entry reaches by imports, whether or not anything of them is left in the bundle. */
function inputsOf(
  view: ProjectView,
  metafile: Metafile,
  entry: string,
): { readonly inputs: Set<string>; readonly isOpen: boolean } {
  const { root, files } = view;
  const inputs = new Set<string>();
  let isOpen = false;
  const visit = (key: string): void => {
    const path = resolve(root, key);
    if (inputs.has(path)) return;
    inputs.add(path);
    for (const manifest of view.manifests.get(path) ?? []) inputs.add(manifest);
    for (const imported of metafile.inputs[key]?.imports ?? []) {
      if (imported.external === true) isOpen ||= imported.path.includes('*');
      else {
        visit(imported.path);
        const tried = triedBefore(path, imported.original ?? '', resolve(root, imported.path));
        for (const other of tried) if (files.states.has(other) || !files.see(other)) inputs.add(other);
      }
    }
  };
  visit(entry);
  return { inputs, isOpen };
}

const isBuildFailure = (error: unknown): error is Error & { readonly errors: BuildResult['errors'] } =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors);

function noModule(files: InputFiles, root: string, module: string): Diagnostic {
  const isThere = files.see(join(root, module));
  return {
    code: 'E_MODULE_NOT_FOUND',
    message: isThere
      ? `Module "${module}" is not a TypeScript or JavaScript file`
      : `Module "${module}" does not exist`,
    hint: isThere ? 'a module ends in .ts, .mts, .js or .mjs' : similarModule(files, root, module),
  };
}

function similarModule(files: InputFiles, root: string, module: string): string | undefined {
  const similar = suggestPath(module, namesUnder(files.fs, root));
  return similar === undefined ? undefined : `did you mean "${similar}"?`;
}
