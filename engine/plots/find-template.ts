/**
 * A template by its name: a file of the project's own, or one that is always there.
 *
 * @module
 */

import { join, parse, resolve } from 'node:path';
import { err, type FileSystem, ok, type Result } from '../../cache/index.ts';
import { type Diagnostic, didYouMean, type Place } from '../core/index.ts';
import type { Project } from '../project/index.ts';
import { anchorsIn } from './fill-template.ts';
import type { Json, JsonObject } from './json.ts';
import { anchor, DEFAULT_TEMPLATE, TEMPLATES } from './templates.ts';

export type FindTemplate = (
  name: string | undefined,
  place: Place | undefined,
) => Result<JsonObject, Diagnostic>;

/** Looks in `plots/` of the home, with `.json` behind the name too, then at the path that the name is, then at ours. */
export function templateFinder(fs: FileSystem, project: Project): FindTemplate {
  const own = join(project.home, 'plots');
  return (name = DEFAULT_TEMPLATE, place) => {
    const { dir, name: stem } = parse(name);
    const paths = [join(own, name), join(own, dir, `${stem}.json`), resolve(project.root, project.cwd, name)];
    const path = paths.find((each) => fs.stat(each)?.kind === 'file');
    if (path !== undefined) return readTemplate(fs.readFile(path).toString('utf8'), name, place);
    const known = TEMPLATES.get(name);
    return known === undefined ? err(unknownTemplate(name, place, namesIn(fs, own))) : ok(known);
  };
}

function readTemplate(text: string, name: string, place: Place | undefined): Result<JsonObject, Diagnostic> {
  let content: Json;
  try {
    content = JSON.parse(text) as Json;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return err(badTemplate(name, place, `is no JSON: ${error.message}`));
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return err(badTemplate(name, place, 'is no JSON object'));
  }
  return anchorsIn(content).has('data')
    ? ok(content as JsonObject)
    : err(badTemplate(name, place, `has no "${anchor('data')}": nothing would be drawn`));
}

const badTemplate = (name: string, place: Place | undefined, what: string): Diagnostic => ({
  code: 'E_PLOT_TEMPLATE',
  message: `Template "${name}" ${what}`,
  place,
  hint: 'begin with one that is there: "dvc-like plots templates linear"',
});

export const unknownTemplate = (
  name: string,
  place: Place | undefined,
  known: readonly string[],
): Diagnostic => ({
  code: 'E_UNKNOWN_TEMPLATE',
  message: `There is no template "${name}"`,
  place,
  hint: didYouMean(name, known) ?? `there are ${known.join(', ')}, and files by their path`,
});

const namesIn = (fs: FileSystem, directory: string): readonly string[] => [
  ...TEMPLATES.keys(),
  ...(fs.stat(directory)?.kind === 'directory'
    ? fs
        .readDirectory(directory)
        .map((entry) => parse(entry.name).name)
        .sort()
    : []),
];
