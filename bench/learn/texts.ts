/**
 * Real questions as texts: title, and body without code.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { htmlToText } from '../../stages/learn/html/index.ts';

/** Where questions lie as gzipped JSON Lines. */
const DATA = process.env['DVC_LIKE_BENCH_DATA'] ?? '../shared/data';

export interface TextSource {
  readonly file: string;
  /** The first so many by date. */
  readonly questions: number;
}

export interface TaggedText {
  readonly text: string;
  readonly tags: readonly string[];
}

interface Row {
  readonly id: number;
  readonly title: string;
  readonly body: string;
  readonly tags: readonly string[];
  readonly creationDate: string;
}

/** By date. */
export const readTexts = ({ file, questions }: TextSource): readonly TaggedText[] =>
  gunzipSync(readFileSync(join(DATA, file)))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row)
    .sort((a, b) =>
      a.creationDate < b.creationDate ? -1 : a.creationDate > b.creationDate ? 1 : a.id - b.id,
    )
    .slice(0, questions)
    .map(({ title, body, tags }) => ({ text: `${title}\n${htmlToText(body).text}`, tags }));
