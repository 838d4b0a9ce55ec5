/**
 * Changes of a config file as a person would make them: comments, order and everything else stay.
 *
 * What is added is written as DVC writes it: sections at the end, settings four blanks in.
 *
 * @module
 */

import type { IniFile, IniSection } from './ini.ts';

/** @param section In lower case, as `IniSection.name`. */
export function setOption(ini: IniFile, section: string, key: string, value: string): string {
  const { text } = ini.file;
  const found = sectionOf(ini, section);
  const line = `    ${quoted(key)} = ${quoted(value)}\n`;
  if (found === undefined) return `${ended(text)}[${quoted(section)}]\n${line}`;
  const setting = found.settings.find((each) => each.key === key);
  if (setting !== undefined) {
    const { start, end } = setting.valueRange;
    const gap = start === end && text[start - 1] === '=' ? ' ' : '';
    return text.slice(0, start) + gap + quoted(value) + text.slice(end);
  }
  const at = lineAfter(text, found.settings.at(-1)?.range.end ?? found.range.end);
  const before = ended(text.slice(0, at));
  return before + indentedAs(found, text, line) + text.slice(at);
}

/** The section stays, also when it is empty. */
export function removeOption(ini: IniFile, section: string, key: string): string {
  const { text } = ini.file;
  const setting = sectionOf(ini, section)?.settings.find((each) => each.key === key);
  if (setting === undefined) return text;
  return cut(text, lineStart(text, setting.range.start), lineAfter(text, setting.range.end));
}

export function removeSection(ini: IniFile, section: string): string {
  const { text } = ini.file;
  const found = sectionOf(ini, section);
  if (found === undefined) return text;
  const last = found.settings.at(-1)?.range.end ?? found.range.end;
  return cut(text, lineStart(text, found.range.start), lineAfter(text, last));
}

export function renameSection(ini: IniFile, section: string, name: string): string {
  const { text } = ini.file;
  const found = sectionOf(ini, section);
  if (found === undefined) return text;
  const header = text.slice(found.range.start, found.range.end);
  const comment = /\]\s*(#.*)?$/.exec(header)?.[1];
  const renamed = `[${quoted(name)}]${comment === undefined ? '' : ` ${comment}`}`;
  return text.slice(0, found.range.start) + renamed + text.slice(found.range.end);
}

/** The name of a header, or a value, so that it is read as it is. A list becomes one text in quotes, as in DVC. */
function quoted(text: string): string {
  const isBare = text !== '' && !/^[\s'"]|[\s'"]$|[,#\n\r]/.test(text);
  if (isBare) return text;
  if (text.includes('\n') || (text.includes('"') && text.includes("'"))) {
    return text.includes('"""') ? `'''${text}'''` : `"""${text}"""`;
  }
  return text.includes('"') ? `'${text}'` : `"${text}"`;
}

const sectionOf = (ini: IniFile, name: string): IniSection | undefined =>
  ini.sections.slice(1).find((section) => section.name === name);

const ended = (text: string): string => {
  if (text.trim() === '') return '';
  return text.endsWith('\n') ? text : `${text}\n`;
};

const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

function lineAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

const cut = (text: string, start: number, end: number): string => text.slice(0, start) + text.slice(end);

/** As far in as the settings that are there. */
function indentedAs(section: IniSection, text: string, line: string): string {
  const last = section.settings.at(-1);
  if (last === undefined) return line;
  return text.slice(lineStart(text, last.range.start), last.range.start) + line.trimStart();
}
