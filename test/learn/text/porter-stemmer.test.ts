import * as assert from 'uvu/assert';
import { analyze } from '../../../stages/learn/text/index.ts';
import { suite, table } from '../../support/suite.ts';

const stems = (text: string): readonly string[] =>
  analyze(text, {
    analyzer: { kind: 'word' },
    lowercase: true,
    stripAccents: undefined,
    stopWords: new Set(['being']),
    stemmer: 'porter',
    ngramRange: [1, 1],
  });

suite("analyze() stems as in Porter's paper", (test) => {
  table(
    test,
    [
      { name: 'step 1a', words: 'caresses ponies ties caress cats', as: 'caress poni ti caress cat' },
      {
        name: 'step 1b',
        words: 'feed agreed plastered bled motoring sing',
        as: 'feed agre plaster bled motor sing',
      },
      {
        name: 'step 1b, what is mended',
        words: 'conflated troubled sized hopping tanned falling hissing fizzed failing filing',
        as: 'conflat troubl size hop tan fall hiss fizz fail file',
      },
      { name: 'step 1c', words: 'happy sky', as: 'happi sky' },
      {
        name: 'step 2',
        words:
          'relational conditional rational digitizer operator feudalism decisiveness hopefulness formality',
        as: 'relat condit ration digit oper feudal decis hope formal',
      },
      {
        name: 'step 3',
        words: 'triplicate formative formalize electricity electrical hopeful goodness',
        as: 'triplic form formal electr electr hope good',
      },
      {
        name: 'step 4',
        words: 'revival allowance inference airliner adjustable replacement adoption homologous bowdlerize',
        as: 'reviv allow infer airlin adjust replac adopt homolog bowdler',
      },
      { name: 'step 5', words: 'probate rate cease controll roll', as: 'probat rate ceas control roll' },
    ],
    ({ words, as }) => {
      assert.is(stems(words).join(' '), as);
    },
  );
});

suite('analyze() stems nothing else', (test) => {
  table(
    test,
    [
      { name: 'words with digits', words: 'images2 k8s', as: 'images2 k8s' },
      { name: 'words of other letters', words: 'größes naïves', as: 'größes naïves' },
      { name: 'names of objects', words: 'constructor __proto__', as: 'constructor __proto__' },
      { name: 'stop words are gone before, and a stem is none', words: 'being beings', as: 'be' },
    ],
    ({ words, as }) => {
      assert.is(stems(words).join(' '), as);
    },
  );
});
