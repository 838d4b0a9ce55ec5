/**
 * `plots templates`: the templates that are always there, or the text of one.
 *
 * @module
 */

import { TEMPLATES, unknownTemplate } from '../plots/index.ts';
import { EXIT } from './exit-code.ts';
import { fail } from './fail.ts';
import { printJson, type Terminal } from './terminal.ts';

export function plotsTemplates(terminal: Terminal, name: string | undefined): number {
  const names = [...TEMPLATES.keys()];
  if (name === undefined) {
    terminal.out(`${names.join('\n')}\n`);
    return EXIT.done;
  }
  const template = TEMPLATES.get(name);
  if (template === undefined) return fail(terminal, [unknownTemplate(name, undefined, names)]);
  printJson(terminal, template);
  return EXIT.done;
}
