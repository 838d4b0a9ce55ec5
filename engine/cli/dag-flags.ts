/**
 * The flags of `dag`: which form of the graph is asked for.
 *
 * @module
 */

import { err, ok, type Result } from '../../cache/index.ts';
import type { Diagnostic } from '../core/index.ts';

export interface DagFlags {
  readonly downstream?: true;
  /** Whole pipelines. */
  readonly full?: true;
  readonly outs?: true;
  readonly expand?: true;
  /** With the time that it is going to take. */
  readonly plan?: true;
  readonly width?: string;
  /** `true` without a file. */
  readonly html?: true | string;
  readonly dot?: true;
  readonly mermaid?: true;
  readonly md?: true;
  readonly collapseForeachMatrix?: true;
  readonly json?: true;
}

export type DagForm =
  | { readonly kind: 'json' | 'dot' | 'mermaid' | 'md'; readonly isFolded: boolean }
  | { readonly kind: 'drawing'; readonly isFolded: boolean; readonly width: number }
  /** `-` stands for the output. */
  | { readonly kind: 'page'; readonly isFolded: boolean; readonly file: string };

const FORMS = ['json', 'dot', 'md', 'mermaid', 'html'] as const;
/** The first of them holds, as in DVC. */
const DVC_FORMS: readonly string[] = ['dot', 'md', 'mermaid'];
const DEFAULT_FILE = 'dag.html';
const DEFAULT_COLUMNS = 80;
const MIN_COLUMNS = 20;

/** @param columns Of the terminal, if there is one. */
export function readDagFlags(
  targets: readonly string[],
  flags: DagFlags,
  columns: number | undefined,
): Result<DagForm, readonly Diagnostic[]> {
  const [form, ...others] = FORMS.filter((name) => flags[name] !== undefined);
  if (![form!, ...others].every((name) => DVC_FORMS.includes(name)) && others.length > 0)
    return excluding([form!, ...others]);
  if (flags.expand && flags.collapseForeachMatrix) return excluding(['expand', 'collapse-foreach-matrix']);
  if (flags.downstream && targets.length === 0) {
    return usageError('"--downstream" needs a target', 'name the stages to start from');
  }
  if (flags.full && flags.downstream) return excluding(['full', 'downstream']);
  if (flags.outs && (form === 'html' || flags.expand || flags.collapseForeachMatrix))
    return usageError('"--outs" draws outs: groups and pages are of stages');
  if (flags.plan && form !== undefined && form !== 'json') return excluding(['plan', form]);
  const isFolded = flags.expand !== true;
  if (form === 'html') return readFile(flags.html!, isFolded);
  if (form !== undefined) return ok({ kind: form, isFolded: flags.collapseForeachMatrix === true });
  return readWidth(flags.width, isFolded, columns);
}

function readFile(html: true | string, isFolded: boolean): Result<DagForm, readonly Diagnostic[]> {
  const file = html === true ? DEFAULT_FILE : html;
  if (file === '-' || /\.html?$/i.test(file)) return ok({ kind: 'page', isFolded, file });
  return usageError(
    `"--html ${file}" does not name an HTML file`,
    `end its name in ".html"; a target stands before the flag: "dvc-like dag ${file} --html"`,
  );
}

function readWidth(
  text: string | undefined,
  isFolded: boolean,
  columns: number | undefined,
): Result<DagForm, readonly Diagnostic[]> {
  const width = text === undefined ? Math.max(columns ?? DEFAULT_COLUMNS, MIN_COLUMNS) : Number(text);
  if (text !== undefined && !(/^\d{1,4}$/.test(text) && width >= MIN_COLUMNS)) {
    return usageError(`"--width ${text}" is not a number of columns from ${MIN_COLUMNS} to 9999`);
  }
  return ok({ kind: 'drawing', isFolded, width });
}

const excluding = (names: readonly string[]): Result<never, readonly Diagnostic[]> =>
  usageError(`${names.map((name) => `"--${name}"`).join(' and ')} exclude each other`);

const usageError = (message: string, hint?: string): Result<never, readonly Diagnostic[]> =>
  err([{ code: 'E_USAGE', message, hint }]);
