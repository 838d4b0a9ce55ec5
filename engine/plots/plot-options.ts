/**
 * How a plot is drawn: what the manifest says of it, or the command line.
 *
 * @module
 */

import { isList, isMap, type Value, type ValueMap } from '../../cache/index.ts';
import { scalarText } from '../values/index.ts';

/** Fields of one file or, by file, of several. */
export type Axis = string | readonly string[] | FieldsByFile;

export type FieldsByFile = ReadonlyMap<string, string | readonly string[]>;

/** What is left out is inferred from the data. */
export interface PlotOptions {
  readonly x?: Axis;
  readonly y?: Axis;
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly title?: string;
  readonly template?: string;
  /** Whether the first row of a table names its columns (default true). */
  readonly header?: boolean;
}

/** @param written As in a manifest, which its schema has checked. */
export function readPlotOptions(written: ValueMap | undefined): PlotOptions {
  const get = (key: string): Value => written?.get(key) ?? null;
  const text = <K extends string>(name: K, key: string): Partial<Record<K, string>> => {
    const value = get(key);
    return value === null ? {} : ({ [name]: textOf(value) } as Partial<Record<K, string>>);
  };
  const axis = <K extends string>(key: K): Partial<Record<K, Axis>> => {
    const value = get(key);
    return value === null ? {} : ({ [key]: axisOf(value) } as Partial<Record<K, Axis>>);
  };
  const header = get('header');
  return {
    ...axis('x'),
    ...axis('y'),
    ...text('xLabel', 'x_label'),
    ...text('yLabel', 'y_label'),
    ...text('title', 'title'),
    ...text('template', 'template'),
    ...(typeof header === 'boolean' ? { header } : {}),
  };
}

export const isByFile = (axis: Axis | undefined): axis is FieldsByFile => axis instanceof Map;

const axisOf = (value: Value): Axis =>
  isMap(value) ? new Map([...value].map(([file, fields]) => [file, fieldsOf(fields)])) : fieldsOf(value);

const fieldsOf = (value: Value): string | readonly string[] =>
  isList(value) ? value.map(textOf) : textOf(value);

/** Where the schema lets nothing but scalars be. */
const textOf = (value: Value): string => (isList(value) || isMap(value) ? '' : scalarText(value));
