/**
 * What `-S` did to a param, in a line.
 *
 * @module
 */

import { pythonJson, type Value } from '../../../cache/index.ts';
import { flowText } from '../../values/index.ts';
import type { ParamChange } from '../../workspace/index.ts';

export function settingText({ file, key, was, is }: ParamChange, isDry: boolean): string {
  if (was !== undefined && is !== undefined && pythonJson(was) === pythonJson(is)) {
    return `${file}: ${key} is ${textOf(is)} already`;
  }
  return `${file}: ${key}: ${textOf(was)} -> ${textOf(is)}${isDry ? ' (not written)' : ''}`;
}

const textOf = (value: Value | undefined): string =>
  value === undefined ? '(nothing)' : flowText(value, 'yaml');
