/**
 * One month of the synthetic world's questions.
 *
 * A month follows from the world and the random numbers given for it: other months, and how many there are, do not
 * matter.
 *
 * @module
 */

import type { Question, World, WorldTag } from '../io/index.ts';
import { drawByRank, drawWeighted, shuffle } from './draw.ts';
import { type MonthPlan, planMonth } from './month-plan.ts';
import { writeBody, writeTitle } from './synthetic-text.ts';

/**
 * @param number The month's number in the world, from 1 on.
 * @param startSeconds The month's first instant, since 1970.
 * @param days The month's length.
 * @param random Uniform in [0, 1).
 */
export function makeMonth(
  world: World,
  number: number,
  { startSeconds, days }: { readonly startSeconds: number; readonly days: number },
  random: () => number,
): readonly Question[] {
  const plan = planMonth(world, number);
  const total = Math.round(world.questionsPerMonth * (0.95 + 0.1 * random()));
  const forced = plan.planted.flatMap(({ tag, count }) => Array<WorldTag>(jitter(count, random)).fill(tag));
  const rest = Array<undefined>(Math.max(0, total - forced.length)).fill(undefined);
  const platforms = shuffle([...forced, ...rest], random);
  const seconds = platforms.map(() => Math.floor(random() * days * 86_400)).sort((a, b) => a - b);
  return platforms.map((platform, i) => {
    const id = number * 100_000 + i + 1;
    const tags = drawTags(plan, platform, random);
    return {
      site: 'synthetic',
      id,
      title: writeTitle(plan, tags, random),
      body: writeBody(plan, tags, random),
      tags: tags.map(({ name }) => name),
      creationDate: isoInstant(startSeconds + seconds[i]!),
      link: `https://synthetic.invalid/questions/${id}`,
      license: null,
    };
  });
}

const isoInstant = (seconds: number): string => `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;

/** Up to a tenth more, never less: the smallest count of a planted tag is a promise. */
const jitter = (count: number, random: () => number): number =>
  count + Math.floor(random() * (count / 10 + 1));

/** One to five: a platform, its details, subjects, now and then a second platform. */
function drawTags(plan: MonthPlan, given: WorldTag | undefined, random: () => number): readonly WorldTag[] {
  const platform = given ?? drawWeighted(plan.platforms, random);
  const drawn = new Set([platform]);
  const add = (tags: readonly WorldTag[], count: number): void => {
    for (let i = 0; i < count && tags.length > 0; i++) drawn.add(drawWeighted(tags, random));
  };
  add(plan.detailsOf.get(platform.name) ?? [], drawByRank([0.3, 0.55, 0.15], random));
  add(plan.subjects, drawByRank([0.4, 0.5, 0.1], random));
  add(plan.platforms, drawByRank([0.88, 0.12], random));
  return [...drawn].slice(0, 5);
}
