/**
 * A stage's `outs`, `metrics` and `plots`.
 *
 * @module
 */

import { posix } from 'node:path';
import type { ValueMap } from '../../cache/index.ts';
import { fromRoot, isInside, isOutside, type Place } from '../core/index.ts';
import type { Manifest } from '../manifest/index.ts';
import { entryOf, scalarText, toValue, type YamlMap, type YamlNode } from '../values/index.ts';
import { interpolate, type Scope } from './interpolate.ts';
import { dataPathOf, type PathBase } from './paths.ts';
import type { ResolvedOut } from './resolved-stage.ts';

interface OutsEnvironment {
  readonly base: PathBase;
  readonly manifest: Manifest;
  readonly scope: Scope;
}

const LISTS = [
  ['outs', 'out'],
  ['metrics', 'metric'],
  ['plots', 'plot'],
] as const;

const PLOT_KEYS: ReadonlySet<string> = new Set([
  'x',
  'y',
  'x_label',
  'y_label',
  'title',
  'template',
  'header',
]);

/** Outs, then metrics, then plots. A path twice in one list is one out, its later options winning. */
export function readOuts(definition: YamlMap, environment: OutsEnvironment): readonly ResolvedOut[] {
  const outs = new Map<string, ResolvedOut>();
  for (const [key, kind] of LISTS) {
    const list = entryOf(definition, key)?.value;
    if (list?.kind !== 'list') continue;
    for (const { path, place, options } of entriesOf(list.items, environment)) {
      const first = outs.get(path);
      if (first !== undefined && first.kind !== kind) reportTwoKinds(path, place, first, environment.scope);
      outs.set(path, withOptions(first ?? plainOut(path, place, kind), options, environment.scope));
    }
  }
  for (const out of outs.values()) checkPlace(out, environment);
  return [...outs.values()];
}

interface OutEntry {
  readonly path: string;
  readonly place: Place;
  readonly options: YamlMap | undefined;
}

function entriesOf(items: readonly YamlNode[], { scope, base }: OutsEnvironment): readonly OutEntry[] {
  return items.flatMap((item) => {
    const written =
      item.kind === 'map'
        ? item.entries.map((entry) => ({
            node: { kind: 'scalar' as const, value: entry.key, range: entry.keyRange },
            options: entry.value.kind === 'map' ? entry.value : undefined,
          }))
        : [{ node: item, options: undefined }];
    return written.flatMap(({ node, options }) => {
      const path = dataPathOf(node, scope, base);
      return path === undefined ? [] : [{ path, place: { file: scope.file, range: node.range }, options }];
    });
  });
}

const plainOut = (path: string, place: Place, kind: ResolvedOut['kind']): ResolvedOut => ({
  path,
  place,
  kind,
  cache: true,
  persist: false,
  push: true,
  remote: undefined,
  desc: undefined,
  type: undefined,
  labels: [],
  meta: undefined,
  plot: undefined,
});

function withOptions(out: ResolvedOut, options: YamlMap | undefined, scope: Scope): ResolvedOut {
  const filled = options === undefined ? undefined : interpolate(options, scope, 'refused');
  if (filled?.kind !== 'map') return out;
  const get = (key: string): YamlNode | undefined => entryOf(filled, key)?.value;
  const labels = get('labels');
  const meta = get('meta');
  return {
    ...out,
    cache: flagOf(get('cache')) ?? out.cache,
    persist: flagOf(get('persist')) ?? out.persist,
    push: flagOf(get('push')) ?? out.push,
    remote: textOf(get('remote')) ?? out.remote,
    desc: textOf(get('desc')) ?? out.desc,
    type: textOf(get('type')) ?? out.type,
    labels: labels?.kind === 'list' ? labels.items.flatMap((label) => textOf(label) ?? []) : out.labels,
    meta: meta === undefined ? out.meta : toValue(meta),
    plot: plotOptions(out, filled),
  };
}

function plotOptions(out: ResolvedOut, options: YamlMap): ValueMap | undefined {
  const own = options.entries.filter((entry) => PLOT_KEYS.has(entry.key));
  if (own.length === 0) return out.plot;
  return new Map([...(out.plot ?? []), ...own.map((entry) => [entry.key, toValue(entry.value)] as const)]);
}

const flagOf = (node: YamlNode | undefined): boolean | undefined =>
  node?.kind === 'scalar' && typeof node.value === 'boolean' ? node.value : undefined;

const textOf = (node: YamlNode | undefined): string | undefined =>
  node?.kind === 'scalar' ? scalarText(node.value) : undefined;

/** An out is removed before its stage runs: it must not hold what the project lives on. */
function checkPlace(out: ResolvedOut, { base, manifest, scope }: OutsEnvironment): void {
  const { wdir } = base;
  const path = fromRoot(wdir, out.path);
  if (isOutside(path)) {
    // DVC refuses what is cached there once the command has run.
    if (manifest.dialect === 'dvc') return;
    const message = `Output "${out.path}"${scope.within} is outside of the project`;
    scope.problems.report(out.place, { code: 'E_OUT_OUTSIDE', message });
    return;
  }
  const reason = whyProtected(path, wdir, manifest);
  if (reason === undefined) return;
  const message = `"${out.path}" cannot be an output${scope.within}: ${reason}`;
  scope.problems.report(out.place, { code: 'E_OUT_PROTECTED', message });
}

function whyProtected(path: string, wdir: string, manifest: Manifest): string | undefined {
  if (path === '.') return 'it is the whole project';
  if (path === wdir || isInside(wdir, path)) return "the stage's working directory is in it";
  if (isInside(manifest.file.path, path)) return 'the manifest is in it';
  const home = ['.git', '.dvc', '.dvc-like'].find((each) => path === each || isInside(path, each));
  if (home !== undefined) return `"${home}" is not a stage's to write`;
  const name = posix.basename(path);
  return /^(?:dvc|dvc-like)\.(?:yaml|lock)$|\.dvc$/.test(name)
    ? 'it is a file of the pipeline itself'
    : undefined;
}

function reportTwoKinds(path: string, place: Place, first: ResolvedOut, scope: Scope): void {
  scope.problems.report(place, {
    code: 'E_DUPLICATE_OUT',
    message: `Output "${path}" is declared twice${scope.within}`,
    related: [
      {
        message: `it is first declared as ${first.kind === 'metric' ? 'a metric' : 'an out'}`,
        place: first.place,
      },
    ],
    hint: 'keep it in one of "outs", "metrics" and "plots"',
  });
}
