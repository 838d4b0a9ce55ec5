/**
 * Config files: sections of settings, as DVC's reader (configobj) understands them.
 *
 * `[name]`, or `['remote "x"']` for one of several. `key = value`, a value in quotes or not; commas make a list, `#` begins a
 * comment, three quotes let a value run over lines. Names of sections and keys are the same in either case.
 *
 * @module
 */

import { err, ok, type Result } from '../../../cache/index.ts';
import type { Diagnostic, Range, SourceFile } from '../../core/index.ts';

export interface IniFile {
  readonly file: SourceFile;
  /** In the order of the file; the first, without a name, is what stands before any header. */
  readonly sections: readonly IniSection[];
}

export interface IniSection {
  /** In lower case: `core`, `remote "x"`. */
  readonly name: string;
  /** Its header, without the line break. */
  readonly range: Range;
  readonly settings: readonly IniSetting[];
}

export interface IniSetting {
  /** In lower case. */
  readonly key: string;
  /** A list where the text had commas. */
  readonly value: string | readonly string[];
  /** From the key to the end of the value, without the comment behind it. */
  readonly range: Range;
  readonly valueRange: Range;
}

/** Every line that cannot be read is reported. */
export function readIni(file: SourceFile): Result<IniFile, readonly Diagnostic[]> {
  const errors: Diagnostic[] = [];
  const sections: Section[] = [{ name: '', range: { start: 0, end: 0 }, settings: [] }];
  const keys = new Set<string>();
  const fail = (message: string, range: Range, hint?: string): void => {
    errors.push({ code: 'E_CONFIG_SYNTAX', message, place: { file, range }, hint });
  };
  const lines = new Lines(file.text);
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const range = {
      start: line.start + line.text.search(/\S|$/),
      end: line.start + line.text.trimEnd().length,
    };
    if (/^\s*(?:#|$)/.test(line.text)) continue;
    const header = HEADER.exec(line.text);
    if (header !== null) {
      const name = unquoted(header[1]!).toLowerCase();
      if (sections.some((section) => section.name === name))
        fail(`Section "${name}" stands here again`, range);
      sections.push({ name, range, settings: [] });
      keys.clear();
      continue;
    }
    const start = SETTING.exec(line.text);
    if (start === null) {
      fail('This line is neither a section nor a setting', range, 'write [section], or key = value');
      continue;
    }
    const key = unquoted(start[1]!).toLowerCase();
    const valueStart = line.start + start[0].length;
    const read = readValue(file.text, valueStart, lines);
    if (read === undefined) {
      fail(`The value of "${key}" cannot be read`, range, 'put it in quotes, one kind or the other');
      continue;
    }
    const setting = { start: range.start, end: read.range.end };
    if (keys.has(key)) fail(`"${key}" stands in this section already`, setting);
    keys.add(key);
    if (/%\([^)]*\)s/.test(read.value.toString())) {
      fail(
        '"%(name)s" stands for another setting, which is not supported',
        read.range,
        'write the value itself',
      );
    }
    sections.at(-1)!.settings.push({ key, value: read.value, range: setting, valueRange: read.range });
  }
  return errors.length > 0 ? err(errors) : ok({ file, sections });
}

interface Section extends IniSection {
  readonly settings: IniSetting[];
}

/** One level of brackets: DVC has no use for more. */
const HEADER = /^\s*\[\s*("\s*\S.*?"|'\s*\S.*?'|[^'"\s[].*?)\s*\]\s*(?:#.*)?$/;
const SETTING = /^\s*("[^"]*"|'[^']*'|[^'"=[\s][^=]*?)\s*=[^\S\n]*/;

class Lines {
  readonly #text: string;
  #start = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): { readonly text: string; readonly start: number } | undefined {
    const start = this.#start;
    if (start >= this.#text.length) return undefined;
    const end = this.#text.indexOf('\n', start);
    this.#start = end === -1 ? this.#text.length : end + 1;
    return { text: this.#text.slice(start, end === -1 ? undefined : end).replace(/\r$/, ''), start };
  }

  /** Goes on with the line behind this offset. */
  skipTo(offset: number): void {
    const end = this.#text.indexOf('\n', offset);
    this.#start = end === -1 ? this.#text.length : end + 1;
  }
}

interface ReadValue {
  readonly value: string | readonly string[];
  readonly range: Range;
}

const REST_IS_COMMENT = /[^\S\n]*(?:#.*)?(?:\r?\n|$)/y;

function readValue(text: string, start: number, lines: Lines): ReadValue | undefined {
  const quotes = text.slice(start, start + 3);
  if (quotes === '"""' || quotes === "'''") return readLongValue(text, start, quotes, lines);
  const newline = text.indexOf('\n', start);
  const line = text.slice(start, newline === -1 ? undefined : newline).replace(/\r$/, '');
  const items: string[] = [];
  let isList = false;
  let position = 0;
  let end = 0;
  for (;;) {
    const item = ITEM.exec(line.slice(position));
    if (item === null) return undefined;
    const [whole, written = '', separator] = item;
    end = position + whole.length - (separator === ',' ? 0 : item[3]!.length);
    position += whole.length;
    if (separator !== ',') {
      if (written !== '' || !isList) items.push(unquoted(written));
      break;
    }
    isList = true;
    if (written === '' && line.slice(position).trim() !== '') return undefined;
    if (written !== '') items.push(unquoted(written));
  }
  const range = { start, end: start + line.slice(0, end).trimEnd().length };
  return { value: isList ? items : items[0]!, range };
}

/** One item of a value, and what it ends with: a comma, or a comment or nothing. */
const ITEM = /^[^\S\n]*("[^"]*"|'[^']*'|".*?"|'.*?'|[^'",#\s][^,#]*?|)\s*(?:(,)|((?:#.*)?)$)/;

function readLongValue(text: string, start: number, quotes: string, lines: Lines): ReadValue | undefined {
  const close = text.indexOf(quotes, start + 3);
  if (close === -1) return undefined;
  REST_IS_COMMENT.lastIndex = close + 3;
  if (!REST_IS_COMMENT.test(text)) return undefined;
  lines.skipTo(close + 3);
  return { value: text.slice(start + 3, close), range: { start, end: close + 3 } };
}

const unquoted = (text: string): string =>
  text.length > 1 && /^["']/.test(text) && text.endsWith(text[0]!) ? text.slice(1, -1) : text;
