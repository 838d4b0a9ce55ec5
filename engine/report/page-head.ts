/**
 * What begins a page that needs nothing beside it: its style sheet within, and a content security policy that lets it
 * load nothing and run only its own script.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { FileSystem } from '../../cache/index.ts';
import { escapeHtml } from './escape-html.ts';

export interface PageParts {
  readonly title: string;
  readonly style: string;
  readonly script: string;
}

/** From the doctype to the end of the head. */
export function pageHead({ title, style, script }: PageParts): string {
  const policy = `default-src 'none'; img-src data:; style-src ${hashOf(style)}; script-src ${hashOf(script)}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>`;
}

/** A style sheet or script that lies beside a module. */
export const readAsset = (fs: FileSystem, url: URL): string =>
  fs.readFile(fileURLToPath(url)).toString('utf8');

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
