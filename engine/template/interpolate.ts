/**
 * Templates filled in: nodes of the manifest to nodes without `${}`.
 *
 * A whole `${x}` keeps the type of its value, text around it makes it text. Nodes keep the place of their template, so
 * that later errors still point into the manifest.
 *
 * @module
 */

import { didYouMean, type SourceFile } from '../core/index.ts';
import type { ParsingOptions } from '../project/index.ts';
import {
  isText,
  nounOf,
  scalarText,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
  type YamlScalar,
} from '../values/index.ts';
import { commandFlags } from './command-flags.ts';
import { type Context, type ContextNode, type Selection, select } from './context.ts';
import { type Expression, expressionsIn, parsePath, unescapeText } from './expression.ts';
import { nodeOfContext } from './node-of-context.ts';
import { placeIn } from './place-in.ts';
import type { Problems } from './problems.ts';

export interface Scope {
  readonly file: SourceFile;
  readonly context: Context;
  readonly problems: Problems;
  readonly parsing: ParsingOptions;
  /** The stage that is being filled in, where that is not plain from the place: ` in stage "train@fr"`. */
  readonly within: string;
}

type TextNode = YamlScalar & { readonly value: string };

/** What may become of a mapping or list: nothing, flags of a command (mappings only), or it stays whole. */
export type Composites = 'refused' | 'flags' | 'kept';

/** What cannot be filled in is reported, and left out: of a list, of a mapping, or `undefined`. */
export function interpolate(node: YamlNode, scope: Scope, composites: Composites): YamlNode | undefined {
  switch (node.kind) {
    case 'scalar':
      return isText(node) ? interpolateText(node, scope, composites) : node;
    case 'list':
      return {
        ...node,
        items: node.items.flatMap((item) => interpolate(item, scope, composites) ?? []),
      };
    case 'map':
      return interpolateMap(node, scope, composites);
  }
}

/** Keys are filled in too. */
function interpolateMap(node: YamlMap, scope: Scope, composites: Composites): YamlMap {
  const entries = new Map<string, YamlEntry>();
  for (const entry of node.entries) {
    const value = interpolate(entry.value, scope, composites);
    const key = interpolateKey(entry, scope);
    if (key === undefined || value === undefined) continue;
    const first = entries.get(key);
    if (first === undefined) {
      entries.set(key, { ...entry, key, value });
      continue;
    }
    scope.problems.report(
      { file: scope.file, range: entry.keyRange },
      {
        code: 'E_DUPLICATE_KEY',
        message: `Duplicate key "${key}"${scope.within}`,
        related: [{ message: 'it is first set here', place: { file: scope.file, range: first.keyRange } }],
      },
    );
  }
  return { ...node, entries: [...entries.values()] };
}

function interpolateKey(entry: YamlEntry, scope: Scope): string | undefined {
  if (!entry.key.includes('${')) return entry.key;
  const key = interpolate({ kind: 'scalar', value: entry.key, range: entry.keyRange }, scope, 'refused');
  return key?.kind === 'scalar' ? scalarText(key.value) : undefined;
}

function interpolateText(node: TextNode, scope: Scope, composites: Composites): YamlNode | undefined {
  const text = node.value;
  if (!text.includes('${')) return node;
  const expressions = expressionsIn(text);
  const found = expressions.map((expression, i) => evaluate(expression, i, node, scope));
  if (found.includes(undefined)) return undefined;
  if (expressions.length === 1 && expressions[0]!.text === text) {
    const value = found[0]!;
    if (value.kind === 'scalar' || composites === 'kept') return nodeOfContext(value, node.range);
  }
  const pieces = expressions.map((expression, i) =>
    textOf(found[i]!, expression, i, node, scope, composites),
  );
  if (pieces.includes(undefined)) return undefined;
  return {
    kind: 'scalar',
    value: unescapeText(joined(text, expressions, pieces as string[])),
    range: node.range,
  };
}

function joined(text: string, expressions: readonly Expression[], pieces: readonly string[]): string {
  let result = '';
  let at = 0;
  for (const [i, expression] of expressions.entries()) {
    result += text.slice(at, expression.start) + pieces[i]!;
    at = expression.start + expression.text.length;
  }
  return result + text.slice(at);
}

function evaluate(
  expression: Expression,
  index: number,
  node: TextNode,
  scope: Scope,
): ContextNode | undefined {
  const parsed = parsePath(expression.inner);
  const nth = timesBefore(node, expression, index);
  if (parsed.kind === 'mistake') {
    const { message, at } = parsed;
    scope.problems.report(placeIn(scope.file, node.range, expression.text, nth, '${'.length + at), {
      code: 'E_TEMPLATE_SYNTAX',
      message: `Invalid template "${expression.text}"${scope.within}: ${message}`,
      hint: 'write ${name}, ${name.part} or ${list[0]}; \\${ is a plain ${',
    });
    return undefined;
  }
  const selection = select(scope.context, parsed.words);
  if (selection.kind === 'found') return selection.node;
  scope.problems.report(placeIn(scope.file, node.range, expression.text, nth), {
    code: 'E_TEMPLATE_UNDEFINED',
    message: `"${parsed.words.join('.')}" is not defined${scope.within}`,
    hint: whyMissing(parsed.words, selection),
  });
  return undefined;
}

function whyMissing(
  words: readonly string[],
  missing: Selection & { readonly kind: 'missing' },
): string | undefined {
  const { parent, candidates, depth } = missing;
  const found = words.slice(0, depth);
  if (parent !== undefined && parent.kind !== 'map') {
    const size = parent.kind === 'list' ? ` of ${parent.items.length}` : '';
    return `"${found.join('.')}" is ${nounOf(parent)}${size}`;
  }
  const rest = words.slice(depth + 1);
  return didYouMean(
    words.join('.'),
    candidates.map((candidate) => [...found, candidate, ...rest].join('.')),
  );
}

function textOf(
  value: ContextNode,
  expression: Expression,
  index: number,
  node: TextNode,
  scope: Scope,
  composites: Composites,
): string | undefined {
  if (value.kind === 'scalar') return scalarText(value.value);
  const flags =
    value.kind === 'map' && composites === 'flags' ? commandFlags(value, scope.parsing) : undefined;
  if (flags?.ok === true) return flags.value;
  const name = expression.inner.trim();
  const message =
    flags === undefined
      ? `Cannot put "${name}" into text${scope.within}: it is ${nounOf(value)}`
      : `Cannot make flags of "${name}"${scope.within}: ${flags.error}`;
  const nth = timesBefore(node, expression, index);
  scope.problems.report(placeIn(scope.file, node.range, expression.text, nth), {
    code: 'E_TEMPLATE_TYPE',
    message,
    related: [{ message: 'it is defined here', place: value.place }],
  });
  return undefined;
}

/** How many times the same expression stands before this one. */
function timesBefore(node: TextNode, expression: Expression, index: number): number {
  if (index === 0) return 0;
  return expressionsIn(node.value)
    .slice(0, index)
    .filter((each) => each.text === expression.text).length;
}
