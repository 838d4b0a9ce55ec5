import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as assert from 'uvu/assert';
import { type Line, streamLines } from '../../../stages/io/index.ts';
import { suite, table } from '../../support/suite.ts';

async function linesOf(bytes: string | Uint8Array): Promise<readonly Line[]> {
  const directory = mkdtempSync(join(tmpdir(), 'dvc-like-lines-'));
  try {
    const path = join(directory, 'file');
    writeFileSync(path, bytes);
    const lines: Line[] = [];
    for await (const line of streamLines(path)) lines.push(line);
    return lines;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

suite('streamLines() gives the lines that are not empty, with their numbers', (test) => {
  const two = [
    { number: 1, text: 'a' },
    { number: 3, text: 'b' },
  ];
  table(
    test,
    [
      { name: 'ending in a line break', bytes: 'a\n\nb\n', lines: two },
      { name: 'ending without one', bytes: 'a\n\nb', lines: two },
      { name: 'gzipped, whatever its name', bytes: gzipSync('a\n\nb\n'), lines: two },
      {
        name: 'gzipped in two members',
        bytes: Buffer.concat([gzipSync('a\n\n'), gzipSync('b\n')]),
        lines: two,
      },
      { name: 'behind a byte order mark', bytes: '\ufeffa\n\nb\n', lines: two },
      {
        name: 'with U+2028 inside a line',
        bytes: '"x\u2028y"\n',
        lines: [{ number: 1, text: '"x\u2028y"' }],
      },
      { name: 'of an empty file', bytes: '', lines: [] },
    ],
    async ({ bytes, lines }) => {
      assert.equal(await linesOf(bytes), lines);
    },
  );
  test('characters that a chunk cuts in two', async () => {
    const text = 'é'.repeat(400_000);
    assert.is((await linesOf(`x${text}\n`))[0]?.text, `x${text}`);
  });
});

suite('streamLines() fails with the path', (test) => {
  const failure = async (body: () => Promise<unknown>): Promise<string> =>
    body().then(
      () => 'nothing',
      (error: unknown) => (error as Error).message,
    );
  test('where gzipped bytes are cut short', async () => {
    const cut = gzipSync('a line that is long enough to be cut\n'.repeat(50)).subarray(0, -12);
    assert.match(await failure(() => linesOf(cut)), /^Cannot read ".*file": unexpected end of file/);
  });
  test('where there is no file', async () => {
    const lines = streamLines('/nowhere/at-all.jsonl');
    assert.match(await failure(() => lines.next()), /Cannot read "\/nowhere\/at-all.jsonl": ENOENT/);
  });
});
