/**
 * From the texts of a project's files to its resolved manifest, or to what is wrong as a person sees it.
 *
 * @module
 */

import { type Result, toPlain, type Value } from '../../../cache/index.ts';
import { type Diagnostic, renderDiagnostics } from '../../../engine/core/index.ts';
import { readManifest } from '../../../engine/manifest/index.ts';
import { type ResolvedManifest, type ResolvedStage, resolveStages } from '../../../engine/template/index.ts';

/** @param files With either `dvc-like.yaml` or `dvc.yaml`, at the root. */
export function resolve(files: ReadonlyMap<string, string>): Result<ResolvedManifest, readonly Diagnostic[]> {
  const dialect = files.has('dvc.yaml') ? 'dvc' : 'native';
  const path = dialect === 'dvc' ? 'dvc.yaml' : 'dvc-like.yaml';
  const manifest = readManifest({ path, text: files.get(path)! }, dialect, '.');
  if (!manifest.ok) return manifest;
  return resolveStages(manifest.value, {
    readText: (file) => files.get(file),
    defaultParams: dialect === 'dvc' ? 'params.yaml' : 'config.yaml',
  });
}

/** @throws {Error} With the rendered diagnostics, if there are any. */
export function resolveNative(
  manifest: string,
  config = '',
  more: Readonly<Record<string, string>> = {},
): ResolvedManifest {
  const resolved = resolve(
    new Map([['dvc-like.yaml', manifest], ['config.yaml', config], ...Object.entries(more)]),
  );
  if (!resolved.ok) throw new Error(renderDiagnostics(resolved.error));
  return resolved.value;
}

/** Its only stage. */
export function resolveStage(manifest: string, config = ''): ResolvedStage {
  const { stages } = resolveNative(manifest, config);
  if (stages.length !== 1) throw new Error(`Expected one stage, not ${stages.length}`);
  return stages[0]!;
}

export const plain = (value: Value | undefined): unknown =>
  value === undefined ? undefined : toPlain(value);
