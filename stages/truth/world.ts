/**
 * Makes the synthetic world: tags with a Zipf-like popularity, each with words of its own, and planted drift.
 *
 * All words are invented from syllables, so that none can be taken for a real question's.
 *
 * @module
 */

import type { Drift, World, WorldTag } from '../io/index.ts';
import { EVERYDAY, FACETS, PLANTED, PLATFORMS, SUBJECTS } from './names.ts';

export interface WorldParams {
  readonly seed: number;
  readonly firstMonth: string;
  readonly questionsPerMonth: number;
  /** Numbers of months from 1 on; 0: never. */
  readonly drift: { readonly appears: number; readonly vocabulary: number; readonly frequencies: number };
  /** The name of the world's month of that number. */
  readonly monthAt: (number: number) => string;
}

const NOTICE = 'Synthetic data: these questions were made by a seeded generator. No person asked them.';

const DETAILS_PER_PLATFORM = 12;
const INVENTED_FILLER = 900;
const WORDS = { platform: 40, planted: 40, subject: 24, detail: 14 } as const;

/** Shares of a month's questions that carry each planted tag, and what the shift makes of them. */
const SHARE = { appears: 0.1, vocabulary: 0.125, rises: 0.1, falls: 0.2 } as const;
const SHIFTED = { rises: 0.2, falls: 0.1 } as const;
/** A planted tag never has fewer questions a month than this. */
const FEWEST = 20;

/** @param random Uniform in [0, 1); the world is a function of it and the parameters. */
export function makeWorld(params: WorldParams, random: () => number): World {
  const words = inventWords(random);
  const count = (share: number): number => Math.max(FEWEST, Math.round(share * params.questionsPerMonth));
  const take = (kind: keyof typeof WORDS): readonly string[] => words(WORDS[kind]);

  const platforms = PLATFORMS.map((name, i) => tag('platform', name, zipf(i, 3), take('platform')));
  const planted = Object.entries(PLANTED).map(([role, name]) => ({
    ...tag('planted', name, 0, take('planted')),
    perMonth: role === 'appears' ? 0 : count(SHARE[role as keyof typeof SHARE]),
  }));
  const subjects = SUBJECTS.map((name, i) => tag('subject', name, zipf(i, 4), take('subject')));
  const details = [...PLATFORMS, ...plantedFromTheStart].flatMap((platform) =>
    sample(FACETS, DETAILS_PER_PLATFORM, random).map((facet, i) => ({
      ...tag('detail', `${platform}-${facet}`, zipf(i, 2), take('detail')),
      of: platform,
    })),
  );
  return {
    kind: 'synthetic',
    notice: NOTICE,
    seed: params.seed,
    firstMonth: params.firstMonth,
    questionsPerMonth: params.questionsPerMonth,
    drift: plantDrift(params, count, take('planted')),
    tags: [...platforms, ...planted, ...subjects, ...details],
    filler: [...EVERYDAY, ...words(INVENTED_FILLER)],
  };
}

const plantedFromTheStart: readonly string[] = [PLANTED.vocabulary, PLANTED.rises, PLANTED.falls];

const tag = (kind: WorldTag['kind'], name: string, weight: number, words: readonly string[]): WorldTag => ({
  kind,
  name,
  of: null,
  weight,
  words,
  perMonth: 0,
});

/** Zipf and Mandelbrot's law, to four digits. */
const zipf = (rank: number, offset: number): number => Number((1 / (rank + offset)).toFixed(4));

function plantDrift(
  { drift, monthAt }: WorldParams,
  count: (share: number) => number,
  words: readonly string[],
): readonly Drift[] {
  const at = (number: number) => ({ month: monthAt(number), number });
  const planted: Drift[] = [];
  if (drift.appears > 0) {
    planted.push({
      kind: 'tag-appears',
      ...at(drift.appears),
      tag: PLANTED.appears,
      perMonth: count(SHARE.appears),
    });
  }
  if (drift.vocabulary > 0) {
    planted.push({ kind: 'vocabulary-changes', ...at(drift.vocabulary), tag: PLANTED.vocabulary, words });
  }
  if (drift.frequencies > 0) {
    const perMonth = { [PLANTED.rises]: count(SHIFTED.rises), [PLANTED.falls]: count(SHIFTED.falls) };
    planted.push({ kind: 'frequencies-shift', ...at(drift.frequencies), perMonth });
  }
  return planted;
}

const ONSETS = [
  'b',
  'br',
  'd',
  'f',
  'fl',
  'g',
  'k',
  'kr',
  'l',
  'm',
  'n',
  'p',
  'pl',
  'qu',
  'r',
  's',
  'st',
  't',
  'tr',
  'v',
  'z',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea'];
const CODAS = ['', '', '', 'l', 'm', 'n', 'r', 's', 'x', 'nt'];

/** A source of words of two or three syllables, none given out twice. */
function inventWords(random: () => number): (count: number) => readonly string[] {
  const known = new Set<string>();
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)]!;
  return (count) =>
    Array.from({ length: count }, () => {
      for (;;) {
        const syllables = random() < 0.6 ? 2 : 3;
        const word = Array.from({ length: syllables }, () => pick(ONSETS) + pick(VOWELS) + pick(CODAS)).join(
          '',
        );
        if (known.has(word)) continue;
        known.add(word);
        return word;
      }
    });
}

/** `count` items in random order, without repetition. */
function sample(list: readonly string[], count: number, random: () => number): readonly string[] {
  const rest = [...list];
  return Array.from(
    { length: Math.min(count, list.length) },
    () => rest.splice(Math.floor(random() * rest.length), 1)[0]!,
  );
}
