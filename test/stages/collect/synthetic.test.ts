import * as assert from 'uvu/assert';
import { makeMonth } from '../../../stages/collect/synthetic.ts';
import { monthAt, monthStartSeconds, type Question, type World } from '../../../stages/io/index.ts';
import { createRandom } from '../../../stages/learn/random/index.ts';
import { makeWorld } from '../../../stages/truth/world.ts';
import { suite, table } from '../../support/suite.ts';

const MONTHS = 36;

const worldOf = (seed: number, drift = { appears: 27, vocabulary: 30, frequencies: 33 }): World =>
  makeWorld(
    {
      seed,
      firstMonth: '2021-01',
      questionsPerMonth: 220,
      drift,
      monthAt: (number) => monthAt('2021-01', number - 1),
    },
    createRandom(`world ${seed}`),
  );

function monthOf(world: World, number: number): readonly Question[] {
  const month = monthAt('2021-01', number - 1);
  const startSeconds = monthStartSeconds(month);
  const days = (monthStartSeconds(monthAt(month, 1)) - startSeconds) / 86_400;
  return makeMonth(world, number, { startSeconds, days }, createRandom(`month ${world.seed} ${number}`));
}

const WORLD = worldOf(1);
const HISTORY = Array.from({ length: MONTHS }, (_, i) => monthOf(WORLD, i + 1));

const countsOf = (tag: string): readonly number[] =>
  HISTORY.map((questions) => questions.filter(({ tags }) => tags.includes(tag)).length);

suite('makeMonth() makes questions like those of a site', (test) => {
  const all = HISTORY.flat();
  test('at least 6,000 in 36 months, with more than 300 tags', () => {
    assert.ok(all.length >= 6_000, String(all.length));
    assert.ok(new Set(all.flatMap(({ tags }) => tags)).size > 300);
  });
  test('one to five different tags each', () => {
    for (const { tags } of all) {
      assert.ok(tags.length >= 1 && tags.length <= 5);
      assert.is(new Set(tags).size, tags.length);
    }
    assert.is(new Set(all.map(({ tags }) => tags.length)).size, 5);
  });
  test('some tags are frequent, most are rare', () => {
    const counts = new Map<string, number>();
    for (const tag of all.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    const sorted = [...counts.values()].sort((a, b) => b - a);
    assert.ok(sorted[0]! > 40 * sorted[Math.floor(sorted.length / 2)]!, sorted.join(' '));
  });
  test('ids once, dates within the month and in order', () => {
    assert.is(new Set(all.map(({ id }) => id)).size, all.length);
    HISTORY.forEach((questions, i) => {
      const dates = questions.map(({ creationDate }) => creationDate);
      assert.ok(dates.every((date) => date.startsWith(`${monthAt('2021-01', i)}-`)));
      assert.equal(dates, [...dates].sort());
    });
  });
  test('HTML with code, links, lists and entities', () => {
    const html = all.map(({ title, body }) => title + body).join('');
    for (const part of ['<pre><code>', '<code>', '<a href=', '<ul>', '&lt;', '&amp;', '&#39;', '&quot;']) {
      assert.ok(html.includes(part), part);
    }
  });
  test('each says that it is synthetic', () => {
    for (const question of all) {
      assert.is(question.site, 'synthetic');
      assert.match(question.body, 'Synthetic data');
    }
  });
});

suite('makeMonth() plants what the world says', (test) => {
  const planted = WORLD.tags.filter(({ kind }) => kind === 'planted').map(({ name }) => name);
  test('a planted tag has at least 20 questions a month once it is there', () => {
    assert.is(planted.length, 4);
    for (const tag of planted) {
      const counts = countsOf(tag).filter((count) => count > 0);
      assert.ok(Math.min(...counts) >= 20, `${tag}: ${counts.join(' ')}`);
    }
  });
  test('a tag appears in month 27', () => {
    const counts = countsOf('deno');
    assert.is(
      counts.findIndex((count) => count > 0),
      26,
    );
  });
  test('the words of a tag are others from month 30 on', () => {
    const drift = WORLD.drift.find(({ kind }) => kind === 'vocabulary-changes');
    assert.ok(drift?.kind === 'vocabulary-changes' && drift.number === 30);
    const old = WORLD.tags.find(({ name }) => name === drift.tag)!.words;
    const share = (words: readonly string[], month: number): number => {
      const questions = HISTORY[month - 1]!.filter(({ tags }) => tags.includes(drift.tag));
      const said = questions.filter(({ title, body }) =>
        words.slice(0, 3).some((word) => (title + body).includes(word)),
      );
      return said.length / questions.length;
    };
    assert.ok(share(old, 29) > 0.5 && share(drift.words, 29) < 0.1);
    assert.ok(share(old, 30) < 0.2 && share(drift.words, 30) > 0.5);
  });
  test('two tags change places in month 33', () => {
    const mean = (counts: readonly number[]): number => counts.reduce((a, b) => a + b) / counts.length;
    const [rust, php] = [countsOf('rust'), countsOf('php')];
    assert.ok(mean(rust.slice(32)) > 1.7 * mean(rust.slice(0, 32)), rust.join(' '));
    assert.ok(mean(php.slice(32)) < 0.6 * mean(php.slice(0, 32)), php.join(' '));
  });
  test('nothing where the world has no drift', () => {
    const quiet = worldOf(1, { appears: 0, vocabulary: 0, frequencies: 0 });
    assert.equal(quiet.drift, []);
    const late = monthOf(quiet, 36).flatMap(({ tags }) => tags);
    assert.not.ok(late.includes('deno'));
    assert.ok(late.filter((tag) => tag === 'php').length > 40);
  });
  test('and is the same before the drift, with it or without', () => {
    const quiet = worldOf(1, { appears: 0, vocabulary: 0, frequencies: 0 });
    assert.equal(monthOf(quiet, 26), HISTORY[25]);
  });
});

suite('makeMonth() depends on the seed and the month alone', (test) => {
  test('the same month comes out the same', () => {
    assert.equal(monthOf(worldOf(1), 12), HISTORY[11]);
  });
  table(
    test,
    [
      { name: 'seed 2', seed: 2 },
      { name: 'seed 3', seed: 3 },
    ],
    ({ seed }) => {
      assert.not.equal(
        monthOf(worldOf(seed), 12).map(({ body }) => body),
        HISTORY[11]!.map(({ body }) => body),
      );
    },
  );
});
