/**
 * Writes a stage into the text of a manifest, behind those that are there; all else stays as it is written.
 *
 * @module
 */

import { ok, pythonJson, type Result, stringifyYaml, type Value, type ValueMap } from '../../cache/index.ts';
import type { Diagnostic, SourceFile } from '../core/index.ts';
import { flowText, readYaml, setValue, toValue, valueAt } from '../values/index.ts';

/**
 * @param file Of the manifest; its text is empty where there is none.
 * @param definition The stage's keys, in the order in which they are written. One of that name is replaced.
 */
export function addStage(
  file: SourceFile,
  name: string,
  definition: ValueMap,
): Result<string, readonly Diagnostic[]> {
  const read = readYaml(file);
  if (!read.ok) return read;
  const stages = valueAt(toValue(read.value), ['stages']);
  if (stages === undefined) {
    const newline = file.text === '' || file.text.endsWith('\n') ? '' : '\n';
    return ok(`${file.text}${newline}${stringifyYaml(new Map([['stages', new Map([[name, definition]])]]))}`);
  }
  const edited = setValue(file, ['stages', name], { value: definition });
  return edited.ok ? ok(inBlocks(edited.value.text, edited.value.after, name, definition)) : edited;
}

/** The definition on lines of its own, where its name begins one. */
function inBlocks(text: string, after: Value, name: string, definition: ValueMap): string {
  const flow = `${flowText(name, 'yaml')}: ${flowText(definition, 'yaml')}`;
  const at = text.lastIndexOf(flow);
  const lineStart = text.lastIndexOf('\n', at) + 1;
  const indent = text.slice(lineStart, Math.max(at, lineStart));
  if (at === -1 || indent.trim() !== '') return text;
  const lines = stringifyYaml(new Map([[name, definition]])).trimEnd();
  const block = `${text.slice(0, lineStart)}${lines.replace(/^/gm, indent)}${text.slice(at + flow.length)}`;
  const read = readYaml({ path: '', text: block });
  return read.ok && pythonJson(toValue(read.value)) === pythonJson(after) ? block : text;
}
