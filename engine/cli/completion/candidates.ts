/**
 * What can stand where the cursor is: commands, flags, values of flags, stages.
 *
 * The tree of commands is all there is to know, so that a new command or flag is completed from its first day. An
 * argument says by its name what it takes: `stage`, `stages` and `targets` are stages, `file`, `files` and `paths` files.
 *
 * @module
 */

import type { Argument, Command, Option } from 'commander';

export interface Candidate {
  readonly text: string;
  readonly description: string;
}

export type Candidates =
  | { readonly kind: 'words'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'stages' }
  | { readonly kind: 'files' };

/** @param words After the program's name; the last one is what the cursor stands at the end of, possibly empty. */
export function candidatesFor(program: Command, words: readonly string[]): Candidates {
  const { command, given, waiting, hasEnded } = readWords(program, words.slice(0, -1));
  const word = words.at(-1) ?? '';
  if (waiting !== undefined && !(waiting.optional && word.startsWith('-'))) return valuesOf(waiting);
  if (word.startsWith('-') && !hasEnded) return among(word, flagsOf(command));
  if (command.name() === 'help') return among(word, commandsIn(named(program, given)));
  if (command.commands.length > 0) return among(word, given.length === 0 ? commandsIn(command) : []);
  return takenBy(word, argumentAt(command.registeredArguments, given.length));
}

interface Read {
  readonly command: Command;
  /** Arguments of the command. */
  readonly given: readonly string[];
  /** The flag whose value is next. */
  readonly waiting: Option | undefined;
  /** Whether `--` has been given: no flags from here. */
  readonly hasEnded: boolean;
}

function readWords(program: Command, words: readonly string[]): Read {
  let command = program;
  let waiting: Option | undefined;
  let hasEnded = false;
  const given: string[] = [];
  for (const word of words) {
    const isFlag = word.startsWith('-') && !hasEnded;
    if (waiting !== undefined && !(isFlag && (waiting.optional || waiting.variadic))) {
      if (!waiting.variadic) waiting = undefined;
    } else if (isFlag) {
      hasEnded = word === '--';
      waiting = command.options.find(
        (option) => (option.long === word || option.short === word) && (option.required || option.optional),
      );
    } else {
      const subcommand = given.length === 0 ? named(command, [word]) : undefined;
      if (subcommand === undefined) given.push(word);
      else command = subcommand;
    }
  }
  return { command, given, waiting, hasEnded };
}

/** The command of these names below another, if there is one. */
function named(command: Command | undefined, names: readonly string[]): Command | undefined {
  const [name, ...rest] = names;
  if (name === undefined || command === undefined) return command;
  return named(
    command.commands.find((each) => each.name() === name),
    rest,
  );
}

const commandsIn = (command: Command | undefined): readonly Candidate[] =>
  command === undefined
    ? []
    : command
        .createHelp()
        .visibleCommands(command)
        .map((each) => ({ text: each.name(), description: each.description() }));

const flagsOf = (command: Command): readonly Candidate[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long === undefined ? [] : [{ text: long, description }]));

const STAGES = /^(stages?|targets)$/;
const FILES = /^(files?|paths)$/;

function takenBy(word: string, argument: Argument | undefined): Candidates {
  if (argument === undefined) return { kind: 'words', candidates: [] };
  if (STAGES.test(argument.name())) return { kind: 'stages' };
  if (FILES.test(argument.name())) return { kind: 'files' };
  return among(word, choices(argument.argChoices));
}

function valuesOf(option: Option): Candidates {
  const [, name = ''] = /[<[]([^\].>]+)/.exec(option.flags) ?? [];
  if (STAGES.test(name)) return { kind: 'stages' };
  if (FILES.test(name)) return { kind: 'files' };
  return { kind: 'words', candidates: choices(option.argChoices) };
}

const choices = (texts: readonly string[] | undefined): readonly Candidate[] =>
  (texts ?? []).map((text) => ({ text, description: '' }));

function argumentAt(all: readonly Argument[], index: number): Argument | undefined {
  const last = all.at(-1);
  return all[index] ?? (last?.variadic === true ? last : undefined);
}

const among = (word: string, candidates: readonly Candidate[]): Candidates => ({
  kind: 'words',
  candidates: candidates.filter(({ text }) => text.startsWith(word)),
});
