import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { encodeNames } from '../../../stages/track/names.ts';
import { suite } from '../../support/suite.ts';

suite('encodeNames() makes names that MLflow takes', (test) => {
  test('as people write them', () => {
    const { encoded, changed } = encodeNames(['f1/c#', 'f1/c++', 'f1/.net', 'f1/c_sharp', 'a/../b', 'f1/日']);
    assert.equal(Object.fromEntries(encoded), {
      'f1/.net': 'f1/.net',
      'f1/c_sharp': 'f1/c_sharp',
      'a/../b': 'a/_../b',
      'f1/c#': 'f1/c_sharp_2',
      'f1/c++': 'f1/c_plus_plus',
      'f1/日': 'f1/_x65e5',
    });
    assert.equal(changed, {
      'a/_../b': 'a/../b',
      'f1/_x65e5': 'f1/日',
      'f1/c_plus_plus': 'f1/c++',
      'f1/c_sharp_2': 'f1/c#',
    });
  });

  test('whatever they are: allowed, different, and known by what they were', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
      fc.string({ unit: fc.constantFrom('a', '#', '+', '/', '.', '_'), minLength: 1, maxLength: 260 }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 30 }), (names) => {
        const { encoded, changed } = encodeNames(names);
        const given = [...encoded.values()];
        assert.is(new Set(given).size, names.length);
        for (const each of given) {
          assert.match(each, /^[\w\-.: /]{1,250}$/);
          assert.ok(
            each.split('/').every((segment) => !['', '.', '..'].includes(segment)),
            each,
          );
        }
        for (const [original, each] of encoded) {
          assert.is(Object.hasOwn(changed, each) ? changed[each] : each, original);
        }
      }),
    );
  });
});
