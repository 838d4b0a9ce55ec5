import fc from 'fast-check';
import * as assert from 'uvu/assert';
import {
  firstStep,
  nextStep,
  QUIET_MS,
  type WatchAction,
  type WatchEvent,
  type WatchState,
} from '../../../engine/watch/watch-loop.ts';
import { suite, table } from '../../support/suite.ts';

const interrupted: WatchEvent = { kind: 'interrupted' };

suite('rounds start, are cancelled and waited for as changes come', (test) => {
  table(
    test,
    [
      { name: 'a round that ends is followed by waiting', events: [ended(5)], actions: ['start ', 'wait'] },
      {
        name: 'a change is followed by a round once it is quiet',
        events: [ended(5), changed('a', 10), woken(110)],
        actions: ['start ', 'wait', 'wake 110', 'start a'],
      },
      {
        name: 'a burst is one round',
        events: [ended(5), changed('a', 10), changed('b', 90), changed('a', 95), woken(110), woken(195)],
        actions: ['start ', 'wait', 'wake 110', 'wake 195', 'start a b'],
      },
      {
        name: 'a change while a round runs cancels it once, and it starts again after it has ended',
        events: [changed('a', 10), changed('b', 20), ended(500)],
        actions: ['start ', 'cancel', 'start a b'],
      },
      {
        name: 'but not before it is quiet',
        events: [changed('a', 10), ended(20), changed('b', 30), woken(110), woken(130)],
        actions: ['start ', 'cancel', 'wake 110', 'wake 130', 'start a b'],
      },
      {
        name: 'an interrupt while waiting ends it at once',
        events: [ended(5), interrupted, changed('a', 10), interrupted],
        actions: ['start ', 'wait', 'end idle'],
      },
      {
        name: 'an interrupt before a burst is over ends it at once',
        events: [ended(5), changed('a', 10), interrupted, woken(110)],
        actions: ['start ', 'wait', 'wake 110', 'end idle'],
      },
      {
        name: 'an interrupt while a round runs cancels it, and ends when it has ended',
        events: [interrupted, interrupted, changed('a', 10), ended(500)],
        actions: ['start ', 'cancel', 'end running'],
      },
      {
        name: 'an interrupt while a stale round is cancelled starts no other',
        events: [changed('a', 10), interrupted, ended(500), woken(600)],
        actions: ['start ', 'cancel', 'end running'],
      },
    ],
    ({ events, actions }) => {
      const done: WatchAction[] = [...firstStep.actions];
      let { state } = firstStep;
      for (const event of events) {
        const step = nextStep(state, event);
        state = step.state;
        done.push(...step.actions);
      }
      assert.equal(done.map(actionText), actions);
    },
  );

  test('a round that ends while none runs is a bug', () =>
    assert.throws(() => nextStep({ kind: 'waiting' }, ended(1)), /Bug/));
});

suite('after the last change there is always a round that started later', (test) => {
  test('whatever changes when, however long rounds take', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ afterMs: fc.integer({ min: 0, max: 400 }), path: fc.constantFrom('a', 'b', 'c') }),
          {
            maxLength: 20,
          },
        ),
        fc.infiniteStream(fc.integer({ min: 0, max: 600 })),
        fc.infiniteStream(fc.integer({ min: 0, max: 50 })),
        (changes, roundsMs, cancelsMs) => {
          const world = simulate(changes, roundsMs, cancelsMs);
          assert.is(world.state.kind, 'waiting');
          const lastChange = world.changes.at(-1);
          const lastStart = world.starts.at(-1)!;
          if (lastChange !== undefined) {
            assert.ok(lastStart >= lastChange, `${lastStart} before ${lastChange}`);
            assert.ok(lastStart - lastChange >= QUIET_MS);
          }
          assert.is(world.mostAtOnce, 1);
        },
      ),
      { numRuns: 300 },
    );
  });
});

interface World {
  readonly state: WatchState;
  /** Times. */
  readonly changes: readonly number[];
  readonly starts: readonly number[];
  readonly mostAtOnce: number;
}

/** Time passes from one thing that is due to the next, until nothing is. */
function simulate(
  planned: readonly { readonly afterMs: number; readonly path: string }[],
  roundsMs: Iterator<number>,
  cancelsMs: Iterator<number>,
): World {
  const due: { readonly atMs: number; readonly event: WatchEvent; readonly round?: number }[] = [];
  const changes: number[] = [];
  const starts: number[] = [];
  let running = 0;
  let mostAtOnce = 0;
  let nowMs = 0;
  for (const { afterMs, path } of planned) {
    nowMs += afterMs;
    changes.push(nowMs);
    due.push({ atMs: nowMs, event: changed(path, nowMs) });
  }
  nowMs = 0;
  let state = firstStep.state;
  const take = (actions: readonly WatchAction[]): void => {
    for (const action of actions) {
      if (action.kind === 'start') {
        starts.push(nowMs);
        running += 1;
        mostAtOnce = Math.max(mostAtOnce, running);
        const atMs = nowMs + (roundsMs.next().value as number);
        due.push({ atMs, event: ended(atMs), round: starts.length });
      } else if (action.kind === 'cancel') {
        const index = due.findIndex(({ round }) => round === starts.length);
        const [old] = due.splice(index, 1);
        const atMs = Math.min(old!.atMs, nowMs + (cancelsMs.next().value as number));
        due.push({ atMs, event: ended(atMs), round: starts.length });
      } else if (action.kind === 'wake') {
        due.push({ atMs: action.atMs, event: woken(action.atMs) });
      }
    }
  };
  take(firstStep.actions);
  while (due.length > 0) {
    due.sort((a, b) => a.atMs - b.atMs);
    const { atMs, event } = due.shift()!;
    nowMs = atMs;
    if (event.kind === 'round-ended') running -= 1;
    const step = nextStep(state, event);
    state = step.state;
    take(step.actions);
  }
  return { state, changes, starts, mostAtOnce };
}

function changed(path: string, atMs: number): WatchEvent {
  return { kind: 'changed', path, atMs };
}

function woken(atMs: number): WatchEvent {
  return { kind: 'woken', atMs };
}

function ended(atMs: number): WatchEvent {
  return { kind: 'round-ended', atMs };
}

function actionText(action: WatchAction): string {
  switch (action.kind) {
    case 'start':
      return `start ${action.because.join(' ')}`;
    case 'cancel':
      return 'cancel';
    case 'wake':
      return `wake ${action.atMs}`;
    case 'wait':
      return 'wait';
    case 'end':
      return action.wasRunning ? 'end running' : 'end idle';
  }
}
