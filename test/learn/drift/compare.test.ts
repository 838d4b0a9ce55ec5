import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { compare, fitReference, type Sample, simesPValue } from '../../../stages/learn/drift/index.ts';
import { createRandom, type Random } from '../../../stages/learn/random/index.ts';
import { note, suite, table } from '../../support/suite.ts';

/** Zipf's shares of 50 tags, two of them a question. */
const drawTag = (random: Random): string => {
  const at = random() * 4.499205338329423;
  for (let rank = 1, sum = 1; ; rank++, sum += 1 / rank) if (at <= sum || rank === 50) return `t${rank}`;
};

function drawSample(random: Random, questions: number, shift = 0, newTag = 0): Sample {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const tag = new Map<string, number>();
  for (let i = 0; i < questions; i++) {
    const tags = new Set([random() < newTag ? 'new' : drawTag(random), drawTag(random)]);
    for (const name of tags) tag.set(name, (tag.get(name) ?? 0) + 1);
  }
  return {
    questions,
    numbers: {
      length: Float64Array.from({ length: questions }, () => normal() + shift),
      share: Float64Array.from({ length: questions }, () => (random() < 0.4 ? 0 : random())),
      few: Float64Array.from({ length: questions }, () => Math.floor(random() * 4)),
      sparse: Float64Array.from({ length: questions }, () => (random() < 0.1 ? NaN : random())),
    },
    sets: { tag },
  };
}

suite('compare() holds its level where nothing has drifted', (test) => {
  table(
    test,
    [
      { name: '5000 and 220', sizes: [5000, 220] },
      { name: '800 and 800', sizes: [800, 800] },
      { name: '300 and 60', sizes: [300, 60] },
      { name: '60 and 600', sizes: [60, 600] },
    ],
    ({ name, sizes: [reference, current] }) => {
      const random = createRandom(`level ${name}`);
      const runs = 300;
      let alarms = 0;
      for (let run = 0; run < runs; run++) {
        const fitted = fitReference(drawSample(random, reference!));
        if (compare(fitted, drawSample(random, current!)).drift) alarms++;
      }
      note(`${name}: drift in ${alarms} of ${runs} comparisons without any`);
      // 5 % of 300 is 15, with a standard deviation of 3.8.
      assert.ok(alarms <= 25, String(alarms));
    },
  );
});

suite('compare() finds what has drifted, and names it', (test) => {
  const random = createRandom('drift');
  const reference = fitReference(drawSample(random, 3000));
  const columnsOf = (sample: Sample): readonly string[] =>
    compare(reference, sample)
      .columns.filter(({ drift }) => drift)
      .map(({ column }) => column);
  test('a shift of numbers', () => assert.equal(columnsOf(drawSample(random, 220, 0.7)), ['length']));
  test('a new tag', () => {
    const { columns, drift } = compare(reference, drawSample(random, 220, 0, 0.05));
    assert.ok(drift);
    const tags = columns.find(({ column }) => column === 'tag');
    assert.ok(tags?.drift === true && tags.kind === 'sets');
    const [first] = tags.members;
    assert.is(first?.name, 'new');
    assert.is(first?.reference, 0);
    assert.ok(first!.q < 0.001);
  });
  test('columns that only one side has do not count', () => {
    const { numbers, ...rest } = drawSample(random, 100);
    const { length } = numbers;
    const names = compare(reference, { ...rest, numbers: { length: length!, other: length! } }).columns.map(
      ({ column }) => column,
    );
    assert.equal(names, ['length', 'tag']);
  });
  test('no question drifts nowhere', () => {
    const none: Sample = { questions: 0, numbers: { length: new Float64Array() }, sets: { tag: new Map() } };
    assert.not.ok(compare(reference, none).drift);
  });
});

suite('a reference remembers counts', (test) => {
  const numbers = fc.array(
    fc.oneof(fc.double({ min: -5, max: 5, noNaN: true }), fc.integer({ min: 0, max: 3 }), fc.constant(NaN)),
  );
  test('of every value, and is compared with itself without a difference', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const sample: Sample = {
          questions: values.length,
          numbers: { x: Float64Array.from(values) },
          sets: {},
        };
        const reference = fitReference(sample);
        const { counts, none, edges } = reference.numbers['x']!;
        assert.is(
          counts.reduce((sum, count) => sum + count, none),
          values.length,
        );
        assert.equal(
          [...edges].sort((a, b) => a - b),
          edges,
        );
        assert.is(compare(reference, sample).columns[0]!.p, 1);
      }),
    );
  });
});

suite('simesPValue()', (test) => {
  test('is the least of m p / i', () => assert.is(simesPValue([0.01, 0.02, 0.9]), 0.03));
  test('of none is 1', () => assert.is(simesPValue([]), 1));
});
