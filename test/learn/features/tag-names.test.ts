import * as assert from 'uvu/assert';
import { type Fields, fitFeaturizer } from '../../../stages/learn/features/index.ts';
import { suite, table } from '../../support/suite.ts';

const CLASSES = [
  ...['.net', 'asp.net-mvc', 'c', 'c#', 'c++', 'java', 'jenkins', 'jenkins-pipeline', 'node.js'],
  ...['python', 'python-3.x', 'visual-studio'],
];

const questionOf = (fields: Partial<Fields>): Fields => ({
  title: '',
  text: '',
  code: '',
  links: [],
  ...fields,
});

function columnsOf(question: Fields, fields: readonly ('title' | 'text' | 'links')[]): readonly string[] {
  const settings = { blocks: [{ kind: 'tag_names' as const, fields }] };
  const { matrix } = fitFeaturizer(settings, [question], CLASSES);
  assert.is(matrix.columns, fields.length * CLASSES.length);
  assert.ok(matrix.values.every((value) => value === 1));
  return Array.from(matrix.indices, (column) => {
    const field = fields[Math.floor(column / CLASSES.length)]!;
    return `${field} ${CLASSES[column % CLASSES.length]!}`;
  });
}

suite('a block of tag names has 1 where a name stands', (test) => {
  table(
    test,
    [
      { name: 'a word', title: 'Python or Java?', found: ['java', 'python'] },
      { name: 'not a part of one', title: 'JavaScript, pythonic, xjava', found: [] },
      { name: 'a letter with pluses', title: 'C++. or (c++)', found: ['c++'] },
      { name: 'or a sharp', title: 'in "C#", not F#', found: ['c#'] },
      { name: 'a letter alone', title: 'structs in C', found: ['c'] },
      { name: 'words with what parts them', title: 'Use asp.net-mvc', found: ['.net', 'asp.net-mvc'] },
      { name: 'with blanks', title: 'Use ASP.NET MVC 5', found: ['.net', 'asp.net-mvc'] },
      { name: 'with nothing', title: 'nodejs and VisualStudio', found: ['node.js', 'visual-studio'] },
      { name: 'a name in a longer one', title: 'Jenkins Pipeline', found: ['jenkins', 'jenkins-pipeline'] },
      { name: 'not its words apart', title: 'a pipeline for Jenkins', found: ['jenkins'] },
      { name: 'a version belongs to it', title: 'python 3', found: ['python'] },
      { name: 'and is found', title: 'Python 3.x', found: ['python', 'python-3.x'] },
      { name: 'at the end, unfinished', title: 'about visual', found: [] },
      { name: 'nothing', title: '', found: [] },
    ],
    ({ title, found }) => {
      assert.equal(
        columnsOf(questionOf({ title }), ['title']),
        found.map((name) => `title ${name}`),
      );
    },
  );
  test('field by field', () => {
    const question = questionOf({ title: 'java', text: 'c', links: ['https://docs.python.org/3'] });
    assert.equal(columnsOf(question, ['text', 'links', 'title']), ['text c', 'links python', 'title java']);
  });
});
