/**
 * What a commit did to the results, as a comment on a pull request: GitHub's Markdown.
 *
 * @module
 */

import { markdownTable, type Table } from '../values/table-text.ts';

export interface CiReport {
  /** The revision that is compared with. */
  readonly base: string;
  readonly metrics: Table;
  readonly params: Table;
  readonly stages: readonly ChangedStage[];
  /** Pages and plots that there are to look at. */
  readonly pages: readonly ReportPage[];
  /** What could not be read, a line each. */
  readonly problems: readonly string[];
}

export interface ChangedStage {
  /** The name, or that of a group with how many of it. */
  readonly label: string;
  readonly kind: 'new' | 'gone' | 'changed';
  /** A line each. */
  readonly changes: readonly string[];
}

export interface ReportPage {
  /** As seen from the working directory. */
  readonly path: string;
  /** Undefined where nobody said where the files can be seen. */
  readonly url: string | undefined;
  readonly kind: 'page' | 'plot';
}

/** A comment is found again by it. */
const MARK = '<!-- dvc-like ci-report -->';

/** More rows are folded away. */
const OPEN_ROWS = 20;
/** More of a stage's changes, or of the problems, are only counted. */
const MOST_CHANGES = 6;

/** GitHub takes 65,536 characters, whatever their width. */
const LONGEST = 60_000;

export function ciReportText({ base, metrics, params, stages, pages, problems }: CiReport): string {
  const counts = [
    count(stages.length, 'stage'),
    count(metrics.rows.length, 'metric'),
    count(params.rows.length, 'param'),
  ];
  const isEqual = stages.length + metrics.rows.length + params.rows.length === 0;
  const head = isEqual
    ? `Nothing differs from \`${base}\`: the same stages, params and metrics.\n`
    : `Against \`${base}\`: ${counts.join(', ')} changed.\n`;
  const parts = [
    `${MARK}\n## Pipeline report\n\n${head}`,
    tablePart('Metrics', metrics),
    tablePart('Params', params),
    stagesPart(stages),
    pagesPart(pages, base),
    problemsPart(problems),
  ].filter((part) => part !== '');
  return withinLimit(parts);
}

function tablePart(title: string, table: Table): string {
  if (table.rows.length === 0) return '';
  const text = markdownTable({ ...table, rows: table.rows.map((row) => row.map(escapeHtml)) });
  if (table.rows.length <= OPEN_ROWS) return `### ${title}\n\n${text}`;
  return folded(`${title}: ${table.rows.length} changed`, text);
}

function stagesPart(stages: readonly ChangedStage[]): string {
  if (stages.length === 0) return '';
  const rows = stages.map(({ label, kind, changes }) => {
    const shown = changes.slice(0, MOST_CHANGES);
    if (changes.length > MOST_CHANGES) shown.push(`and ${changes.length - MOST_CHANGES} more`);
    const why = kind === 'changed' ? shown : [kind === 'new' ? 'is new' : 'is gone'];
    return [code(label), why.map((line) => escapeHtml(line)).join('<br>')];
  });
  return folded(
    `Stages: ${stages.length} changed`,
    markdownTable({ header: ['Stage', 'What changed'], rows }),
  );
}

function pagesPart(pages: readonly ReportPage[], base: string): string {
  if (pages.length === 0) return '';
  const list = (kind: ReportPage['kind']): string =>
    pages
      .filter((page) => page.kind === kind)
      .map(({ path, url }) => `- ${url === undefined ? code(path) : `[${escapeMarkdown(path)}](<${url}>)`}\n`)
      .join('');
  const plots = list('plot');
  const compare = plots === '' ? '' : `\nSide by side: \`dvc-like plots diff ${base}\`\n`;
  return folded(`Pages and plots: ${pages.length}`, `${list('page')}${plots}${compare}`);
}

function problemsPart(problems: readonly string[]): string {
  if (problems.length === 0) return '';
  const shown = problems.slice(0, MOST_CHANGES).map((line) => `> - ${escapeHtml(line)}\n`);
  const left = problems.length - shown.length;
  const rest = left === 0 ? '' : `> - and ${left} more\n`;
  return `> [!WARNING]\n> Not all of it could be compared:\n${shown.join('')}${rest}`;
}

const folded = (summary: string, body: string): string =>
  `<details><summary>${escapeHtml(summary)}</summary>\n\n${body}\n</details>\n`;

/** Whole parts, as many as there is room for. */
function withinLimit(parts: readonly string[]): string {
  const [head = '', ...rest] = parts;
  let text = head;
  let left = 0;
  for (const part of rest) {
    if (text.length + part.length < LONGEST) text += `\n${part}`;
    else left++;
  }
  const missing = `\n${count(left, 'part')} left out: too long for a comment. See \`dvc-like metrics diff\` and \`params diff\`.\n`;
  return left === 0 ? text : text + missing;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** What a name holds must not become markup, nor a mention of somebody. */
const escapeHtml = (text: string): string =>
  oneLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('@', '@\u200b');

const escapeMarkdown = (text: string): string => escapeHtml(text).replaceAll(/[[\]\\`*_]/g, '\\$&');

const code = (text: string): string => `\`${oneLine(text).replaceAll('`', "'")}\``;

const oneLine = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ');
