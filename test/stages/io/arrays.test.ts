import * as assert from 'uvu/assert';
import { type ArraysFile, decodeArrays, encodeArrays } from '../../../stages/io/index.ts';
import { suite, table } from '../../support/suite.ts';

const FILE: ArraysFile = {
  kind: 'csr',
  meta: { shape: [2, 3], name: 'é' },
  arrays: {
    indptr: Uint32Array.of(0, 1, 3),
    values: Float64Array.of(0.1, -2, 1e300),
    empty: new Float32Array(),
  },
};

const decode = (bytes: Uint8Array, kind = 'csr'): ArraysFile => decodeArrays(bytes, kind, 'x.arrays');

suite('decodeArrays() gives back what encodeArrays() took', (test) => {
  test('arrays, kind and facts', () => {
    const file = decode(encodeArrays(FILE));
    assert.equal(file.meta, FILE.meta);
    assert.equal({ ...file.arrays }, FILE.arrays);
  });
  test('from bytes that lie at an odd place', () => {
    const bytes = encodeArrays(FILE);
    const moved = new Uint8Array(bytes.length + 3);
    moved.set(bytes, 3);
    assert.equal({ ...decode(moved.subarray(3)).arrays }, FILE.arrays);
  });
  test('the same values make the same bytes: length and places as documented', () => {
    const bytes = Buffer.from(encodeArrays(FILE));
    const header = bytes.readUInt32LE(8);
    assert.is(bytes.toString('latin1', 0, 8), 'dvclarr1');
    assert.is((12 + header) % 8, 0);
    assert.is(bytes.length, 12 + header + 16 + 24);
    assert.is(bytes.readDoubleLE(12 + header + 16), 0.1);
  });
});

suite('decodeArrays() refuses', (test) => {
  const good = (): Buffer => Buffer.from(encodeArrays(FILE));
  const edited = (edit: (bytes: Buffer) => Uint8Array): Uint8Array => edit(good());
  table(
    test,
    [
      { name: 'nothing at all', bytes: new Uint8Array(), why: 'not a file of arrays' },
      {
        name: 'another format',
        bytes: Buffer.from('PK\u0003\u0004 something else'),
        why: 'not a file of arrays',
      },
      { name: 'a newer one', bytes: edited((b) => (b.write('2', 7), b)), why: 'its version is "2"' },
      { name: 'a cut header', bytes: edited((b) => b.subarray(0, 20)), why: 'truncated' },
      { name: 'a cut array', bytes: edited((b) => b.subarray(0, -1)), why: 'truncated' },
      {
        name: 'bytes behind the end',
        bytes: edited((b) => Buffer.concat([b, Buffer.alloc(8)])),
        why: 'bytes stand behind',
      },
      { name: 'a damaged header', bytes: edited((b) => (b.write('!', 12), b)), why: 'its header is damaged' },
    ],
    ({ bytes, why }) => {
      assert.throws(
        () => decode(bytes),
        (error: Error) => error.message.includes('x.arrays') && error.message.includes(why),
      );
    },
  );
  test('another kind', () => {
    assert.throws(() => decode(good(), 'linear'), 'it holds "csr", not "linear"');
  });
});
