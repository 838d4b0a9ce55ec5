/**
 * What the YAML parser complains about, as diagnostics: one for each place, without the noise that follows from a first
 * mistake.
 *
 * @module
 */

import type { YAMLParseError } from 'yaml';
import type { Diagnostic, SourceFile } from '../core/index.ts';

const MAX_ERRORS = 20;

export function explainYamlErrors(
  file: SourceFile,
  errors: readonly YAMLParseError[],
): readonly Diagnostic[] {
  const tooDeep = errors.find((error) => error.code === 'RESOURCE_EXHAUSTION');
  if (tooDeep !== undefined) return [diagnostic(file, tooDeep, 'Lists and mappings are nested too deeply')];
  const byPlace = new Map<number, Diagnostic>();
  for (const error of errors) {
    if (!byPlace.has(error.pos[0])) byPlace.set(error.pos[0], diagnostic(file, error, sentence(error)));
  }
  return [...byPlace.values()]
    .sort((a, b) => a.place!.range.start - b.place!.range.start)
    .slice(0, MAX_ERRORS);
}

function diagnostic(file: SourceFile, error: YAMLParseError, message: string): Diagnostic {
  const start = Math.min(error.pos[0], file.text.length);
  const end = Math.max(start, Math.min(error.pos[1], file.text.length));
  return { code: codeOf(error), message, place: { file, range: { start, end } }, hint: HINTS[error.code] };
}

const codeOf = (error: YAMLParseError): Diagnostic['code'] =>
  error.code === 'TAG_RESOLVE_FAILED' ? 'E_YAML_TAG' : 'E_YAML_SYNTAX';

const sentence = (error: YAMLParseError): string =>
  error.code === 'MULTIPLE_DOCS' ? 'A file holds one YAML document' : error.message.replace(/[.:\s]+$/, '');

const HINTS: Readonly<Partial<Record<YAMLParseError['code'], string>>> = {
  TAB_AS_INDENT: 'indent with spaces',
  BLOCK_AS_IMPLICIT_KEY: 'put text that contains ": " in quotes',
  BAD_SCALAR_START: 'put the text in quotes',
};
