import * as assert from 'uvu/assert';
import { didYouMean, suggest } from '../../../engine/core/index.ts';
import { suite, table } from '../../support/suite.ts';

suite('suggest() finds what a mistyped word was meant to be', (test) => {
  const keys = ['cmd', 'deps', 'params', 'metrics', 'always_changed', 'meta'];
  table(
    test,
    [
      { name: 'a letter is missing', word: 'dep', expected: 'deps' },
      { name: 'a letter is too many', word: 'paramss', expected: 'params' },
      { name: 'a letter is wrong', word: 'cnd', expected: 'cmd' },
      { name: 'two letters are swapped', word: 'mtea', expected: 'meta' },
      { name: 'the case is wrong', word: 'CMD', expected: 'cmd' },
      { name: 'two mistakes in a long word', word: 'alway_chnged', expected: 'always_changed' },
      { name: 'two mistakes in a short word are another word', word: 'dpe', expected: undefined },
      { name: 'a key that exists elsewhere', word: 'retries', expected: undefined },
      { name: 'nothing like it', word: 'timeout', expected: undefined },
      { name: 'the empty word', word: '', expected: undefined },
      { name: 'the word itself is no suggestion', word: 'cmd', expected: undefined },
    ],
    ({ word, expected }) => assert.is(suggest(word, keys), expected),
  );

  test('the first of equals', () => assert.is(suggest('aa', ['ab', 'ac']), 'ab'));
  test('none of none', () => assert.is(suggest('aa', []), undefined));
});

suite('didYouMean() is a hint', (test) => {
  test('or none', () => {
    assert.is(didYouMean('dep', ['deps']), 'did you mean "deps"?');
    assert.is(didYouMean('dep', ['outs']), undefined);
  });
});
