import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { float, nodeFileSystem } from '../../../cache/index.ts';
import { type LockEntry, openJournal, readJournal } from '../../../engine/lockfile/index.ts';
import { inDirectory } from '../../cache/workspace.ts';
import { suite, table } from '../../support/suite.ts';

const entry = (cmd: string): LockEntry => ({
  action: { kind: 'command', cmd },
  env: new Map([['__proto__', 'x']]),
  deps: [],
  params: new Map([
    [
      'config.yaml',
      new Map([
        ['f', float(1)],
        ['10', 1],
      ]),
    ],
  ]),
  outs: [],
});
const GROUP = { pid: 12, startTime: '345' };

/** A journal of a run that was based on `LOCK`, ran `a` to its end and was killed in `b`. */
function withJournal(body: (path: string) => void): void {
  inDirectory((root) => {
    const path = join(root, 'journal');
    const journal = openJournal(nodeFileSystem, path);
    journal.based('a.lock', 'LOCK');
    journal.started('a', { pid: 11, startTime: '1' });
    journal.ended('a');
    journal.recorded('a.lock', 'a', entry('first'));
    journal.recorded('a.lock', 'a', entry('second'));
    journal.started('b', GROUP);
    body(path);
  });
}

suite('a journal that is still there tells what a killed run left', (test) => {
  test('the last record of each stage, and the processes that have not ended', () => {
    withJournal((path) => {
      const recovery = readJournal(nodeFileSystem, path, () => 'LOCK')!;
      assert.equal([...recovery.records], [['a.lock', new Map([['a', entry('second')]])]]);
      assert.equal(
        recovery.groups.map(({ pid, startTime }) => ({ pid, startTime })),
        [GROUP],
      );
    });
  });

  test('no records where the lock has become another, but processes all the same', () => {
    withJournal((path) => {
      for (const lock of ['OTHER', undefined]) {
        const recovery = readJournal(nodeFileSystem, path, () => lock)!;
        assert.equal([recovery.records.size, recovery.groups.length], [0, 1]);
      }
    });
  });

  test('records too where the run itself had rewritten the lock', () => {
    withJournal((path) => {
      openJournal(nodeFileSystem, path).based('a.lock', 'NEXT');
      assert.is(readJournal(nodeFileSystem, path, () => 'NEXT')!.records.size, 1);
      assert.is(readJournal(nodeFileSystem, path, () => 'LOCK')!.records.size, 1);
    });
  });

  test('of several locks, each for itself', () => {
    withJournal((path) => {
      const journal = openJournal(nodeFileSystem, path);
      journal.based('sub/b.lock', undefined);
      journal.recorded('sub/b.lock', 'a', entry('other'));
      const texts: Readonly<Record<string, string>> = { 'a.lock': 'CHANGED' };
      const { records } = readJournal(nodeFileSystem, path, (lock) => texts[lock])!;
      assert.equal([...records], [['sub/b.lock', new Map([['a', entry('other')]])]]);
    });
  });

  table(
    test,
    [
      { name: 'a line cut off', tail: '{"kind":"recorded","lock":"a.lock","stage":"c","ent' },
      { name: 'an empty line', tail: '\n\n' },
      { name: 'JSON that is no line of ours', tail: '17\nnull\n"x"\n{"kind":"other"}\n' },
      {
        name: 'a record that is no entry',
        tail: '{"kind":"recorded","lock":"a.lock","stage":"c","entry":"outs: []\\n"}\n',
      },
    ],
    ({ tail }) => {
      withJournal((path) => {
        appendFileSync(path, tail);
        const recovery = readJournal(nodeFileSystem, path, () => 'LOCK')!;
        assert.equal([...(recovery.records.get('a.lock')?.keys() ?? [])], ['a']);
        assert.is(recovery.groups.length, 1);
      });
    },
  );

  test('cut off anywhere, it tells a part of that and never something else', () => {
    withJournal((path) => {
      const text = readFileSync(path, 'utf8');
      for (let length = 0; length <= text.length; length += 3) {
        writeFileSync(path, text.slice(0, length));
        const { records, groups } = readJournal(nodeFileSystem, path, () => 'LOCK')!;
        const found = records.get('a.lock')?.get('a');
        assert.ok(
          found === undefined ||
            ['first', 'second'].some((cmd) => JSON.stringify(found.action).includes(cmd)),
        );
        assert.ok(groups.every(({ pid }) => pid === 11 || pid === 12));
      }
    });
  });

  test('nothing where the run ended in order', () => {
    withJournal((path) => {
      openJournal(nodeFileSystem, path).close();
      assert.is(
        readJournal(nodeFileSystem, path, () => 'LOCK'),
        undefined,
      );
    });
  });
});
