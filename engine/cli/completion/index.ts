/**
 * Completion: a short script for each shell, which asks `dvc-like complete` what can stand at the cursor.
 *
 * @module
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { EXIT } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { candidatesFor } from './candidates.ts';
import { stageCandidates } from './stage-candidates.ts';

export type Shell = 'bash' | 'zsh' | 'fish';

/** Prints the script that makes a shell complete `dvc-like`. */
export function completion(terminal: Terminal, shell: Shell): number {
  terminal.out(readFileSync(fileURLToPath(SCRIPTS[shell]), 'utf8'));
  return EXIT.done;
}

const SCRIPTS: Readonly<Record<Shell, URL>> = {
  bash: new URL('./dvc-like.bash', import.meta.url),
  zsh: new URL('./dvc-like.zsh', import.meta.url),
  fish: new URL('./dvc-like.fish', import.meta.url),
};

/**
 * Prints a line for each candidate, its description after a tab; `:files` where a file is wanted.
 *
 * @param words After the program's name; the cursor stands at the end of the last.
 */
export function complete(terminal: Terminal, program: Command, words: readonly string[]): number {
  const found = candidatesFor(program, words);
  if (found.kind === 'files') {
    terminal.out(':files\n');
    return EXIT.done;
  }
  const candidates =
    found.kind === 'stages' ? stageCandidates(terminal.cwd, words.at(-1) ?? '') : found.candidates;
  terminal.out(candidates.map(({ text, description }) => `${text}\t${description}\n`).join(''));
  return EXIT.done;
}
