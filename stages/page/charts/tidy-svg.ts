/**
 * Vega's SVG as a part of our page: named and described, small, its marks' descriptions as tips.
 *
 * @module
 */

import { Parser } from 'htmlparser2';
import { escapeHtml, Html } from '../html.ts';

export interface Caption {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  /** What is to be seen, for those who do not see it. */
  readonly description: string;
}

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Element | string)[];
}

/** @param svg As Vega writes it; a mark's `aria-label` becomes its `data-tip`. */
export function tidySvg(svg: string, { id, title, description }: Caption): Html {
  const root = parse(svg);
  const { width = '', height = '', viewBox = '' } = root.attributes;
  const content = root.children.map(render).join('');
  return new Html(
    `<svg role="img" aria-labelledby="${escapeHtml(id)}-title ${escapeHtml(id)}-desc" width="${width}" height="${height}" viewBox="${viewBox}">` +
      `<title id="${escapeHtml(id)}-title">${escapeHtml(title)}</title><desc id="${escapeHtml(id)}-desc">${escapeHtml(description)}</desc>${content}</svg>`,
  );
}

function parse(svg: string): Element {
  const top: Element = { name: '', attributes: {}, children: [] };
  const open = [top];
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const element = { name, attributes, children: [] };
        open.at(-1)!.children.push(element);
        open.push(element);
      },
      ontext: (text) => open.at(-1)!.children.push(text),
      onclosetag: () => open.pop(),
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(svg);
  const root = top.children[0];
  if (typeof root !== 'object') throw new Error('Bug: Vega drew nothing');
  return root;
}

function render(node: Element | string): string {
  if (typeof node === 'string') return escapeHtml(node);
  const { name, attributes, children } = node;
  if (isInvisible(node)) return '';
  const kept = Object.entries(attributes).flatMap(([key, value]) => keep(key, value));
  const content = children.map(render).join('');
  if (name === 'g' && (kept.length === 0 || content === '')) return content;
  const tag = [name, ...kept].join(' ');
  return content === '' ? `<${tag}/>` : `<${tag}>${content}</${name}>`;
}

/** Frames that Vega draws around groups without a look of their own. */
const isInvisible = ({ name, attributes }: Element): boolean =>
  attributes['display'] === 'none' ||
  attributes['class'] === 'background' ||
  (name === 'rect' && attributes['fill'] === 'transparent');

const DEFAULTS: Readonly<Record<string, string>> = {
  opacity: '1',
  'stroke-width': '1',
  'fill-opacity': '1',
  'stroke-opacity': '1',
  x2: '0',
  y2: '0',
  'font-size': '11px',
  transform: 'translate(0,0)',
  'stroke-miterlimit': '4',
};

const DROPPED = new Set([
  'class',
  'role',
  'aria-roledescription',
  'aria-hidden',
  'font-family',
  'pointer-events',
]);

function keep(key: string, value: string): readonly string[] {
  if (DROPPED.has(key) || DEFAULTS[key] === value) return [];
  if (key === 'aria-label') return [`data-tip="${escapeHtml(value)}"`];
  return [`${key}="${escapeHtml(isNumeric(key) ? roundNumbers(value) : value)}"`];
}

const isNumeric = (key: string): boolean =>
  ['d', 'transform', 'x', 'y', 'x2', 'y2', 'width', 'height'].includes(key);

/** To a hundredth of a pixel. */
const roundNumbers = (text: string): string =>
  text.replace(/-?\d*\.\d+(?:e-?\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100));
