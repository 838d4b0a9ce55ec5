/**
 * Run bundles: what a module's process executes.
 *
 * Unlike the bundle that is fingerprinted it is tied to its place: packages, assets and `import.meta.url` are real
 * addresses, and its source map leads to the lines of the sources as they are now. Its name is therefore made of the
 * states of all inputs: a comment edit keeps the code and makes a new run bundle.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { err, type FileSystem, ok, type Result, replaceFile } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { type Bundle, bundleModules } from './bundle.ts';
import { InputFiles, stateOf } from './input-files.ts';
import type { ModuleCode } from './module-code.ts';
import { isScript } from './project-plugin.ts';
import { assetFile, replaceMarkers } from './source-urls.ts';

export interface RunBundles {
  readonly root: string;
  readonly fs: FileSystem;
  /** Absolute; holds a directory for each module, in it one for each code. */
  readonly directory: string;
  /** The file that supplies `dvc-like/stage`. */
  readonly stageDoor: string;
}

/** How many codes of one module are kept. */
const KEPT_CODES = 3;

/** Where what follows from a module's code is kept. */
export const codeDirectory = ({ directory }: RunBundles, { module, code }: ModuleCode): string =>
  join(directory, sha256(module).slice(0, 16), code);

/** The path of the module's run bundle, made where it is missing. */
export async function makeRunBundle(
  bundles: RunBundles,
  module: ModuleCode,
): Promise<Result<string, readonly Diagnostic[]>> {
  const { root, fs, stageDoor } = bundles;
  const files = new InputFiles(fs);
  for (const path of [stageDoor, ...module.inputs]) files.see(path);
  const name = sha256(JSON.stringify([root, ...files.states])).slice(0, 16);
  const directory = codeDirectory(bundles, module);
  const pathOf = (script: string): string =>
    join(directory, script === module.module ? `${name}.mjs` : `${name}-${sha256(script).slice(0, 16)}.mjs`);
  const main = pathOf(module.module);
  if (fs.stat(main)?.kind === 'file') return ok(main);

  const made = new Map<string, Bundle>();
  const missing = [module.module];
  for (let script = missing.pop(); script !== undefined; script = missing.pop()) {
    const purpose = { kind: 'run', stageDoor, outFile: pathOf(script) } as const;
    const bundle = (await bundleModules(root, files, [script], purpose)).get(script)!;
    if (!bundle.ok) return bundle;
    made.set(script, bundle.value);
    for (const { path } of bundle.value.assets) if (isScript(path) && !made.has(path)) missing.push(path);
  }
  const changed = [...files.states].filter(([path, state]) => stateOf(fs, path) !== state);
  if (changed.length > 0) return err([changedMeanwhile(module, relative(root, changed[0]![0]))]);

  const url = (path: string): string => pathToFileURL(path).href;
  const urls = {
    ofAsset: (path: string) => {
      const file = assetFile(path, (candidate) => files.see(join(root, candidate)));
      return url(isScript(file) ? pathOf(file) : join(root, file));
    },
    ofSource: (path: string) => url(join(root, path)),
  };
  // The module itself comes last: where it is, all is.
  for (const [script, { text }] of [...made].reverse()) {
    replaceFile(fs, pathOf(script), replaceMarkers(text, urls));
  }
  prune(fs, dirname(directory), module.code);
  return ok(main);
}

/** Removes the oldest codes of a module, never the given one. */
function prune(fs: FileSystem, directory: string, code: string): void {
  const others = fs
    .readDirectory(directory)
    .filter(({ name }) => name !== code)
    .map(({ name }) => ({
      path: join(directory, name),
      madeNs: fs.lstat(join(directory, name))?.mtimeNs ?? 0n,
    }))
    .sort((a, b) => (a.madeNs > b.madeNs ? -1 : 1));
  for (const { path } of others.slice(KEPT_CODES - 1)) fs.remove(path);
}

export function changedMeanwhile({ module }: ModuleCode, path: string): Diagnostic {
  return {
    code: 'E_MODULE_CHANGED',
    message: `Module "${module}" changed while it was made ready: "${path}" was written`,
    hint: 'nothing was run; run it again',
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
