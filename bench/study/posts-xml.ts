/**
 * A `Posts.xml` of any size, the same for the same size: rows as in a dump of Stack Exchange, in the order of their
 * dates, two questions to three answers.
 *
 * @module
 */

import { closeSync, openSync, writeSync } from 'node:fs';
import { createRandom } from '../../stages/learn/random/index.ts';

/** Distinct bodies; each row takes one, with an id and a date of its own. */
const TEMPLATES = 400;
const PIECE_BYTES = 1 << 22;
const FIRST_SECOND = Date.UTC(2015, 0, 1) / 1000;
const MONTHS = 120;
const SECONDS = MONTHS * 30.4 * 86_400;

/** @returns How many questions it has. */
export function writePostsXml(path: string, sizeBytes: number): number {
  const random = createRandom('Posts.xml');
  const bodies = Array.from({ length: TEMPLATES }, () => writeBody(random));
  const file = openSync(path, 'w');
  let piece = '\ufeff<?xml version="1.0" encoding="utf-8"?>\n<posts>\n';
  let written = 0;
  let questions = 0;
  const flush = (): void => {
    written += writeSync(file, piece);
    piece = '';
  };
  try {
    for (let id = 1; written + piece.length < sizeBytes; id++) {
      const body = bodies[Math.floor(random() * TEMPLATES)]!;
      const seconds = FIRST_SECOND + Math.floor((SECONDS * (written + piece.length)) / sizeBytes);
      const date = `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${String(id % 1000).padStart(3, '0')}`;
      const isQuestion = random() < 0.4;
      if (isQuestion) questions++;
      piece += isQuestion ? questionRow(id, date, body, random) : answerRow(id, date, body);
      if (piece.length >= PIECE_BYTES) flush();
    }
    piece += '</posts>';
    flush();
  } finally {
    closeSync(file);
  }
  return questions;
}

const answerRow = (id: number, date: string, body: string): string =>
  `  <row Id="${id}" PostTypeId="2" ParentId="${Math.ceil(id / 2)}" CreationDate="${date}" Score="3" ` +
  `Body="${body}" OwnerUserId="${id % 9973}" LastActivityDate="${date}" CommentCount="1" ContentLicense="CC BY-SA 4.0" />\n`;

const questionRow = (id: number, date: string, body: string, random: () => number): string =>
  `  <row Id="${id}" PostTypeId="1" AcceptedAnswerId="${id + 1}" CreationDate="${date}" Score="7" ViewCount="2132" ` +
  `Body="${body}" OwnerUserId="${id % 9973}" LastEditorUserId="12" LastEditDate="${date}" LastActivityDate="${date}" ` +
  `Title="${words(8, random)} &lt;${word(random)}&gt;?" Tags="&lt;${word(random)}&gt;&lt;c#&gt;" AnswerCount="1" ` +
  'CommentCount="7" ContentLicense="CC BY-SA 4.0" />\n';

/** HTML in an attribute; about as many references, and as much that is not ASCII, as in real dumps. */
function writeBody(random: () => number): string {
  const paragraphs = 1 + Math.floor(random() * 6);
  const parts: string[] = [];
  for (let i = 0; i < paragraphs; i++) {
    parts.push(
      `&lt;p&gt;${words(20 + Math.floor(random() * 50), random)}${random() < 0.1 ? ' \u2013 na\u00efve' : ''}.&lt;/p&gt;&#xA;`,
    );
    if (random() < 0.4) {
      const line = (): string =>
        `${word(random)} = ${word(random)}(&quot;${word(random)}&quot;) &amp;&amp; a &lt; b;&#xA;`;
      parts.push(
        `&lt;pre&gt;&lt;code&gt;${Array.from({ length: 8 }, line).join('')}&lt;/code&gt;&lt;/pre&gt;&#xA;&#xA;`,
      );
    }
  }
  return parts.join('');
}

const words = (count: number, random: () => number): string =>
  Array.from({ length: count }, () => word(random)).join(' ');

const SYLLABLES = [
  'ba',
  'con',
  'de',
  'fil',
  'get',
  'in',
  'ka',
  'lo',
  'map',
  'no',
  're',
  'set',
  'tu',
  'vec',
  'xo',
];

const word = (random: () => number): string =>
  Array.from(
    { length: 1 + Math.floor(random() * 3) },
    () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]!,
  ).join('');
