/**
 * `so-tagger predict`: the tags of questions, from a file, standard input or the command line.
 *
 * @module
 */

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { StageFailure } from 'dvc-like/stage';
import type { Prediction } from '../../serve/index.ts';
import { type AddCommand, EXIT, type ExitCode } from '../command.ts';
import { finiteNumber, MODEL_OPTION, wholeNumber } from '../options.ts';
import { textTable } from '../table.ts';
import type { Terminal } from '../terminal.ts';

interface Flags {
  readonly model: string;
  readonly title?: string;
  readonly body?: string;
  readonly topK?: number;
  readonly threshold?: number;
  readonly words: number;
  readonly json?: true;
}

export const predict: AddCommand = (program, terminal, finish) => {
  program
    .command('predict')
    .description('tag questions')
    .argument('[file]', 'JSON Lines with "title" and "body" (HTML); - is standard input')
    .option(...MODEL_OPTION)
    .option('-t, --title <text>', 'the title of one question, instead of a file')
    .option('-b, --body <html>', 'its body')
    .option('-k, --top-k <n>', 'so many of the best tags, whatever their scores', wholeNumber(1))
    .option('--threshold <score>', 'only tags with a score above', finiteNumber)
    .option('-w, --words <n>', 'of the words that spoke for a tag, so many', wholeNumber(0), 3)
    .option('--json', 'print JSON Lines: a line for each question')
    .action((file: string | undefined, flags: Flags) => finish(() => run(terminal, file, flags)));
};

async function run(terminal: Terminal, file: string | undefined, flags: Flags): Promise<ExitCode> {
  const { openModel } = await import('../../serve/index.ts');
  const isOnCommandLine = flags.title !== undefined || flags.body !== undefined;
  if (isOnCommandLine === (file !== undefined)) {
    terminal.error('error: Name either a file (or -) or a question by --title and --body\n');
    return EXIT.invalid;
  }
  const questions = file === undefined ? [questionOf(flags)] : await readQuestions(terminal, file);
  const model = openModel(resolve(terminal.cwd, flags.model));
  const options = { topK: flags.topK, threshold: flags.threshold, words: flags.words };
  for (const { id, title, body } of questions) {
    const { prediction } = model.ask({ title, body }, options);
    if (flags.json === true) {
      terminal.out(`${JSON.stringify({ ...(id === undefined ? {} : { id }), title, ...prediction })}\n`);
    } else {
      terminal.out(`${title === '' ? '(no title)' : title}\n${tableOf(prediction)}\n`);
    }
  }
  return EXIT.done;
}

const questionOf = ({ title = '', body = '' }: Flags): AskedQuestion => ({ id: undefined, title, body });

interface AskedQuestion {
  readonly id: unknown;
  readonly title: string;
  readonly body: string;
}

async function readQuestions(terminal: Terminal, file: string): Promise<readonly AskedQuestion[]> {
  const name = file === '-' ? 'standard input' : `"${file}"`;
  const text = file === '-' ? await terminal.input() : await readText(resolve(terminal.cwd, file), name);
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    const refuse = (why: string): never => {
      throw new StageFailure(`Cannot read ${name}: line ${i + 1} ${why}`, {
        hint: 'a line is {"title": "...", "body": "..."}; "body" is HTML',
      });
    };
    const {
      id,
      title,
      body = '',
    } = (parse(line) ?? refuse('is not a JSON object')) as Partial<AskedQuestion>;
    if (typeof title !== 'string') return refuse('has no "title" that is a string');
    if (typeof body !== 'string') return refuse('has a "body" that is no string');
    return [{ id, title, body }];
  });
}

async function readText(path: string, name: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : code;
    throw new StageFailure(`Cannot read ${name}: ${why}`, { cause: error });
  }
}

function parse(line: string): object | null {
  try {
    const value = JSON.parse(line) as unknown;
    return typeof value === 'object' && !Array.isArray(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const textOfWord = ({ word, kind, field }: Prediction['tags'][number]['words'][number]): string =>
  kind === 'lsa' ? `component ${word}` : `${word} (${kind === 'tag_name' ? 'named in ' : ''}${field})`;

const tableOf = ({ tags }: Prediction): string =>
  tags.length === 0
    ? '  no tag: no score is high enough\n'
    : textTable(
        ['tag', 'score', 'probability', 'given', 'because of'],
        tags.map(({ tag, score, probability, given, words }) => [
          tag,
          score.toFixed(3),
          probability === null ? '-' : probability.toFixed(2),
          given ? 'yes' : 'no',
          words.map(textOfWord).join(', '),
        ]),
        [1, 2],
      );
