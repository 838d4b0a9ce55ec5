import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { type Decision, decide } from '../../../stages/learn/decision/index.ts';
import { rowRanker } from '../../../stages/learn/ranking/index.ts';
import { suite, table } from '../../support/suite.ts';
import { rowsOf, scored } from './scored.ts';

const FREE = { at_least_one: false, max_tags: null };

/** Three questions, three tags. */
const SCORES = Float64Array.from([0.5, 2, 1, -1, -2, -3, 0.5, 0.5, 0.5]);

suite('decide() gives', (test) => {
  table<{ name: string; decision: Decision; given: readonly (readonly number[])[] }>(
    test,
    [
      {
        name: 'what is above a threshold, not what is at it',
        decision: { kind: 'fixed', threshold: 0.5, ...FREE },
        given: [[1, 2], [], []],
      },
      {
        name: 'the best tag, whatever its score',
        decision: { kind: 'global', threshold: 0.5, ...FREE, at_least_one: true },
        given: [[1, 2], [0], [0]],
      },
      {
        name: 'no more tags than are allowed, of equal scores the first',
        decision: { kind: 'fixed', threshold: 0, at_least_one: false, max_tags: 2 },
        given: [[1, 2], [], [0, 1]],
      },
      {
        name: 'by the threshold of each tag',
        decision: { kind: 'per_tag', thresholds: [-1.5, 2, 0.7], ...FREE },
        given: [[0, 2], [0], [0]],
      },
      {
        name: 'by the threshold of each rank, nothing behind the last',
        decision: { kind: 'per_rank', thresholds: [-1.5, 0.4], ...FREE },
        given: [[1, 2], [0], [0, 1]],
      },
      {
        name: 'the best tags',
        decision: { kind: 'top_k', k: 2, ...FREE },
        given: [
          [1, 2],
          [0, 1],
          [0, 1],
        ],
      },
      {
        name: 'the best tags within the limit',
        decision: { kind: 'top_k', k: 2, at_least_one: false, max_tags: 1 },
        given: [[1], [0], [0]],
      },
      {
        name: 'all tags where there are fewer than allowed',
        decision: { kind: 'top_k', k: 9, ...FREE },
        given: [
          [0, 1, 2],
          [0, 1, 2],
          [0, 1, 2],
        ],
      },
    ],
    ({ decision, given }) => {
      assert.equal(rowsOf(decide(decision, SCORES, 3, 3)), given);
    },
  );
  test('nothing where there are no tags or no questions', () => {
    const best: Decision = { kind: 'top_k', k: 1, ...FREE, at_least_one: true };
    assert.equal(rowsOf(decide(best, new Float64Array(), 2, 0)), [[], []]);
    assert.equal(rowsOf(decide(best, new Float64Array(), 0, 2)), []);
  });
});

suite('decide() refuses', (test) => {
  const decision: Decision = { kind: 'fixed', threshold: 0, ...FREE };
  for (const [name, score] of [
    ['NaN', NaN],
    ['Infinity', Infinity],
  ] as const) {
    test(`a score that is ${name}`, () => {
      const scores = Float64Array.from([0, 1, 2, score]);
      assert.throws(
        () => decide(decision, scores, 2, 2),
        new RegExp(`Score ${name} of question 1, label 1 is not finite`),
      );
    });
  }
  test('scores of another shape', () => {
    assert.throws(() => decide(decision, SCORES, 2, 3), /9 scores, not of shape \(2, 3\)/);
  });
  test('thresholds of other tags', () => {
    const other: Decision = { kind: 'per_tag', thresholds: [0, 0], ...FREE };
    assert.throws(() => decide(other, SCORES, 3, 3), /2 thresholds for 3 labels/);
  });
});

suite('rowRanker() ranks as a stable sort does', (test) => {
  test('for any number that is wanted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 14 }),
        (row, most) => {
          const { scores } = scored([
            row.map(() => [9, 0] as const),
            row.map((score) => [score, 0] as const),
          ]);
          const sorted = row.map((_, label) => label).sort((a, b) => row[b]! - row[a]! || a - b);
          assert.equal([...rowRanker(row.length, most)(scores, 1)], sorted.slice(0, most));
        },
      ),
      { numRuns: 300 },
    );
  });
});
