/**
 * The fingerprint of a module: the SHA-256 of what its code really uses.
 *
 * It covers the shaken bundle (which names each imported package with its version), every worker module that the bundle
 * names by `new URL('./x.ts', import.meta.url)`, bundled the same way, and the content of every other file so named.
 * `dvc-like/stage` counts as the version of its interface.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';
import { type Bundled, bundleModules } from './bundle.ts';
import type { InputFiles } from './input-files.ts';
import { isScript } from './project-plugin.ts';
import type { Asset } from './source-urls.ts';

/** Changes when a fingerprint is computed in another way. */
export const SCHEME = 1;
/** Of `dvc-like/stage`: changes when a module that worked would no longer work, or work otherwise. */
const STAGE_API = 1;

export interface Fingerprint {
  readonly code: string;
  /** Sorted. */
  readonly inputs: readonly string[];
  /** See `Bundle.isOpen`. */
  readonly isOpen: boolean;
}

export async function fingerprintModules(
  root: string,
  files: InputFiles,
  modules: readonly string[],
): Promise<ReadonlyMap<string, Result<Fingerprint, readonly Diagnostic[]>>> {
  const bundles = new Map<string, Bundled>();
  let missing = modules;
  while (missing.length > 0) {
    for (const entry of await bundleModules(root, files, missing, { kind: 'fingerprint' }))
      bundles.set(...entry);
    missing = workersNamedIn(bundles).filter((path) => !bundles.has(path));
  }
  return new Map(modules.map((module) => [module, combine(root, files, bundles, module)]));
}

function workersNamedIn(bundles: ReadonlyMap<string, Bundled>): readonly string[] {
  const assets = [...bundles.values()].flatMap((bundle) => (bundle.ok ? bundle.value.assets : []));
  return [...new Set(assets.map(({ path }) => path).filter(isScript))];
}

/** The module's own bundle and all that it names, directly or through a worker. */
function combine(
  root: string,
  files: InputFiles,
  bundles: ReadonlyMap<string, Bundled>,
  module: string,
): Result<Fingerprint, readonly Diagnostic[]> {
  const contents = new Map<string, string>();
  const inputs = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  let isOpen = false;
  const add = (path: string, asset: Asset | undefined): void => {
    if (contents.has(path)) return;
    contents.set(path, '');
    if (asset !== undefined && !isScript(path)) {
      const bytes = files.read(join(root, path));
      inputs.add(join(root, path));
      if (bytes === undefined) diagnostics.push(noAsset(files, root, asset));
      else contents.set(path, sha256(bytes));
      return;
    }
    const bundle = bundles.get(path);
    if (bundle === undefined) throw new Error(`Bug: "${path}" was not bundled`);
    if (!bundle.ok) {
      const isMissing = asset !== undefined && files.read(join(root, path)) === undefined;
      diagnostics.push(...(isMissing ? [noAsset(files, root, asset)] : bundle.error));
      return;
    }
    contents.set(path, sha256(bundle.value.text));
    isOpen ||= bundle.value.isOpen;
    for (const input of bundle.value.inputs) inputs.add(input);
    for (const named of bundle.value.assets) add(named.path, named);
  };
  add(module, undefined);
  const own = bundles.get(module);
  if (own?.ok === true && !own.value.exports.includes('default'))
    diagnostics.push(noRun(files, root, module));
  if (diagnostics.length > 0) return err(diagnostics);
  const named = [...contents].filter(([path]) => path !== module).sort(([a], [b]) => (a < b ? -1 : 1));
  const code = sha256(JSON.stringify([SCHEME, STAGE_API, contents.get(module), named]));
  return ok({ code, inputs: [...inputs].sort(), isOpen });
}

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

function noAsset(files: InputFiles, root: string, { path, url, source }: Asset): Diagnostic {
  const text = files.read(join(root, source))?.toString('utf8') ?? '';
  const start = Math.max(0, text.indexOf(url));
  const isThere = files.see(join(root, path));
  return {
    code: 'E_MODULE_NOT_FOUND',
    message: isThere ? `"${url}" is not a file` : `"${url}" does not exist`,
    place: { file: { path: source, text }, range: { start, end: start + url.length } },
    hint: 'what a module names by new URL(…, import.meta.url) belongs to its code and must be a file; data is a dep',
  };
}

function noRun(files: InputFiles, root: string, module: string): Diagnostic {
  const text = files.read(join(root, module))?.toString('utf8') ?? '';
  return {
    code: 'E_MODULE_NO_RUN',
    message: `Module "${module}" has no default export`,
    place: { file: { path: module, text }, range: { start: 0, end: 0 } },
    hint: 'export default async function run(context) { … }',
  };
}
