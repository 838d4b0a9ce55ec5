import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { suite, table } from '../../support/suite.ts';
import { withSmallModel } from '../serve/small-model.ts';
import { type Ended, soTagger } from './so-tagger.ts';

/** `so-tagger predict` beside a model named `model`, and a file `questions.jsonl` of these lines. */
const predict = (args: readonly string[], { input = '', lines = '' } = {}): Promise<Ended> =>
  withSmallModel((_, top) => {
    writeFileSync(join(top, 'questions.jsonl'), lines);
    return soTagger(top, ['predict', '--model', 'model', ...args], input);
  });

const LINES = '{"id":7,"title":"green"}\n\n{"title":"red and blue","body":"<p>blue</p>"}\n';

const TABLES = `green
tag    score  probability  given  because of
green  0.442         0.53  yes    green (title)

red and blue
tag   score  probability  given  because of
blue  1.507         0.85  yes    blue (text)
red   0.268         0.56  yes    and (title)

`;

suite('so-tagger predict prints the tags of questions', (test) => {
  table(
    test,
    [
      {
        name: 'of one on the command line, with the words that spoke for each',
        args: ['--title', 'red &amp; blue', '--body', '<p>about <b>red</b></p>'],
        stdout: `red &amp; blue
tag    score  probability  given  because of
red    1.078         0.77  yes    red (text), red (title), red (named in title)
blue  -0.161         0.44  yes    blue (title), blue (named in title), red (named in title)

`,
      },
      {
        name: 'so many of the best, given or not, without words',
        args: ['--title', 'green and green', '--top-k', '2', '--words', '0'],
        stdout: `green and green
tag     score  probability  given  because of
green   0.392         0.50  yes
red    -0.230         0.42  no

`,
      },
      {
        name: 'that none has',
        args: ['--body', '<p>red</p>', '--threshold', '100'],
        stdout: '(no title)\n  no tag: no score is high enough\n\n',
      },
      { name: 'of a file', args: ['questions.jsonl', '--words', '1'], lines: LINES, stdout: TABLES },
      { name: 'of standard input', args: ['-', '--words', '1'], input: LINES, stdout: TABLES },
    ],
    async ({ args, stdout, ...given }) =>
      assert.equal(await predict(args, given), { exitCode: 0, stdout, stderr: '' }),
  );
  test('as JSON Lines: the id as it came, numbers whole', async () => {
    const { stdout } = await predict(['-', '--json', '--words', '1'], { input: LINES });
    const [first, second, ...rest] = stdout.split('\n');
    assert.equal(rest, ['']);
    const { id, title, tags } = JSON.parse(first!) as {
      readonly id: number;
      readonly title: string;
      readonly tags: readonly { readonly score: number; readonly probability: number }[];
    };
    assert.equal([id, title, tags.length], [7, 'green', 1]);
    const { score, probability, ...rests } = tags[0]! as Record<string, unknown> & (typeof tags)[number];
    assert.ok(Math.abs(score - 0.44228) < 1e-4 && Math.abs(probability - 0.52672) < 1e-4, first);
    assert.equal(Object.keys(rests), ['tag', 'given', 'words']);
    assert.not.match(second!, '"id"');
  });
});

suite('so-tagger predict says what is wrong', (test) => {
  const form = '  = hint: a line is {"title": "...", "body": "..."}; "body" is HTML\n';
  table(
    test,
    [
      {
        name: 'nothing to tag',
        args: [],
        exitCode: 2,
        stderr: 'error: Name either a file (or -) or a question by --title and --body\n',
      },
      {
        name: 'two things to tag',
        args: ['questions.jsonl', '--title', 'a'],
        exitCode: 2,
        stderr: 'error: Name either a file (or -) or a question by --title and --body\n',
      },
      {
        name: 'a file that is not there',
        args: ['other.jsonl'],
        exitCode: 1,
        stderr: 'error: Cannot read "other.jsonl": there is no such file\n',
      },
      {
        name: 'a line without a title; nothing is printed of those before it',
        args: ['questions.jsonl'],
        lines: '{"title":"green"}\n{"title":7}\n',
        exitCode: 1,
        stderr: `error: Cannot read "questions.jsonl": line 2 has no "title" that is a string\n${form}`,
      },
      {
        name: 'a body that is no text',
        args: ['-'],
        input: '{"title":"green","body":[]}',
        exitCode: 1,
        stderr: `error: Cannot read standard input: line 1 has a "body" that is no string\n${form}`,
      },
      {
        name: 'a line that is no JSON',
        args: ['-'],
        input: 'green',
        exitCode: 1,
        stderr: `error: Cannot read standard input: line 1 is not a JSON object\n${form}`,
      },
      {
        name: 'an option out of its range',
        args: ['--title', 'a', '--top-k', '0'],
        exitCode: 2,
        stderr:
          "error: option '-k, --top-k <n>' argument '0' is invalid. It must be a whole number from 1 on.\n  = hint: see --help\n",
      },
    ],
    async ({ args, exitCode, stderr, ...given }) =>
      assert.equal(await predict(args, given), { exitCode, stdout: '', stderr }),
  );
  test('no model', async () => {
    const { exitCode, stderr } = await soTagger('/tmp', ['predict', '-m', 'no-such-model', '-t', 'a']);
    assert.is(exitCode, 1);
    assert.match(stderr, 'Cannot use the model "/tmp/no-such-model": there is no such directory\n  = hint: ');
  });
});
