import * as assert from 'uvu/assert';
import { suggestPath } from '../../../engine/core/index.ts';
import { suite, table } from '../../support/suite.ts';

const DIRECTORIES: Readonly<Record<string, readonly string[]>> = {
  '.': ['data', 'raw.csv', 'raws'],
  data: ['clean.jsonl', 'raw.jsonl'],
  '/': ['srv'],
  '/srv': ['questions.xml'],
  '..': ['shared'],
};

suite('suggestPath() finds what is there by nearly the same name', (test) => {
  table(
    test,
    [
      { name: 'a file', path: 'raw.cvs', expected: 'raw.csv' },
      { name: 'a file in a directory', path: 'data/claen.jsonl', expected: 'data/clean.jsonl' },
      { name: 'a directory on the way', path: 'dta/raw.jsonl', expected: 'data/raw.jsonl' },
      { name: 'mistakes in two names', path: 'dat/raws.jsonl', expected: 'data/raw.jsonl' },
      { name: 'an absolute path', path: '/srv/question.xml', expected: '/srv/questions.xml' },
      { name: 'a path that leads outside', path: '../share', expected: '../shared' },
      { name: 'nothing like it', path: 'data/model.bin', expected: undefined },
      { name: 'nothing there', path: 'raws/raw.csv', expected: undefined },
      { name: 'what is there already', path: 'data/raw.jsonl', expected: undefined },
      { name: 'nothing', path: '', expected: undefined },
    ],
    ({ path, expected }) => {
      assert.is(
        suggestPath(path, (directory) => DIRECTORIES[directory] ?? []),
        expected,
      );
    },
  );
});
