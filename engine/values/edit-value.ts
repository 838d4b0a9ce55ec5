/**
 * Edits one value of a file of values, YAML or JSON, in place: comments, quotes, layout and the order of keys stay.
 *
 * What comes out has been read again: the value is there, and no other has changed. Where the value has an anchor,
 * those that refer to it change with it.
 *
 * @module
 */

import { err, ok, pythonJson, type Result, type Value } from '../../cache/index.ts';
import type { Diagnostic, SourceFile } from '../core/index.ts';
import { spliceJson } from './edit-json.ts';
import { cannotEditFile, explainEditProblem } from './edit-problems.ts';
import { type Edit, type EditProblem, spliced } from './edit-splice.ts';
import { spliceYaml } from './edit-yaml.ts';
import { flowText } from './flow-text.ts';
import { readValues } from './read-values.ts';
import { toValue } from './to-value.ts';
import { nodeAt, valueAt, withValue } from './value-at.ts';
import type { YamlNode } from './yaml-node.ts';

export interface EditedText {
  readonly text: string;
  /** The values of the whole file. */
  readonly before: Value;
  readonly after: Value;
}

export interface NewValue {
  readonly value: Value;
  /** How a person wrote it; kept where it means the same in its new place. */
  readonly written?: string;
}

type Edited = Result<EditedText, readonly Diagnostic[]>;

/**
 * Sets the value at a path; adds the last key where only that is missing.
 *
 * @param path Keys of mappings, indexes of lists; at least one part.
 */
export function setValue(file: SourceFile, path: readonly string[], wanted: NewValue): Edited {
  return edit(
    file,
    path,
    (root) => {
      const current = valueAt(toValue(root), path);
      if (current !== undefined && isSame(current, wanted.value)) return 'unchanged';
      return spellings(file, path, root, wanted).map((text) => ({ kind: 'set', text }));
    },
    (before) => withValue(before, path, wanted.value),
  );
}

/** Removes a key of a mapping; nothing happens where it is not there. */
export function removeValue(file: SourceFile, path: readonly string[]): Edited {
  return edit(
    file,
    path,
    (root) => (valueAt(toValue(root), path) === undefined ? 'unchanged' : [{ kind: 'remove' }]),
    (before) => withValue(before, path, undefined),
  );
}

/** The first of the possible edits after which the text means what is expected. */
function edit(
  file: SourceFile,
  path: readonly string[],
  editsOf: (root: YamlNode) => 'unchanged' | readonly Edit[],
  expect: (before: Value) => Value | undefined,
): Edited {
  if (/\.(?:toml|py)$/.test(file.path)) return err([cannotEditFile(file)]);
  const read = readValues(file);
  if (!read.ok) return read;
  const before = toValue(read.value);
  const edits = editsOf(read.value);
  if (edits === 'unchanged') return ok({ text: file.text, before, after: before });
  const expected = expect(before);
  let problem: EditProblem = { kind: 'unsupported' };
  for (const each of edits) {
    const splice = spliceOf(file, read.value, path, each);
    if (!splice.ok) {
      problem = splice.error;
      continue;
    }
    const text = spliced(file.text, splice.value);
    const after = readValues({ path: file.path, text });
    if (!after.ok) continue;
    const value = toValue(after.value);
    if (
      expected === undefined ||
      isSame(value, expected) ||
      (splice.value.isAnchored === true && isThere(value, expected, path))
    ) {
      return ok({ text, before, after: value });
    }
  }
  return err([explainEditProblem(file, read.value, path, problem)]);
}

const spliceOf = (file: SourceFile, root: YamlNode, path: readonly string[], edit: Edit) =>
  file.path.endsWith('.json') ? spliceJson(file.text, root, path, edit) : spliceYaml(file.text, path, edit);

/** Only the value itself can be compared where others refer to it, or to what it lies in. */
function isThere(after: Value, expected: Value, path: readonly string[]): boolean {
  const [now, wanted] = [valueAt(after, path), valueAt(expected, path)];
  return now === undefined || wanted === undefined ? now === wanted : isSame(now, wanted);
}

/** How the new value may be spelt, the best first. */
function spellings(
  file: SourceFile,
  path: readonly string[],
  root: YamlNode,
  wanted: NewValue,
): readonly string[] {
  const { value, written } = wanted;
  const asWritten = written !== undefined && /^[^\s#](?:[^\r\n#]*[^\s#])?$/.test(written) ? [written] : [];
  if (file.path.endsWith('.json')) return [...asWritten, flowText(value, 'json')];
  return [...quotedAsBefore(file, path, root, wanted), ...asWritten, flowText(value, 'yaml')];
}

/** A text takes the quotes of the text that it replaces. */
function quotedAsBefore(
  file: SourceFile,
  path: readonly string[],
  root: YamlNode,
  { value, written = '' }: NewValue,
): readonly string[] {
  const node = nodeAt(root, path);
  if (typeof value !== 'string' || node?.kind !== 'scalar' || /^["']/.test(written)) return [];
  const quote = file.text[node.range.start];
  if (quote === '"') return [JSON.stringify(value)];
  return quote === "'" && !/[\r\n]/.test(value) ? [`'${value.replaceAll("'", "''")}'`] : [];
}

/** Unlike Python's `==`: `1`, `1.0` and `true` are three values. */
const isSame = (a: Value, b: Value): boolean => pythonJson(a) === pythonJson(b);
