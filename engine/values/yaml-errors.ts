/**
 * What the YAML parser complains about, as diagnostics: all mistakes, without the noise that follows from each.
 *
 * @module
 */

import type { YAMLParseError } from 'yaml';
import { type Diagnostic, lineAndColumn, type SourceFile } from '../core/index.ts';

/** What of the parser's error is used. */
type YamlError = Pick<YAMLParseError, 'code' | 'message' | 'pos'>;

const MAX_ERRORS = 20;

/** Ordered as they stand in the file, one a line. */
export function explainYamlErrors(file: SourceFile, errors: readonly YamlError[]): readonly Diagnostic[] {
  const tooDeep = errors.find((error) => error.code === 'RESOURCE_EXHAUSTION');
  if (tooDeep !== undefined) return [diagnostic(file, tooDeep, 'Lists and mappings are nested too deeply')];
  const byLine = new Map<number, Diagnostic>();
  for (const error of [...errors].sort((a, b) => a.pos[0] - b.pos[0])) {
    if (byLine.size > 0 && isOutOfStep(error)) break;
    const each = diagnostic(file, error, sentence(error));
    const { line } = lineAndColumn(file, each.place!.range.start);
    if (!byLine.has(line)) byLine.set(line, each);
  }
  return [...byLine.values()].slice(0, MAX_ERRORS);
}

/** After a mistake that ends the document too early the parser calls all the rest unexpected. */
const isOutOfStep = (error: YamlError): boolean => error.message.includes('token in YAML stream');

function diagnostic(file: SourceFile, error: YamlError, message: string): Diagnostic {
  const start = Math.min(error.pos[0], file.text.length);
  const end = Math.max(start, Math.min(error.pos[1], file.text.length));
  const code = error.code === 'TAG_RESOLVE_FAILED' ? 'E_YAML_TAG' : 'E_YAML_SYNTAX';
  return { code, message, place: { file, range: { start, end } }, hint: hintFor(file, error) };
}

function hintFor(file: SourceFile, error: YamlError): string | undefined {
  const isTemplate = file.text.startsWith('${', error.pos[0] - 1) || file.text.startsWith('${', error.pos[0]);
  return isTemplate ? 'inside of [ ] and { }, put text that holds ${ } in quotes' : HINTS[error.code];
}

const sentence = (error: YamlError): string =>
  error.code === 'MULTIPLE_DOCS' ? 'A file holds one YAML document' : error.message.replace(/[.:\s]+$/, '');

const HINTS: Readonly<Partial<Record<YamlError['code'], string>>> = {
  TAB_AS_INDENT: 'indent with spaces',
  BLOCK_AS_IMPLICIT_KEY: 'put text that holds ": " in quotes',
  BAD_SCALAR_START: 'put the text in quotes',
};
