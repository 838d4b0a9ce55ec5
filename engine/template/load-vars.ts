/**
 * The context of a manifest's templates: the default parameters' file beside it, then `vars` in their order.
 *
 * @module
 */

import { didYouMean, fromRoot, type NamesIn, type Place, suggestPath } from '../core/index.ts';
import type { Manifest } from '../manifest/index.ts';
import type { ParsingOptions } from '../project/index.ts';
import { entryOf, isText, nounOf, readValues, type YamlMap, type YamlNode } from '../values/index.ts';
import { type Context, contextMapOf, EMPTY_CONTEXT } from './context.ts';
import { expressionsIn } from './expression.ts';
import { mergeIntoContext } from './merge-context.ts';
import { placeIn } from './place-in.ts';
import type { Problems } from './problems.ts';

export interface TemplateOptions {
  /** Absolute: where a DVC manifest names what is in it by its absolute path, it is known by that relative to the stage. */
  readonly root?: string | undefined;
  /** Text of a file, by its path relative to the root; `undefined` if there is none. */
  readonly readText: (path: string) => string | undefined;
  readonly defaultParams: 'config.yaml' | 'params.yaml';
  /** How a mapping becomes flags; as usual if undefined. */
  readonly parsing?: ParsingOptions | undefined;
  /** For suggestions. */
  readonly namesIn?: NamesIn | undefined;
}

export function loadContext(manifest: Manifest, options: TemplateOptions, problems: Problems): Context {
  const path = fromRoot(manifest.directory, options.defaultParams);
  const text = options.readText(path);
  const top = { file: manifest.file, range: { start: 0, end: 0 } };
  const base =
    text === undefined
      ? EMPTY_CONTEXT
      : importFile(EMPTY_CONTEXT, { path, text, keys: undefined, place: top }, problems);
  const vars = entryOf(manifest.root, 'vars')?.value;
  return vars === undefined
    ? base
    : addVars(base, vars, manifest.directory, { manifest, options, problems, owner: '' });
}

interface VarsSource {
  readonly manifest: Manifest;
  readonly options: TemplateOptions;
  readonly problems: Problems;
  /** `train.` for the stage `train`, nothing at the top. */
  readonly owner: string;
}

/** @param directory What the files in `vars` are relative to, itself relative to the root. */
export function addVars(context: Context, vars: YamlNode, directory: string, source: VarsSource): Context {
  const { manifest, problems, owner } = source;
  if (vars.kind !== 'list' || refuseTemplates(vars, source)) return context;
  return vars.items.reduce((extended, item, index) => {
    if (isText(item))
      return addFile(extended, item.value, directory, { file: manifest.file, range: item.range }, source);
    if (item.kind !== 'map') return extended;
    return mergeIntoContext(extended, contextMapOf(item, `${owner}vars[${index}]`, manifest.file), problems);
  }, context);
}

function refuseTemplates(node: YamlNode, source: VarsSource): boolean {
  if (node.kind === 'scalar') {
    const expression = isText(node) ? expressionsIn(node.value)[0] : undefined;
    if (expression === undefined) return false;
    source.problems.report(placeIn(source.manifest.file, node.range, expression.text), {
      code: 'E_VARS_TEMPLATE',
      message: 'Templates cannot stand in "vars": they are what templates are filled in from',
    });
    return true;
  }
  const children = node.kind === 'list' ? node.items : node.entries.map((entry) => entry.value);
  return children.map((child) => refuseTemplates(child, source)).includes(true);
}

/** @param item `path`, or `path:key,key`. */
function addFile(
  context: Context,
  item: string,
  directory: string,
  place: Place,
  source: VarsSource,
): Context {
  const { options, problems } = source;
  const colon = item.indexOf(':');
  const written = colon === -1 ? item : item.slice(0, colon);
  const names =
    colon === -1
      ? []
      : item
          .slice(colon + 1)
          .split(',')
          .filter((key) => key !== '');
  const keys = names.length === 0 ? undefined : new Set(names);
  const path = fromRoot(directory, written);
  const imported = context.imports.get(path);
  if (imported === 'whole' && keys === undefined) return context;
  if (imported !== undefined && (imported === 'whole' || keys === undefined || overlap(keys, imported))) {
    problems.report(place, {
      code: 'E_VARS_CONFLICT',
      message: `Cannot load "${item}": "${path}" is ${imported === 'whole' ? '' : 'partly '}loaded already`,
      hint: imported === 'whole' ? 'remove this line' : 'load the file once, whole or with all the keys',
    });
    return context;
  }
  const text = options.readText(path);
  if (text === undefined) {
    const similar = options.namesIn && suggestPath(path, options.namesIn);
    problems.report(place, {
      code: 'E_VARS_MISSING',
      message: `There is no file "${path}"`,
      hint: similar === undefined ? undefined : `did you mean "${similar}"?`,
    });
    return context;
  }
  return importFile(context, { path, text, keys, place }, problems);
}

interface Import {
  readonly path: string;
  readonly text: string;
  /** All if undefined. */
  readonly keys: ReadonlySet<string> | undefined;
  /** What asks for the file. */
  readonly place: Place;
}

function importFile(context: Context, { path, text, keys, place }: Import, problems: Problems): Context {
  const file = { path, text };
  const read = readValues(file);
  if (!read.ok) {
    for (const diagnostic of read.error) problems.report(diagnostic.place ?? place, diagnostic);
    return context;
  }
  const isEmptyFile = read.value.kind === 'scalar' && read.value.value === null;
  if (read.value.kind !== 'map' && !isEmptyFile) {
    const message = `"${path}" must hold a mapping, not ${nounOf(read.value)}`;
    problems.report({ file, range: read.value.range }, { code: 'E_VARS_TYPE', message });
    return context;
  }
  const root: YamlMap =
    read.value.kind === 'map' ? read.value : { kind: 'map', entries: [], range: read.value.range };
  for (const key of keys ?? []) {
    if (entryOf(root, key) !== undefined) continue;
    const hint = didYouMean(
      key,
      root.entries.map((entry) => entry.key),
    );
    problems.report(place, { code: 'E_VARS_MISSING', message: `There is no "${key}" in "${path}"`, hint });
  }
  const wanted = keys === undefined ? root.entries : root.entries.filter((entry) => keys.has(entry.key));
  const merged = mergeIntoContext(
    context,
    contextMapOf({ ...root, entries: wanted }, `"${path}"`, file),
    problems,
  );
  const before = context.imports.get(path);
  const now =
    keys === undefined ? 'whole' : new Set([...(before === 'whole' ? [] : (before ?? [])), ...keys]);
  return { ...merged, imports: new Map([...merged.imports, [path, now]]) };
}

const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].some((key) => b.has(key));
