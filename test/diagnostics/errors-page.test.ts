import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { ROOT } from '../support/golden-file.ts';
import { suite } from '../support/suite.ts';

const PAGE = 'docs/errors.md';
const SOURCES = ['cache', 'engine', 'stages'];

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

function textsIn(directory: string, isWanted: (path: string) => boolean): readonly string[] {
  return readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' })
    .filter(isWanted)
    .map((path) => read(join(directory, path)));
}

const matches = (texts: readonly string[], pattern: RegExp): readonly string[] =>
  [...new Set(texts.flatMap((text) => text.match(pattern) ?? []))].sort();

const emitted = matches(
  SOURCES.flatMap((folder) => textsIn(folder, (path) => path.endsWith('.ts'))),
  /\bE_[A-Z_]+\b/g,
);
const goldens = textsIn('test', (path) => /(^|\/)golden\/[^/]+\.txt$/.test(path));
const page = read(PAGE);

suite('each code of an error that the sources can give', (test) => {
  test('is found', () => {
    assert.ok(emitted.length > 70);
  });

  test(`has a section in ${PAGE}, and no other has one`, () => {
    assert.equal([...matches([page], /(?<=^### ).+$/gm)], emitted);
  });

  test(`is in the list at the top of ${PAGE}, once`, () => {
    const listed = page.match(/(?<=\[`)E_[A-Z_]+(?=`\])/g) ?? [];
    assert.equal([...listed].sort(), emitted);
  });

  test('occurs in a golden output of a test', () => {
    assert.equal(matches(goldens, /(?<=^error\[)E_[A-Z_]+(?=\])/gm), emitted);
  });
});

suite(`each section of ${PAGE}`, (test) => {
  const sections = page.split(/^### /m).slice(1);

  test('says what happened, why, and how to mend it, in this order', () => {
    const shape =
      /^(E_\w+)\n\n- \*\*What happened:\*\* .+\n- \*\*Why:\*\* .+\n- \*\*How to mend it:\*\* .+\n\n```\n/;
    for (const section of sections) assert.match(section, shape);
  });

  test('shows the error as a test has seen it', () => {
    const seen = goldens.map((text) => `${text}\n\n`);
    for (const section of sections) {
      const [, example = ''] = /```\n([^]*?)\n```/.exec(section) ?? [];
      assert.match(example, `error[${section.split('\n')[0]!}]: `);
      assert.ok(
        seen.some((text) => text.includes(`${example}\n\n`)),
        `no golden output has:\n${example}`,
      );
    }
  });
});
