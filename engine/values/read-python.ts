/**
 * Python files as params, as DVC reads them: assignments of literals, at the top, in classes, and to `self` in `__init__`.
 * Nothing is run. What is not a literal, and what stands in an `if` or a loop, is no param.
 *
 * @see DVC 3.67.1, `dvc/utils/serialize/_py.py`
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic, Range, SourceFile } from '../core/index.ts';
import { pythonLiteral } from './python-literal.ts';
import { type LogicalLine, type PythonToken, pythonLines } from './python-tokens.ts';
import type { YamlEntry, YamlMap, YamlNode } from './yaml-node.ts';

export function readPython(file: SourceFile): Result<YamlNode, readonly Diagnostic[]> {
  const lines = pythonLines(file.text);
  if (!lines.ok) {
    const { message, range } = lines.error;
    return err([{ code: 'E_PYTHON_SYNTAX', message, place: { file, range } }]);
  }
  return ok(mapOf(readBlock(lines.value, false), { start: 0, end: file.text.length }));
}

type Entries = Map<string, YamlEntry>;

const mapOf = (entries: Entries, range: Range): YamlMap => ({
  kind: 'map',
  entries: [...entries.values()],
  range,
});

/** @param isOfSelf Only what is assigned to `self` counts. */
function readBlock(lines: readonly LogicalLine[], isOfSelf: boolean): Entries {
  const found: Entries = new Map();
  const indent = lines[0]?.indent;
  for (const [i, line] of lines.entries()) {
    if (line.indent !== indent) continue;
    const [first, second] = line.tokens;
    const isClass = first?.text === 'class' && second?.kind === 'name';
    const isInit = first?.text === 'def' && second?.text === '__init__';
    if (!isClass && !isInit) {
      for (const statement of split(line.tokens, ';')) addAssignment(statement, isOfSelf, found);
      continue;
    }
    const body = readBlock(bodyOf(lines, i), isInit);
    if (isInit) for (const [name, entry] of body) found.set(name, entry);
    else {
      const range = { start: first.range.start, end: line.tokens.at(-1)!.range.end };
      found.set(second.text, { key: second.text, keyRange: second.range, value: mapOf(body, range) });
    }
  }
  return found;
}

/** What is farther in behind a header, or stands behind its colon. */
function bodyOf(lines: readonly LogicalLine[], header: number): readonly LogicalLine[] {
  const { indent, tokens } = lines[header]!;
  const colon = depthsOf(tokens).findIndex((depth, i) => depth === 0 && tokens[i]!.text === ':');
  const behind = tokens.slice(colon + 1);
  if (behind.length > 0) return [{ indent: indent + 1, tokens: behind }];
  const below = lines.slice(header + 1);
  const end = below.findIndex((line) => line.indent <= indent);
  return end === -1 ? below : below.slice(0, end);
}

/** What a colon may follow at once. */
const NOT_NAMES = new Set(['else', 'finally', 'try']);

/** `name = literal`, `name: type = literal`, `self.name = literal`. A later one counts. */
function addAssignment(tokens: readonly PythonToken[], isOfSelf: boolean, found: Entries): void {
  const [first, dot, attribute] = tokens;
  const isSelf = first?.text === 'self' && dot?.text === '.' && attribute?.kind === 'name';
  const target = isSelf ? attribute : first;
  if (target?.kind !== 'name' || NOT_NAMES.has(target.text) || (isOfSelf && !isSelf)) return;
  const parts = split(tokens.slice(isSelf ? 3 : 1), '=');
  const [annotation = [], value = []] = parts;
  const isAnnotated = annotation[0]?.text === ':';
  if (parts.length !== 2 || (annotation.length > 0 && !isAnnotated)) return;
  const literal = pythonLiteral(value);
  if (literal !== undefined)
    found.set(target.text, { key: target.text, keyRange: target.range, value: literal });
}

/** At an operator outside of brackets. */
function split(tokens: readonly PythonToken[], operator: string): readonly (readonly PythonToken[])[] {
  const depths = depthsOf(tokens);
  const parts: PythonToken[][] = [[]];
  for (const [i, token] of tokens.entries()) {
    if (depths[i] === 0 && token.kind === 'operator' && token.text === operator) parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts;
}

/** In how many brackets each token stands. */
function depthsOf(tokens: readonly PythonToken[]): readonly number[] {
  let depth = 0;
  return tokens.map(({ kind, text }) => {
    if (kind !== 'operator') return depth;
    if (/[)\]}]/.test(text)) depth -= 1;
    const own = depth;
    if (/[([{]/.test(text)) depth += 1;
    return own;
  });
}
