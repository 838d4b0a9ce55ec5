import * as assert from 'uvu/assert';
import { runRounds } from '../../../engine/watch/run-rounds.ts';
import { suite } from '../../support/suite.ts';

suite('rounds run one after the other, by the clock that they are given', (test) => {
  test('a change is followed by a round, when it has been quiet', async () => {
    const world = fakeWorld();
    await world.endRound();
    world.rounds.changed('a');
    await world.pass(99);
    world.rounds.changed('b');
    await world.pass(99);
    assert.equal(world.log, ['start ', 'wait']);
    await world.pass(1);
    assert.equal(world.log, ['start ', 'wait', 'start a b']);
  });

  test('a stale round gets its signal, and the next one starts after it has ended', async () => {
    const world = fakeWorld();
    world.rounds.changed('a');
    world.rounds.changed('b');
    await world.pass(1000);
    assert.equal(world.log, ['start ', 'aborted']);
    await world.endRound();
    assert.equal(world.log.slice(2), ['start a b']);
  });

  test('an interrupt waits for the round', async () => {
    const world = fakeWorld();
    world.rounds.interrupt();
    await world.endRound();
    assert.equal(await world.rounds.ended, { wasRunning: true });
    assert.equal(world.log, ['start ', 'aborted']);
  });

  test('what goes wrong beside a round is thrown when that has ended', async () => {
    const world = fakeWorld();
    world.rounds.fail(new Error('no watch'));
    let isOver = false;
    const ended = world.rounds.ended.then(
      () => 'ended',
      (error: unknown) => String(error),
    );
    void ended.then(() => {
      isOver = true;
    });
    await world.pass(1);
    assert.not(isOver);
    await world.endRound();
    assert.is(await ended, 'Error: no watch');
  });

  test('what a round throws ends it all', async () => {
    const world = fakeWorld();
    const ended = world.rounds.ended.then(String, String);
    await world.endRound(new Error('a bug'));
    assert.is(await ended, 'Error: a bug');
  });
});

function fakeWorld() {
  const log: string[] = [];
  let nowMs = 0;
  let sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];
  let end: (error?: Error) => void = () => undefined;
  const rounds = runRounds({
    clock: {
      nowMs: () => nowMs,
      sleep: (ms) =>
        new Promise((wake) => {
          sleepers.push({ atMs: nowMs + ms, wake });
        }),
    },
    runRound: (signal, because) => {
      log.push(`start ${because.join(' ')}`);
      signal.addEventListener('abort', () => log.push('aborted'));
      return new Promise((resolve, reject) => {
        end = (error) => {
          if (error === undefined) resolve();
          else reject(error);
        };
      });
    },
    onWait: () => log.push('wait'),
  });
  return {
    rounds,
    log,
    endRound: (error?: Error) => {
      end(error);
      return settled();
    },
    /** Whoever sleeps is woken in time. */
    pass: async (ms: number) => {
      nowMs += ms;
      const due = sleepers.filter(({ atMs }) => atMs <= nowMs);
      sleepers = sleepers.filter(({ atMs }) => atMs > nowMs);
      for (const { wake } of due) wake();
      await settled();
    },
  };
}

/** After everything that was waiting for its turn. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
