/**
 * What the YAML parser complains about, as diagnostics: all mistakes, without the noise that follows from each.
 *
 * @module
 */

import { type Document, visit, type YAMLParseError } from 'yaml';
import { type Diagnostic, lineAndColumn, type Range, type SourceFile } from '../core/index.ts';

/** What of the parser's error is used. */
type YamlError = Pick<YAMLParseError, 'code' | 'message' | 'pos'>;

const MAX_ERRORS = 20;

/** Ordered as they stand in the file, one a line. @param document With at least one error. */
export function explainYamlErrors(file: SourceFile, document: Document.Parsed): readonly Diagnostic[] {
  const errors: readonly YamlError[] = [...document.errors].sort((a, b) => a.pos[0] - b.pos[0]);
  const tooDeep = errors.find((error) => error.code === 'RESOURCE_EXHAUSTION');
  if (tooDeep !== undefined) {
    const place = { file, range: rangeOf(file, tooDeep) };
    return [{ code: 'E_YAML_SYNTAX', message: 'Lists and mappings are nested too deeply', place }];
  }
  const byLine = new Map<number, Diagnostic>();
  for (const error of errors) {
    if (byLine.size > 0 && isOutOfStep(error)) break;
    const range = isUnclosedText(error) ? startOfText(document, error) : rangeOf(file, error);
    const { line } = lineAndColumn(file, range.start);
    if (!byLine.has(line)) byLine.set(line, diagnostic(file, error, range));
  }
  return [...byLine.values()].slice(0, MAX_ERRORS);
}

/** After a mistake that ends the document too early the parser calls all the rest unexpected. */
const isOutOfStep = (error: YamlError): boolean => error.message.includes('token in YAML stream');

const isUnclosedText = (error: YamlError): boolean => /^Missing closing .quote/.test(error.message);

/** The parser points at where the file ends; the opening quote is what a person looks for. */
function startOfText(document: Document.Parsed, error: YamlError): Range {
  let start = error.pos[0];
  visit(document, {
    Scalar: (_key, { range }) => {
      if (range && range[0] < error.pos[0] && range[1] >= error.pos[0]) start = range[0];
    },
  });
  return { start, end: start + 1 };
}

function rangeOf(file: SourceFile, error: YamlError): Range {
  const start = Math.min(error.pos[0], file.text.length);
  return { start, end: Math.max(start, Math.min(error.pos[1], file.text.length)) };
}

function diagnostic(file: SourceFile, error: YamlError, range: Range): Diagnostic {
  const isTemplate = file.text.startsWith('${', range.start - 1) || file.text.startsWith('${', range.start);
  return {
    code: error.code === 'TAG_RESOLVE_FAILED' ? 'E_YAML_TAG' : 'E_YAML_SYNTAX',
    message: sentence(error),
    place: { file, range },
    hint: isTemplate ? 'inside of [ ] and { }, put text that holds ${ } in quotes' : HINTS[error.code],
  };
}

/** The parser's words, its tokens spelt as they look. */
function sentence(error: YamlError): string {
  if (error.code === 'MULTIPLE_DOCS') return 'A file holds one YAML document';
  if (isUnclosedText(error)) return 'This text in quotes is not closed';
  return TOKENS.reduce(
    (text, [name, shown]) => text.replace(name, shown),
    error.message.replace(/[.:\s]+$/, ''),
  );
}

const TOKENS: readonly (readonly [RegExp, string])[] = [
  [/flow-map-start( token)?/, '"{"'],
  [/flow-map-end( token)?/, '"}"'],
  [/flow-seq-start( token)?/, '"["'],
  [/flow-seq-end( token)?/, '"]"'],
  [/map-value-ind( token)?/, '":"'],
  [/seq-item-ind( token)?/, '"-"'],
  [/comma token/, '","'],
  [/scalar token/, 'text'],
  [/ in YAML stream.*/, ''],
  [/at node end/, 'after a value'],
  [
    /^Flow (?:sequence|map) in block collection .* end with a (.)/,
    'A list or mapping in brackets needs its "$1", or more indentation',
  ],
  [/^Implicit (?:map )?keys need to be .*/, 'A key must stand on one line and be followed by ":"'],
];

const HINTS: Readonly<Partial<Record<YamlError['code'], string>>> = {
  TAB_AS_INDENT: 'indent with spaces',
  BLOCK_AS_IMPLICIT_KEY: 'put text that holds ": " in quotes',
  BAD_SCALAR_START: 'put the text in quotes',
};
