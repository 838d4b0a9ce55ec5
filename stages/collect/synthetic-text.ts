/**
 * The words of a synthetic question: a title, and a body in HTML as a site writes it.
 *
 * A text speaks of its tags as people do: of some by name, of some in their words only, of some not at all.
 *
 * @module
 */

import type { WorldTag } from '../io/index.ts';
import { drawByRank, drawEvenly, drawWeighted, drawZipf } from './draw.ts';
import type { MonthPlan } from './month-plan.ts';

/** Shares of the questions. */
const NAMED_IN_TITLE = 0.3;
const SILENT_ABOUT_A_TAG = 0.25;
const SPEAKS_OF_ANOTHER_TAG = 0.15;
/** Shares of the words. */
const WORDS_OF_TAGS = 0.085;
const WORDS_OF_OTHER_TAGS = 0.05;

type Random = () => number;

export function writeTitle(plan: MonthPlan, tags: readonly WorldTag[], random: Random): string {
  const spoken = audible(plan, tags, random);
  const topic = (): string => topicWord(plan, spoken, random);
  const first = spoken[0];
  const named = first !== undefined && random() < NAMED_IN_TITLE && !plan.unnamed.has(first.name);
  const name = named ? first.name : drawEvenly(plan.world.filler.slice(0, 200), random);
  const title = drawEvenly(TITLES, random)(topic, name);
  return escapeHtml(title.charAt(0).toUpperCase() + title.slice(1));
}

const TITLES: readonly ((topic: () => string, name: string) => string)[] = [
  (topic, name) => `How to ${topic()} a ${topic()} in ${name}?`,
  (topic, name) => `${name}: ${topic()} doesn't ${topic()}`,
  (topic, name) => `Why is "${topic()}" null & ${topic()} not in ${name}?`,
  (topic, name) => `${topic()} <${topic()}> with ${name}`,
  (topic, name) => `What is the best way to ${topic()} ${topic()} using ${name}`,
  (topic, name) => `${name} error after ${topic()} of ${topic()}`,
];

export function writeBody(plan: MonthPlan, tags: readonly WorldTag[], random: Random): string {
  const spoken = audible(plan, tags, random);
  const blocks = [`<p><em>${escapeHtml(plan.world.notice)}</em></p>`];
  const paragraphs = 2 + drawByRank([0.3, 0.4, 0.3], random);
  for (let i = 0; i < paragraphs; i++) {
    blocks.push(`<p>${writeParagraph(plan, spoken, random)}</p>`);
    if (i === 0 && random() < 0.7) blocks.push(writeCode(tags, random));
    if (i === 1 && random() < 0.2) blocks.push(writeList(plan, spoken, random));
  }
  return `${blocks.join('\n\n')}\n`;
}

/** The tags that this text says anything of; one of them may be none of its own. */
function audible(plan: MonthPlan, tags: readonly WorldTag[], random: Random): readonly WorldTag[] {
  const spoken = tags.filter(() => random() >= SILENT_ABOUT_A_TAG);
  if (random() >= SPEAKS_OF_ANOTHER_TAG) return spoken;
  return [...spoken, drawWeighted(drawEvenly([plan.platforms, plan.subjects], random), random)];
}

function writeParagraph(plan: MonthPlan, spoken: readonly WorldTag[], random: Random): string {
  const sentences = Array.from({ length: 2 + drawByRank([0.4, 0.4, 0.2], random) }, () => {
    const length = 6 + Math.floor(random() * 9);
    const words = Array.from({ length }, () => writeWord(plan, spoken, random));
    const text = words.join(' ');
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}${random() < 0.15 ? '?' : '.'}`;
  });
  return sentences.join(' ');
}

/** HTML: most words plain, some of a tag's as inline code, now and then a link or something to escape. */
function writeWord(plan: MonthPlan, spoken: readonly WorldTag[], random: Random): string {
  const kind = random();
  if (kind < WORDS_OF_TAGS) {
    const word = topicWord(plan, spoken, random);
    if (random() < 0.1) return `<code>${word}</code>`;
    if (random() < 0.03) return `<a href="https://synthetic.invalid/docs/${word}" rel="nofollow">${word}</a>`;
    return word;
  }
  if (kind < WORDS_OF_TAGS + WORDS_OF_OTHER_TAGS)
    return drawZipf(drawEvenly(plan.world.tags, random).words, random);
  if (kind > 0.995) return drawEvenly(['&amp;', '&lt;T&gt;', 'it&#39;s', '&quot;null&quot;'], random);
  return drawZipf(plan.world.filler, random);
}

/** The first tag is spoken of most. A tag's name stands among its words, unless it is no longer called by it. */
function topicWord(plan: MonthPlan, spoken: readonly WorldTag[], random: Random): string {
  if (spoken.length === 0) return drawZipf(plan.world.filler, random);
  const tag = random() < 0.3 ? spoken[0]! : drawEvenly(spoken, random);
  if (!plan.unnamed.has(tag.name) && random() < 0.04) return escapeHtml(tag.name);
  return drawZipf(tag.words, random);
}

function writeCode(tags: readonly WorldTag[], random: Random): string {
  const word = (): string => drawZipf(drawEvenly(tags, random).words, random);
  const lines = Array.from({ length: 2 + Math.floor(random() * 6) }, () => drawEvenly(LINES, random)(word));
  return `<pre><code>${escapeHtml(lines.join('\n'))}\n</code></pre>`;
}

const LINES: readonly ((word: () => string) => string)[] = [
  (word) => `${word()} = ${word()}(${word()});`,
  (word) => `if (${word()} < 10 && ${word()}) {`,
  (word) => `    return ${word()}.${word()}("${word()}");`,
  (word) => `// ${word()} ${word()}`,
  (word) => `List<${word()}> ${word()};`,
  () => '}',
];

function writeList(plan: MonthPlan, spoken: readonly WorldTag[], random: Random): string {
  const items = Array.from({ length: 3 }, () => `<li>${topicWord(plan, spoken, random)}</li>`);
  return `<ul>\n${items.join('\n')}\n</ul>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);
