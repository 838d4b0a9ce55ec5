/**
 * `docs/dvc.md` speaks of every command and flag that DVC's own parser has, and says of each what our command line does.
 *
 * @module
 */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import * as assert from 'uvu/assert';
import { makeProgram } from '../../../engine/cli/command-line.ts';
import { suite } from '../../support/suite.ts';
import { NO_DVC } from './real-dvc.ts';

const ROOT = new URL('../../../../', import.meta.url);
const PAGE = readFileSync(fileURLToPath(new URL('docs/dvc.md', ROOT)), 'utf8');

interface DvcCommand {
  readonly command: string;
  readonly flags: readonly (readonly string[])[];
}

interface Section {
  readonly isLeftOut: boolean;
  /** Of flags that we have, as in DVC or otherwise. */
  readonly ours: readonly string[];
  readonly leftOut: readonly string[];
}

const dvcCommands = (): readonly DvcCommand[] => {
  const script = fileURLToPath(new URL('test/interop/dvc/dvc_parser.py', ROOT));
  const { stdout } = spawnSync(process.env['DVC_LIKE_PYTHON']!, [script], { encoding: 'utf8' });
  return JSON.parse(stdout) as readonly DvcCommand[];
};

const flagsIn = (text: string): readonly string[] =>
  [...text.matchAll(/`(-[^`]*)`/g)].map(([, flag]) => flag!);

/** By command, `` for DVC itself. */
function sectionsOf(page: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Section>();
  for (const part of page.split(/^### /m).slice(1)) {
    const command = /^`dvc ?([^`]*)`/.exec(part)![1]!;
    const [ours, leftOut]: [string[], string[]] = [[], []];
    const isLeftOut = /^Left out: /m.test(part);
    const inWords = /With it (.*)\.$/m.exec(part)?.[1] ?? '';
    if (isLeftOut) leftOut.push(...flagsIn(inWords));
    let list = ours;
    for (const line of part.split('\n')) {
      if (line.startsWith('- As in DVC: ')) ours.push(...flagsIn(line));
      else if (line === '- Differs:') list = ours;
      else if (line === '- Left out:') list = leftOut;
      else if (line.startsWith('  - ')) list.push(...flagsIn(line.slice(0, line.indexOf(': '))));
    }
    sections.set(command, { isLeftOut, ours, leftOut });
  }
  return sections;
}

const SILENT = {
  cwd: '/',
  args: [],
  out: () => undefined,
  error: () => undefined,
  columns: () => undefined,
  isColoured: false,
  screen: undefined,
  interrupted: () => new AbortController().signal,
};

/** Flags of our commands, by their names and aliases. */
function ourCommands(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  const walk = (command: Command, name: string): void => {
    found.set(
      name,
      new Set(
        command.options.flatMap(({ short, long }) => [short, long].filter((flag) => flag !== undefined)),
      ),
    );
    for (const each of command.commands) {
      for (const alias of [each.name(), ...each.aliases()]) walk(each, `${name} ${alias}`.trim());
    }
  };
  walk(
    makeProgram(SILENT, () => Promise.resolve()),
    '',
  );
  return found;
}

suite('docs/dvc.md', (test) => {
  test('says of every command and flag of DVC what becomes of it', { skip: NO_DVC }, () => {
    const sections = sectionsOf(PAGE);
    const there = dvcCommands();
    assert.equal([...sections.keys()].sort(), there.map(({ command }) => command).sort());
    for (const { command, flags } of there) {
      const { ours, leftOut } = sections.get(command)!;
      assert.equal([...ours, ...leftOut].sort(), flags.flat().sort(), `flags of dvc ${command}`);
    }
  });

  test('says it rightly of our command line', () => {
    const ours = ourCommands();
    for (const [command, section] of sectionsOf(PAGE)) {
      const has = ours.get(command);
      assert.is(has === undefined, section.isLeftOut, `dvc-like ${command}`);
      const lacking = section.ours.filter((flag) => has?.has(flag) !== true);
      assert.equal(lacking, [], `of dvc-like ${command} the page says that it has`);
      const left = section.leftOut.filter((flag) => has?.has(flag) === true);
      assert.equal(left, [], `of dvc-like ${command} the page says that it leaves out`);
    }
  });
});
