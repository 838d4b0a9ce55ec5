/**
 * `import.meta.url` in a bundle.
 *
 * In a bundle it would be the bundle's own address. While bundling, each use is replaced by a marker of the source file
 * that it stands in, relative to the root; what survives the shaking is found by these markers. `new URL('./x', <marker>)`
 * names an asset: a file that the code uses without importing it.
 *
 * @module
 */

import { posix } from 'node:path';

const SCHEME = 'dvc-like-source:';
const ASSET =
  /\bnew URL\(\s*("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`\\$]*`)\s*,\s*"dvc-like-source:([^"]*)"\s*,?\s*\)/g;
const SOURCE = /"dvc-like-source:([^"]*)"/g;

/** @param path Of the source file, relative to the root with `/`. */
export const sourceMarker = (path: string): string => `${SCHEME}${encodeURI(path)}`;

export interface Asset {
  /** Relative to the root with `/`. */
  readonly path: string;
  /** The URL as written. */
  readonly url: string;
  /** The source file that names it, relative to the root. */
  readonly source: string;
}

/**
 * The file that an asset's path means: like an import, `x.js` may stand for `x.ts`.
 *
 * @param isThere Whether a path relative to the root names something.
 */
export function assetFile(path: string, isThere: (path: string) => boolean): string {
  const source = path.replace(/\.([cm]?)js$/, '.$1ts');
  return source !== path && !isThere(path) && isThere(source) ? source : path;
}

/** The assets that a bundle names, in the order of their first use. */
export function assetsOf(text: string): readonly Asset[] {
  const assets = new Map<string, Asset>();
  for (const [, literal, marker] of text.matchAll(ASSET)) {
    const asset = assetAt(literal!, marker!);
    if (asset !== undefined && !assets.has(asset.path)) assets.set(asset.path, asset);
  }
  return [...assets.values()];
}

/** The bundle with real URLs in the place of the markers. */
export function replaceMarkers(
  text: string,
  urls: { readonly ofAsset: (path: string) => string; readonly ofSource: (path: string) => string },
): string {
  return text
    .replace(ASSET, (whole, literal: string, marker: string) => {
      const asset = assetAt(literal, marker);
      return asset === undefined ? whole : `new URL(${JSON.stringify(urls.ofAsset(asset.path))})`;
    })
    .replace(SOURCE, (_whole, marker: string) => JSON.stringify(urls.ofSource(decodeURI(marker))));
}

function assetAt(literal: string, marker: string): Asset | undefined {
  const url = literal.startsWith('"') ? (JSON.parse(literal) as string) : literal.slice(1, -1);
  if (!/^\.{1,2}\//.test(url)) return undefined;
  const source = decodeURI(marker);
  const relative = decodeURIComponent(url.replace(/[?#].*$/s, ''));
  return { path: posix.join(posix.dirname(source), relative), url, source };
}
