/**
 * A scenario: steps in a DVC repository that real DVC and `dvc-like` must take alike.
 *
 * @module
 */

import type { Files } from '../../support/project.ts';

/** What is compared after each step. */
export type Aspect = 'exit' | 'ran' | 'files' | 'lock' | 'objects' | 'runs' | 'gitignore' | 'json';

export type Step =
  /**
   * A command of both tools, `ROOT/` in it being the repository; `json`: what it prints is compared as data, or only what `part` takes of it; `text`: as lines,
   * whatever blanks they begin or end with, and without empty ones.
   */
  | {
      readonly run: readonly string[];
      readonly json?: true;
      readonly text?: true;
      readonly part?: (json: unknown) => unknown;
      readonly cwd?: string;
    }
  | { readonly write: Files }
  /** In `/bin/sh` at the root, with `set -e`. */
  | { readonly sh: string };

export interface Scenario {
  /** A claim; unique. */
  readonly name: string;
  /** Beside what `dvc init` makes. A command that appends to `$RAN` says that it ran. */
  readonly files: Files;
  readonly steps: readonly Step[];
  /** Where the two differ on purpose: what is not compared then, and the reason. */
  readonly onPurpose?: {
    readonly aspects: readonly Aspect[];
    readonly why: string;
    /** Only after a command that has failed. */
    readonly onceFailed?: true;
  };
}

export const run = (...args: readonly string[]): Step => ({ run: args });
export const runJson = (...args: readonly string[]): Step => ({ run: args, json: true });
export const runText = (...args: readonly string[]): Step => ({ run: args, text: true });
export const write = (files: Files): Step => ({ write: files });
export const sh = (script: string): Step => ({ sh: script });
