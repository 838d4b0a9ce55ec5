import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as assert from 'uvu/assert';
import { writePostsXml } from '../../../bench/study/posts-xml.ts';
import type { Cost } from '../../../bench/study/split-once.ts';
import { note, suite } from '../../support/suite.ts';

const SPLIT_ONCE = fileURLToPath(new URL('../../../bench/study/split-once.js', import.meta.url));

suite('split reads a dump as a stream', { timeoutMs: 120_000 }, (test) => {
  test('with less memory than the file has bytes, and loses nothing', () => {
    const root = mkdtempSync(join(tmpdir(), 'dvc-like-split-'));
    try {
      const [input, directory] = [join(root, 'Posts.xml'), join(root, 'source')];
      // The heap is held to less than the file: what was kept of it would not fit.
      const written = writePostsXml(input, 48e6);
      const { peakBytes } = JSON.parse(
        execFileSync(process.execPath, ['--max-old-space-size=24', SPLIT_ONCE, input, directory], {
          encoding: 'utf8',
        }),
      ) as Cost;
      const { questions, refusedRows } = JSON.parse(readFileSync(join(directory, 'counts.json'), 'utf8')) as {
        readonly questions: Readonly<Record<string, number>>;
        readonly refusedRows: number;
      };
      note(`48 MB of Posts.xml split with ${(peakBytes / 1e6).toFixed(0)} MB at most`);
      assert.is(
        Object.values(questions).reduce((sum, count) => sum + count, 0),
        written,
      );
      assert.is(refusedRows, 0);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
