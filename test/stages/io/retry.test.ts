import * as assert from 'uvu/assert';
import { type Attempt, type Outcome, withRetries } from '../../../stages/io/index.ts';
import { retryDelayMs } from '../../../stages/io/retry.ts';
import { createRandom } from '../../../stages/learn/random/index.ts';
import { suite, table } from '../../support/suite.ts';

const POLICY = { attempts: 4, firstDelayMs: 1_000, longestDelayMs: 3_000, longestWaitMs: 10_000 };

const again = (waitMs?: number): Attempt<string> => ({ kind: 'again', why: 'no luck', waitMs });
const done: Attempt<string> = { kind: 'done', value: 'v' };

/** What comes of these attempts, and the waits between them. `random` is always 1, so delays are the longest. */
async function outcomeOf(
  attempts: readonly Attempt<string>[],
): Promise<{ outcome: Outcome<string>; waits: readonly number[] }> {
  const waits: number[] = [];
  let next = 0;
  const clock = {
    nowMs: () => 0,
    sleep: (ms: number) => {
      waits.push(ms);
      return Promise.resolve();
    },
  };
  const outcome = await withRetries(() => Promise.resolve(attempts[next++]!), POLICY, {
    clock,
    random: () => 1,
  });
  return { outcome, waits };
}

suite('withRetries() tries', (test) => {
  table<{
    readonly name: string;
    readonly attempts: readonly Attempt<string>[];
    readonly outcome: Outcome<string>;
    readonly waits: readonly number[];
  }>(
    test,
    [
      { name: 'once where that does it', attempts: [done], outcome: { kind: 'done', value: 'v' }, waits: [] },
      {
        name: 'until it is done, with delays that double',
        attempts: [again(), again(), done],
        outcome: { kind: 'done', value: 'v' },
        waits: [1_000, 2_000],
      },
      {
        name: 'as often as it may, with delays up to the longest',
        attempts: [again(), again(), again(), again()],
        outcome: { kind: 'gave-up', attempts: 4, why: 'no luck', waitMs: undefined },
        waits: [1_000, 2_000, 3_000],
      },
      {
        name: 'not before the other side wishes',
        attempts: [again(9_000), again(500), done],
        outcome: { kind: 'done', value: 'v' },
        waits: [9_000, 2_000],
      },
      {
        name: 'no more where that is too long',
        attempts: [again(10_001)],
        outcome: { kind: 'gave-up', attempts: 1, why: 'no luck', waitMs: 10_001 },
        waits: [],
      },
    ],
    async ({ attempts, outcome, waits }) => assert.equal(await outcomeOf(attempts), { outcome, waits }),
  );
});

suite('retryDelayMs() spreads delays', (test) => {
  test('over the upper half of the doubling bound', () => {
    const random = createRandom('delays');
    for (const [failures, bound] of [
      [1, 1_000],
      [2, 2_000],
      [3, 3_000],
      [9, 3_000],
    ] as const) {
      const delays = Array.from({ length: 200 }, () => retryDelayMs(failures, POLICY, random));
      assert.ok(delays.every((delay) => delay >= bound / 2 && delay <= bound));
      assert.ok(Math.max(...delays) - Math.min(...delays) > 0.4 * bound);
    }
  });
});
