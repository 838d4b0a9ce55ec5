import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { inTurn } from '../../../stages/io/index.ts';
import { suite, unless } from '../../support/suite.ts';

const never = new AbortController().signal;
const BUILT = fileURLToPath(new URL('../../../stages/io/turn.js', import.meta.url));
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

suite('inTurn()', {
  skip: unless(process.platform === 'linux', 'only Linux has abstract sockets'),
}, (test) => {
  test('lets one at a time work, and gives what its work gives', async () => {
    let working = 0;
    let most = 0;
    const work = (result: number) => async (): Promise<number> => {
      working++;
      most = Math.max(most, working);
      await pause(5);
      working--;
      return result;
    };
    const results = await Promise.all([1, 2, 3, 4, 5].map((i) => inTurn('test one', work(i), never)));
    assert.equal(results, [1, 2, 3, 4, 5]);
    assert.is(most, 1);
  });
  test('gives the turn away when the work fails', async () => {
    try {
      await inTurn('test failure', () => Promise.reject(new Error('x')), never);
      assert.unreachable();
    } catch (error) {
      assert.is((error as Error).message, 'x');
    }
    assert.is(await inTurn('test failure', () => Promise.resolve(1), never), 1);
  });
  test('gives the turn away when the process is killed', async () => {
    const child = spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { inTurn } from ${JSON.stringify(BUILT)};
         await inTurn('test kill', async () => { console.log('mine'); await new Promise((r) => setTimeout(r, 60_000)); }, new AbortController().signal);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(child.stdout, 'data');
    const order: string[] = [];
    const ours = inTurn(
      'test kill',
      () => {
        order.push('ours');
        return Promise.resolve();
      },
      never,
    );
    await pause(50);
    order.push('killed');
    child.kill('SIGKILL');
    await ours;
    assert.equal(order, ['killed', 'ours']);
  });
  test('stops waiting when it is cancelled', () =>
    inTurn(
      'test cancel',
      async () => {
        const stop = new AbortController();
        const waiting = inTurn('test cancel', () => Promise.resolve('worked'), stop.signal);
        await pause(20);
        stop.abort(new Error('cancelled'));
        assert.is(await waiting.catch((error: unknown) => (error as Error).message), 'cancelled');
      },
      never,
    ));
});
