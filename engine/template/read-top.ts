/**
 * The manifest's top-level `params`, `metrics` and `plots`.
 *
 * @module
 */

import { fromRoot } from '../core/index.ts';
import type { Manifest } from '../manifest/index.ts';
import { entryOf, scalarText, toValue, type YamlNode } from '../values/index.ts';
import { interpolate, type Scope } from './interpolate.ts';
import { pathOf } from './paths.ts';
import type { ResolvedFile, ResolvedPlot } from './resolved-manifest.ts';

export function readTopFiles(
  manifest: Manifest,
  key: 'params' | 'metrics',
  scope: Scope,
): readonly ResolvedFile[] {
  const list = entryOf(manifest.root, key)?.value;
  if (list?.kind !== 'list') return [];
  return list.items.flatMap((item) => {
    const path = pathOf(item, scope);
    if (path === undefined) return [];
    return [{ path: fromRoot(manifest.directory, path), place: { file: scope.file, range: item.range } }];
  });
}

export function readTopPlots(manifest: Manifest, scope: Scope): readonly ResolvedPlot[] {
  const list = entryOf(manifest.root, 'plots')?.value;
  const filled = list === undefined ? undefined : interpolate(list, scope, 'refused');
  return filled?.kind === 'list'
    ? filled.items.flatMap((item) => plotsOf(item, manifest.directory, scope))
    : [];
}

function plotsOf(item: YamlNode, directory: string, scope: Scope): readonly ResolvedPlot[] {
  const place = { file: scope.file, range: item.range };
  if (item.kind === 'scalar') return [{ id: scalarText(item.value), directory, options: new Map(), place }];
  if (item.kind === 'list') return [];
  return item.entries.map((entry) => {
    const options = toValue(entry.value);
    return {
      id: entry.key,
      directory,
      options: options instanceof Map ? options : new Map(),
      place: { file: scope.file, range: entry.keyRange },
    };
  });
}
