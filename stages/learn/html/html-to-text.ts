/**
 * HTML as sites write it, to text, with code blocks and links apart.
 *
 * A block-level element begins a new line; white space inside one collapses. `<pre>` is code and keeps its white
 * space; inline code stays in the text. Scripts, styles and comments are dropped. Broken HTML is read as far as it
 * goes, as browsers do.
 *
 * @module
 */

import { Parser } from 'htmlparser2';

export interface HtmlParts {
  /** One block a line, no empty lines. */
  readonly text: string;
  /** The code blocks, without blank lines around them. */
  readonly code: readonly string[];
  /** Targets of links that are absolute, in order. */
  readonly links: readonly string[];
}

const BLOCKS: ReadonlySet<string> = new Set(
  'address article aside blockquote br dd details div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table td th tr ul'.split(
    ' ',
  ),
);
const DROPPED: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript']);

/** Runs that are anything but one blank. */
const WHITE_SPACE = /[^\S ]\s*| \s+/g;

export function htmlToText(html: string): HtmlParts {
  const text: string[] = [];
  const code: string[] = [];
  const links: string[] = [];
  let block: string[] = [];
  let depthOfCode = 0;
  let depthOfDropped = 0;
  const current = (): string[] => (depthOfCode > 0 ? block : text);

  const parser = new Parser(
    {
      onopentagname(name) {
        if (DROPPED.has(name)) depthOfDropped++;
        if (BLOCKS.has(name)) current().push('\n');
        if (name === 'pre') depthOfCode++;
      },
      onattribute(name, value) {
        if (name === 'href' && /^https?:\/\//i.test(value)) links.push(value.trim());
      },
      ontext(data) {
        if (depthOfDropped > 0) return;
        // In text, only blocks make lines.
        if (depthOfCode > 0) block.push(data);
        else text.push(data.replace(WHITE_SPACE, ' '));
      },
      onclosetag(name) {
        if (DROPPED.has(name)) depthOfDropped--;
        if (name === 'pre' && --depthOfCode === 0) {
          code.push(block.join(''));
          block = [];
        }
        if (BLOCKS.has(name)) current().push('\n');
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.end(html);

  return {
    text: collapseLines(text.join('')),
    code: code
      .map((lines) => lines.replaceAll('\r', '').replace(/^\s*\n|\s+$/g, ''))
      .filter((lines) => lines !== ''),
    links,
  };
}

/** White space to single blanks, but for the line breaks that stand for blocks; no empty lines. */
const collapseLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.replace(WHITE_SPACE, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');

/** Text with entities (`&amp;`, `&#39;`) and no markup: a `<` is just a character. */
export const decodeEntities = (text: string): string =>
  text.includes('&') ? htmlToText(text.replaceAll('<', '&lt;')).text : text;
