/**
 * TOML to nodes. Its parser keeps no places, so each node's is the whole file. Dates become text.
 *
 * @module
 */

import { createRequire } from 'node:module';
import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic, Range, SourceFile } from '../core/index.ts';
import { floating } from './plain-scalar.ts';
import type { ScalarValue, YamlNode } from './yaml-node.ts';

/** Loaded on first use: few projects have TOML, and reading values is synchronous. */
const require = createRequire(import.meta.url);
const loadParser = () => require('smol-toml') as typeof import('smol-toml');

export function readToml(file: SourceFile): Result<YamlNode, readonly Diagnostic[]> {
  const { parse, TomlError } = loadParser();
  try {
    const range = { start: 0, end: 0 };
    return ok(nodeOf(parse(file.text, { integersAsBigInt: true, unsafeKeyBehaviour: 'keep' }), range));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const start = offsetOf(file.text, error.line, error.column);
    return err([
      {
        code: 'E_TOML_SYNTAX',
        message: firstLine(error.message),
        place: { file, range: { start, end: start } },
      },
    ]);
  }
}

function nodeOf(data: unknown, range: Range): YamlNode {
  if (Array.isArray(data)) return { kind: 'list', items: data.map((item) => nodeOf(item, range)), range };
  if (typeof data === 'object' && data !== null && !(data instanceof Date)) {
    const entries = Object.entries(data).map(([key, value]) => ({
      key,
      keyRange: range,
      value: nodeOf(value, range),
    }));
    return { kind: 'map', entries, range };
  }
  return { kind: 'scalar', value: scalarOf(data), range };
}

function scalarOf(data: unknown): ScalarValue {
  if (typeof data === 'bigint') return Number.isSafeInteger(Number(data)) ? Number(data) : data;
  if (typeof data === 'number') return floating(data);
  if (data instanceof Date) return data.toISOString();
  return data as string | boolean;
}

/** @param line From 1. @param column From 1. */
function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let i = 1; i < line; i++) start = text.indexOf('\n', start) + 1;
  return Math.min(start + column - 1, text.length);
}

const firstLine = (message: string): string =>
  sentenceCase(message.split('\n')[0]!.replace(/^Invalid TOML document: /, ''));

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
