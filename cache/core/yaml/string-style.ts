/**
 * How a string stands in YAML: plain where every reader takes it for that string, else quoted; double quotes where
 * it holds `'` or something that must be escaped. ruamel.yaml's rules (`Emitter.analyze_scalar`), and never less
 * quoting than the `yaml` package needs.
 *
 * @module
 */

import { resolvePlainScalar } from './plain-scalar.ts';

/** On one line, whatever it holds. */
export function yamlString(text: string): string {
  if (isPlain(text)) return text;
  return text.includes("'") || NEEDS_ESCAPE.test(text) ? doubleQuoted(text) : `'${text}'`;
}

/** A leading indicator, a blank at an end, `: ` or ` #` inside, a document mark. */
const NOT_PLAIN = /^[#,[\]{}&*!|>'"%@`]|^[-?:](?: |$)|^---|^\.\.\.|^ | $|: |:$| #/;

/** Anything but printable ASCII and the printable rest of Unicode; the `u` flag makes lone surrogates stand out. */
const NEEDS_ESCAPE = /[^ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

/** What ruamel takes for a date, a merge key or a default value, and `yaml` for a float. */
const OTHER_TYPES =
  /^(?:<<|=|[-+]?\.[0-9]+[eE][0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)$/;

/** Matched by ruamel's patterns of numbers though no number. */
const EMPTY_NUMBER = /^[-+]?(?:0[box]_+|\._+(?:[eE][-+][0-9]+)?)$|^[-+]_[0-9_]*$/;

function isPlain(text: string): boolean {
  if (NOT_PLAIN.test(text) || NEEDS_ESCAPE.test(text)) return false;
  return resolvePlainScalar(text) === text && !OTHER_TYPES.test(text) && !EMPTY_NUMBER.test(text);
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'],
  ['\u0007', '\\a'],
  ['\b', '\\b'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\v', '\\v'],
  ['\f', '\\f'],
  ['\r', '\\r'],
  ['\u001b', '\\e'],
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\u0085', '\\N'],
  ['\u2028', '\\L'],
  ['\u2029', '\\P'],
]);

const doubleQuoted = (text: string): string =>
  `"${text.replace(/[^ !#-[\]-~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu, escape)}"`;

function escape(character: string): string {
  const known = ESCAPES.get(character);
  if (known !== undefined) return known;
  const code = character.codePointAt(0)!;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
