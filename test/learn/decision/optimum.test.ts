import fc from 'fast-check';
import * as assert from 'uvu/assert';
import {
  chooseDecision,
  type Decision,
  type DecisionSettings,
  decide,
  microF1,
} from '../../../stages/learn/decision/index.ts';
import type { LabelMatrix } from '../../../stages/learn/labels/index.ts';
import { suite } from '../../support/suite.ts';
import { limits, type Scored, SETTINGS, scored, scoredQuestions } from './scored.ts';

/** All choices of one threshold for each group: at each score, and below all of them. */
function everyChoice(scores: Float64Array, groups: number): readonly (readonly number[])[] {
  const thresholds = [...new Set(scores), Math.min(...scores) - 1];
  let choices: readonly (readonly number[])[] = [[]];
  for (let group = 0; group < groups; group++) {
    choices = choices.flatMap((choice) => thresholds.map((threshold) => [...choice, threshold]));
  }
  return choices;
}

const supportOf = (Y: LabelMatrix): readonly number[] =>
  Array.from({ length: Y.labels }, (_, label) => Y.indices.filter((other) => other === label).length);

/** Every decision that the settings allow. */
function everyDecision(settings: DecisionSettings, { scores, Y }: Scored): readonly Decision[] {
  const { kind, at_least_one, max_tags, min_support } = settings;
  const rest = { at_least_one, max_tags };
  if (kind === 'global') {
    return everyChoice(scores, 1).map(([threshold]) => ({ kind, threshold: threshold!, ...rest }));
  }
  if (kind === 'per_rank') {
    const ranks = Math.min(Y.labels, max_tags ?? Y.labels);
    return everyChoice(scores, ranks).map((thresholds) => ({ kind, thresholds, ...rest }));
  }
  const support = supportOf(Y);
  return everyChoice(scores, Y.labels + 1).map((choice) => ({
    kind: 'per_tag',
    thresholds: support.map((count, label) => choice[count < min_support ? Y.labels : label]!),
    ...rest,
  }));
}

const countGiven = (decision: Decision, { scores, Y }: Scored): number =>
  decide(decision, scores, Y.rows, Y.labels).indices.length;

suite('chooseDecision() reaches the highest micro F1 of all that could be chosen', (test) => {
  for (const kind of ['global', 'per_tag', 'per_rank'] as const) {
    test(`${kind}, and of the best it gives the fewest tags`, () => {
      fc.assert(
        fc.property(scoredQuestions, limits, fc.integer({ min: 1, max: 4 }), (data, limit, min_support) => {
          const settings: DecisionSettings = { ...SETTINGS, kind, min_support, ...limit };
          const chosen = chooseDecision(settings, data.scores, data.Y);
          const all = everyDecision(settings, data);
          const reached = all.map((decision) => microF1(decision, data.scores, data.Y));
          const highest = Math.max(...reached);
          assert.is(microF1(chosen, data.scores, data.Y), highest);
          const fewest = Math.min(
            ...all.filter((_, i) => reached[i] === highest).map((decision) => countGiven(decision, data)),
          );
          assert.is(countGiven(chosen, data), fewest);
        }),
        { numRuns: 200 },
      );
    });
  }
});

suite('chooseDecision() never does worse', (test) => {
  const atLeastGlobal = (kind: 'per_tag' | 'per_rank') => () => {
    fc.assert(
      fc.property(scoredQuestions, limits, fc.integer({ min: 1, max: 4 }), (data, limit, min_support) => {
        const settings = { ...SETTINGS, min_support, ...limit };
        const reached = (chosen: DecisionSettings): number =>
          microF1(chooseDecision(chosen, data.scores, data.Y), data.scores, data.Y);
        assert.ok(reached({ ...settings, kind }) >= reached(settings));
      }),
    );
  };
  test('with a threshold for each tag than with one', atLeastGlobal('per_tag'));
  test('with a threshold for each rank than with one', atLeastGlobal('per_rank'));
});

/** Scores all different, so that no tie is broken by order. */
const distinct: fc.Arbitrary<{ readonly rows: readonly (readonly [number, number])[][] }> = fc
  .uniqueArray(fc.integer({ min: -50, max: 50 }), { minLength: 12, maxLength: 12 })
  .chain((scores) =>
    fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 12, maxLength: 12 }).map((truths) => ({
      rows: [0, 1, 2, 3].map((i) =>
        [0, 1, 2].map((label): [number, number] => [scores[3 * i + label]! / 7, truths[3 * i + label]!]),
      ),
    })),
  );

suite('chooseDecision() does not depend on an order', (test) => {
  for (const kind of ['global', 'per_tag', 'per_rank'] as const) {
    test(`${kind}: of questions or of tags`, () => {
      fc.assert(
        fc.property(distinct, limits, ({ rows }, limit) => {
          const settings: DecisionSettings = { ...SETTINGS, kind, min_support: 2, ...limit };
          const choose = (order: typeof rows): Decision => {
            const { scores, Y } = scored(order);
            return chooseDecision(settings, scores, Y);
          };
          const turned = choose(rows.map((row) => [...row].reverse()).reverse());
          const expected = choose(rows);
          assert.equal(
            turned.kind === 'per_tag' ? { ...turned, thresholds: [...turned.thresholds].reverse() } : turned,
            expected,
          );
        }),
      );
    });
  }
});
