/**
 * Vega's SVG as a part of our page: described as one picture, and small. What only a pointer would bring to light goes.
 *
 * @module
 */

import { escapeHtml } from '../escape-html.ts';

const TAG = /<([\w:]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/g;

export function tidySvg(svg: string, description: string): string {
  return svg.replace(TAG, (_, name: string, written: string, slash: string) => {
    const attributes = [...written.matchAll(ATTRIBUTE)].map(([, key, value]) => [key!, value!] as const);
    if (name === 'svg') return topTag(new Map(attributes), description);
    if (slash !== '' && isInvisible(new Map(attributes))) return '';
    const kept = attributes.flatMap(([key, value]) => keep(key, value));
    return `<${[name, ...kept].join(' ')}${slash}>`;
  });
}

function topTag(attributes: ReadonlyMap<string, string>, description: string): string {
  const [width, height, viewBox] = ['width', 'height', 'viewBox'].map((key) => attributes.get(key) ?? '');
  return `<svg role="img" aria-label="${escapeHtml(description)}" width="${width}" height="${height}" viewBox="${viewBox}">`;
}

const isInvisible = (attributes: ReadonlyMap<string, string>): boolean =>
  attributes.get('display') === 'none' ||
  attributes.get('opacity') === '0' ||
  (attributes.get('fill') === 'transparent' && !attributes.has('stroke'));

const DEFAULTS: Readonly<Record<string, string>> = {
  opacity: '1',
  'stroke-width': '1',
  'fill-opacity': '1',
  'stroke-opacity': '1',
  x2: '0',
  y2: '0',
  transform: 'translate(0,0)',
  'stroke-miterlimit': '10',
};

const DROPPED = /^(?:class|role|aria-.*|font-family|pointer-events|xmlns.*)$/;

const GEOMETRY: ReadonlySet<string> = new Set(['d', 'transform', 'x', 'y', 'x2', 'y2', 'width', 'height']);

const keep = (key: string, value: string): readonly string[] =>
  DROPPED.test(key) || DEFAULTS[key] === value
    ? []
    : [`${key}="${GEOMETRY.has(key) ? roundNumbers(value) : value}"`];

/** To a hundredth of a pixel. */
const roundNumbers = (text: string): string =>
  text.replace(/-?\d*\.\d+(?:e-?\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100));
