import * as assert from 'uvu/assert';
import { createRandom, randomInteger, shuffleInPlace } from '../../../stages/learn/random/index.ts';
import { suite } from '../../support/suite.ts';

suite('createRandom()', (test) => {
  test('gives the same numbers for the same key, on every machine', () => {
    const random = createRandom('golden');
    const twin = createRandom('golden');
    const numbers = Array.from({ length: 100 }, random);
    assert.equal(Array.from({ length: 100 }, twin), numbers);
    assert.equal(numbers.slice(0, 3), GOLDEN);
  });
  test('gives other numbers for another key', () => {
    assert.is.not(createRandom('a')(), createRandom('b')());
  });
  test('fills [0, 1) evenly', () => {
    const random = createRandom('even');
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 10_000; i++) counts[randomInteger(random, 10)]!++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    assert.ok(chiSquare < 27.9, `chi-square ${chiSquare} of 9 degrees of freedom`); // 0.1 %
  });
});

suite('shuffleInPlace() keeps what it shuffles', (test) => {
  test('', () => {
    const items = Array.from({ length: 50 }, (_, i) => i);
    shuffleInPlace(items, createRandom('shuffle'));
    assert.equal(
      [...items].sort((a, b) => a - b),
      Array.from({ length: 50 }, (_, i) => i),
    );
    assert.is.not(items.join(), Array.from({ length: 50 }, (_, i) => i).join());
  });
});

const GOLDEN = [0.8448753149714321, 0.49060239898972213, 0.28789885132573545];
