/**
 * What a chart shows of one revision: the fields of its axes, said or inferred, and rows that have them all.
 *
 * @module
 */

import { err, ok, type Result, type Value } from '../../cache/index.ts';
import { type Diagnostic, didYouMean } from '../core/index.ts';
import { type Axis, type FieldsByFile, isByFile, type PlotOptions } from './plot-options.ts';
import { lastField, type Row, rowsOf } from './read-source.ts';

/** A field of a file. */
export interface Series {
  readonly file: string;
  readonly field: string;
}

export interface ChartData {
  /** Each with `rev`, `filename`, `field` and the fields `x` and `y`. */
  readonly rows: readonly Row[];
  readonly x: string;
  readonly y: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** What is drawn over `x`; `file` without the directories that all have. */
  readonly series: readonly Series[];
}

/** The number of the row, where there is no other horizontal axis. */
const STEP = 'step';
/** Where series have different fields, they are copied to one. */
const ANY_X = 'dvc_inferred_x_value';
const ANY_Y = 'dvc_inferred_y_value';

/**
 * @param id Names the file of axes that name none.
 * @param contents Of the files, by path; those that could not be read are left out.
 * @returns Undefined where there is nothing to show.
 */
export function chartData(
  id: string,
  revision: string,
  options: PlotOptions,
  contents: ReadonlyMap<string, Value>,
): Result<ChartData | undefined, Diagnostic> {
  const rows = new Map([...contents].map(([file, content]) => [file, rowsOf(content)]));
  const xAxis = horizontal(id, options);
  const yAxis = vertical(id, options, contents);
  const xs = seriesOf(xAxis);
  const ys = seriesOf(yAxis);
  for (const each of [...xs, ...ys]) {
    const problem = checkField(each, rows.get(each.file));
    if (problem !== undefined) return err(problem);
  }
  if (xs.length > 1 && xs.length !== ys.length) return err(uneven(id, xs, ys));
  const xFields = new Set(xs.map(({ field }) => field));
  const yFields = new Set(ys.map(({ field }) => field));
  const [first] = yFields;
  if (first === undefined) return ok(undefined);
  const x = xFields.size > 1 ? ANY_X : (xs[0]?.field ?? STEP);
  const y = yFields.size > 1 ? ANY_Y : first;
  const series = ys.map(({ file, field }) => ({ file: withoutCommon(file, ys), field }));
  const joined: Row[] = [];
  for (const [i, vertical] of ys.entries()) {
    const own = rows.get(vertical.file) ?? [];
    const across = xs.length > 1 ? xs[i]! : xs[0];
    const other = across === undefined ? own : (rows.get(across.file) ?? []);
    if (other.length !== own.length) return err(differentLengths(id, across!, vertical, other, own));
    for (const [k, row] of own.entries()) {
      const point = new Map(row);
      if (y === ANY_Y) copy(row, vertical.field, point, ANY_Y);
      if (across === undefined) point.set(STEP, k);
      else copy(other[k]!, across.field, point, x);
      point.set('rev', revision).set('filename', series[i]!.file).set('field', vertical.field);
      joined.push(point);
    }
  }
  if (joined.length === 0) return ok(undefined);
  const xLabel = options.xLabel ?? (xAxis === undefined ? STEP : (only(xFields) ?? 'x'));
  const yLabel = options.yLabel ?? only(yFields) ?? 'y';
  return ok({ rows: joined, x, y, xLabel, yLabel, series });
}

/** The files that a plot is drawn from, those of the vertical axis first. */
export function sourcesOf(id: string, { x, y }: PlotOptions): readonly string[] {
  const files = isByFile(y) ? [...y.keys()] : [id];
  const [across] = isByFile(x) ? x.keys() : [];
  return [...new Set(across === undefined ? files : [...files, across])];
}

/** One field goes with each field of a vertical axis of several files. */
function horizontal(id: string, { x, y }: PlotOptions): FieldsByFile | undefined {
  if (x === undefined || isByFile(x)) return x;
  if (!isByFile(y) || typeof x !== 'string') return byFile(id, x);
  return new Map(
    [...y].map(([file, fields]) => [file, typeof fields === 'string' ? x : fields.map(() => x)]),
  );
}

function vertical(
  id: string,
  { y }: PlotOptions,
  contents: ReadonlyMap<string, Value>,
): FieldsByFile | undefined {
  if (isByFile(y)) return y;
  const content = contents.get(id);
  const fields = y ?? (content === undefined ? undefined : lastField(content));
  return fields === undefined ? undefined : byFile(id, fields);
}

const byFile = (file: string, fields: Exclude<Axis, FieldsByFile>): FieldsByFile => new Map([[file, fields]]);

const seriesOf = (axis: FieldsByFile | undefined): readonly Series[] =>
  [...(axis ?? [])].flatMap(([file, fields]) => [fields].flat().map((field) => ({ file, field })));

function only(fields: ReadonlySet<string>): string | undefined {
  return fields.size === 1 ? [...fields][0] : undefined;
}

function copy(from: Row, field: string, to: Map<string, Value>, name: string): void {
  const value = from.get(field);
  if (value !== undefined) to.set(name, value);
}

/** A file's path below the deepest directory that all of several have in common. */
function withoutCommon(file: string, series: readonly Series[]): string {
  const paths = [...new Set(series.map((each) => each.file))].map((path) => path.split('/'));
  if (paths.length < 2) return file;
  const own = file.split('/');
  const differs = own.findIndex((part, i) => paths.some((path) => path[i] !== part));
  return own.slice(differs === -1 ? own.length : differs).join('/');
}

function checkField({ file, field }: Series, rows: readonly Row[] | undefined): Diagnostic | undefined {
  if (rows === undefined) return undefined;
  const [first] = rows;
  if (first?.has(field) === true) return undefined;
  if (first === undefined) {
    return {
      code: 'E_PLOT_DATA',
      message: `Cannot draw "${file}": there is no list of mappings in it that all have the same keys`,
      hint: 'write a list with a mapping for each point, as [{"step": 0, "loss": 1.5}, ...]',
    };
  }
  const fields = [...first.keys()];
  return {
    code: 'E_PLOT_FIELD',
    message: `Cannot draw "${field}": "${file}" has no such field`,
    hint: didYouMean(field, fields) ?? `its fields are ${fields.map((each) => `"${each}"`).join(', ')}`,
  };
}

const uneven = (id: string, xs: readonly Series[], ys: readonly Series[]): Diagnostic => ({
  code: 'E_PLOT_DATA',
  message: `Cannot draw "${id}": there are ${xs.length} fields for "x" and ${ys.length} for "y"`,
  hint: 'name one field for "x", or as many as for "y"',
});

const differentLengths = (
  id: string,
  x: Series,
  y: Series,
  across: readonly Row[],
  up: readonly Row[],
): Diagnostic => ({
  code: 'E_PLOT_DATA',
  message: `Cannot draw "${id}": "${x.field}" of "${x.file}" has ${across.length} rows, "${y.field}" of "${y.file}" has ${up.length}`,
  hint: 'draw fields of files that have the same number of rows',
});
