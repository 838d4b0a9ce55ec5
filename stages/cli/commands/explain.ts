/**
 * `so-tagger explain TAG`: what a model knows of a tag.
 *
 * @module
 */

import { resolve } from 'node:path';
import type { TagFacts } from '../../serve/index.ts';
import { type AddCommand, EXIT, type ExitCode } from '../command.ts';
import { MODEL_OPTION, wholeNumber } from '../options.ts';
import { textTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface Flags {
  readonly model: string;
  readonly scores: string;
  readonly words: number;
  readonly json?: true;
}

export const explain: AddCommand = (program, terminal, finish) => {
  program
    .command('explain')
    .description('show what makes the model give a tag')
    .argument('<tag>', 'a tag that the model knows')
    .option(...MODEL_OPTION)
    .option('--scores <file>', 'scores by tag: what the stage "evaluate" writes', 'reports/evaluate/tags.csv')
    .option('-w, --words <n>', 'the strongest words, so many', wholeNumber(1), 12)
    .option('--json', 'print JSON')
    .action((tag: string, flags: Flags) => finish(() => run(terminal, tag, flags)));
};

async function run(terminal: Terminal, tag: string, flags: Flags): Promise<ExitCode> {
  const { explainTag, openModel } = await import('../../serve/index.ts');
  const model = openModel(resolve(terminal.cwd, flags.model));
  const facts = explainTag(model, tag, resolve(terminal.cwd, flags.scores), flags.words);
  terminal.out(flags.json === true ? `${JSON.stringify(facts, undefined, 2)}\n` : textOf(facts));
  return EXIT.done;
}

function textOf({ tag, support, questions, f1, threshold, raising, lowering }: TagFacts): string {
  const words = (title: string, list: TagFacts['raising']): string =>
    textTable(
      [title, 'field', 'weight'],
      list.map(({ word, kind, field, weight }) => [
        kind === 'tag_name' ? `${word} (named)` : kind === 'lsa' ? `(component ${word})` : word,
        field,
        weight.toFixed(3),
      ]),
      [2],
    );
  return [
    `${tag}\n`,
    `  support    ${support} of ${questions} training questions\n`,
    `  F1         ${f1 === null ? 'not known: no scores by tag are there' : f1.toFixed(3)}\n`,
    `  threshold  ${threshold}\n\n`,
    words('raises the score', raising),
    '\n',
    words('lowers the score', lowering),
  ].join('');
}
