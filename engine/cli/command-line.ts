/**
 * The command line: its commands and their flags.
 *
 * @module
 */

import { Command, CommanderError, Option } from 'commander';
import type { CheckoutFlags } from './checkout.ts';
import type { CommitFlags } from './commit.ts';
import { addCommonFlags, type OuterFlags, openSession } from './common-flags.ts';
import type { DagFlags } from './dag-flags.ts';
import { addDataCommands } from './data-commands.ts';
import { EXIT } from './exit-code.ts';
import type { GcFlags } from './gc.ts';
import { completeHelp, useOurHelp } from './help.ts';
import { addPlotCommands } from './plot-commands.ts';
import type { ReproFlags } from './repro.ts';
import { addRunCommands } from './run-commands.ts';
import { addSettingCommands } from './setting-commands.ts';
import { addStageCommands } from './stage-commands.ts';
import type { StatusFlags } from './status.ts';
import { printDiagnostics, processTerminal, type Terminal } from './terminal.ts';
import { thrownDiagnostic } from './thrown-diagnostic.ts';
import { addToolCommands } from './tool-commands.ts';
import { addTransferCommands } from './transfer-commands.ts';
import { addValueCommands } from './value-commands.ts';
import { VERSION } from './version.ts';
import type { WhyFlags } from './why.ts';

export async function runCommandLine(): Promise<void> {
  const terminal = processTerminal();
  process.exitCode = await runProgram(terminal);
}

async function runProgram(terminal: Terminal): Promise<number> {
  let exitCode: number = EXIT.done;
  const program = makeProgram(terminal, async (command) => {
    exitCode = await command;
  });
  try {
    await program.parseAsync([...terminal.args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.invalid;
    const thrown = thrownDiagnostic(error);
    if (thrown !== undefined) {
      printDiagnostics(terminal, [thrown]);
      return EXIT.environment;
    }
    throw error;
  }
}

/** Of an option that may be given several times. */
const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

interface JsonFlag {
  readonly json?: true;
}

type Finish = (exitCode: Promise<number>) => Promise<void>;

/** All commands with their flags; `finish` takes the exit code of the one that is given. */
export function makeProgram(outer: Terminal, finish: Finish): Command {
  const { terminal, begin } = openSession(outer);
  const program = new Command('dvc-like')
    .description('Runs the stages of a data pipeline of which something changed, and no others')
    .version(VERSION, '-V, --version', 'show the version')
    .option('--cd <directory>', 'go there first')
    .option(
      '--wait-for-lock',
      'wait for another command to end, however long it takes (default: five seconds)',
    )
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.error });
  useOurHelp(program);
  const json = ['--json', 'print JSON, for scripts'] as const;

  program
    .command('repro')
    .description('bring stages up to date: run or restore what changed')
    .argument(
      '[targets...]',
      'stages or groups, with all that they need (default: all; in a DVC repository those of ./dvc.yaml)',
    )
    .option('--dry', 'say what would be done, and do nothing')
    .option(
      '-S, --set-param <key=value>',
      'set a param in its file first, [file:]key=value; repeatable',
      collect,
    )
    .option('-f, --force', 'run the stages even if nothing changed')
    .option('-s, --single-item', 'only the targets, without what they need')
    .option('--downstream', 'the targets and all that needs them, without what they need')
    .option('--force-downstream', 'what follows a stage that runs is run too')
    .option('-p, --pipeline', 'the whole pipelines that the targets belong to')
    .option('-P, --all-pipelines', 'all stages, whatever the targets')
    .option('-R, --recursive', 'a directory stands for all stages that are declared in it and below it')
    .option('--glob', 'targets are patterns, as "clean@2021-*"')
    .option('-k, --keep-going', 'after a failure, go on with what does not need the failed stage')
    .option('--ignore-errors', 'after a failure, go on with everything; exit with 0')
    .option('-i, --interactive', 'ask before each stage that is not up to date')
    .option('--pull', 'bring what is missing, and the run cache, from the remote')
    .option('--allow-missing', 'what is only missing counts as what the lock says of it')
    .option('-j, --jobs <n>', 'stages to run at once (default: the number of cores; 1 in a DVC repository)')
    .option('-q, --quiet', 'print only the output of stages, and errors')
    .option('-v, --verbose', 'also name the stages that stay as they are')
    .option('--explain', 'give the reason of each stage back to its first cause')
    .option('--no-run-cache', 'run stages even if the run cache knows what they make')
    .option('--no-commit', 'do not keep outs in the cache')
    .option('--log-dir <dir>', 'also write the output of each stage to DIR/STAGE.log')
    .option('--wait', 'wait for another run to end, however long it takes')
    .addOption(new Option('--watch', 'go on: run it again whenever something changes').conflicts('dry'))
    .option(...json)
    .action((targets: string[], { watch: isWatching, ...options }: ReproFlags & { readonly watch?: true }) =>
      finish(
        isWatching
          ? import('./watch.ts').then(({ watch }) => watch(terminal, targets, options))
          : import('./repro.ts').then(({ repro }) => repro(terminal, targets, options)),
      ),
    );
  program
    .command('status')
    .description('say what repro would do, stage by stage')
    .argument('[targets...]', 'stages or groups, in a project of ours with all that they need (default: all)')
    .option('-d, --with-deps', 'in a DVC repository too, also what the targets need')
    .option('-R, --recursive', 'a directory stands for all stages that are declared in it and below it')
    .option('-q, --quiet', 'print nothing; exit with 1 if something changed')
    .option('-v, --verbose', 'also name the stages that stay as they are')
    .option('-c, --cloud', 'compare the cache with the remote instead')
    .option('-r, --remote <name>', 'the remote (default: that of the config)')
    .option('-a, --all-branches', 'with --cloud: also what the tips of all branches name')
    .option('-T, --all-tags', 'with --cloud: also what any tag names')
    .option('-A, --all-commits', 'with --cloud: also what any commit names')
    .option('-j, --jobs <n>', 'with --cloud: requests at once (default: what the config says, else 16)')
    .option('--no-updates', 'do not look whether what was imported has changed (it is never looked)')
    .option(...json)
    .action((targets: string[], options: StatusFlags) =>
      finish(import('./status.ts').then(({ status }) => status(terminal, targets, options))),
    );
  program
    .command('why')
    .description('say why a stage runs or does not')
    .argument('<stage>', 'a stage, or a group for each of its members')
    .option('--since <rev>', 'what changed since a commit')
    .option(...json)
    .action((stage: string, options: WhyFlags) =>
      finish(import('./why.ts').then(({ why }) => why(terminal, stage, options))),
    );
  program
    .command('dag')
    .description('draw the pipeline, with what repro would do to each stage')
    .argument('[targets...]', 'stages, groups or outs, with all that they need (default: all)')
    .option('-o, --outs', 'a node for each out, not for each stage')
    .option('--full', 'the whole pipelines that the targets belong to')
    .option('--downstream', 'the targets with all that needs them, instead of all that they need')
    .option('--plan', 'also say how long what runs is going to take')
    .option('--expand', 'draw each member of a group, not the group as one')
    .option('--width <columns>', 'draw for a screen of this width (default: that of the terminal, else 80)')
    .option('--html [file]', 'write a page to look around in (default: dag.html; - prints it)')
    .option('--dot', 'print Graphviz')
    .option('--mermaid', 'print Mermaid')
    .option('--md', 'print Mermaid as a block of Markdown')
    .option('--collapse-foreach-matrix', 'also in Graphviz, Mermaid and JSON, each group as one')
    .option(...json)
    .action((targets: string[], options: DagFlags) =>
      finish(import('./dag.ts').then(({ dag }) => dag(terminal, targets, options))),
    );
  program
    .command('check')
    .description('validate the manifest, modules, params and lock; run nothing')
    .option(...json)
    .action((options: JsonFlag) =>
      finish(import('./check.ts').then(({ check }) => check(terminal, options))),
    );
  program
    .command('checkout')
    .description('bring the outs of the lock back from the cache')
    .argument('[targets...]', 'stages, groups, .dvc files or outs (default: all)')
    .option('-d, --with-deps', 'also what the targets need')
    .option('-R, --recursive', 'a directory stands for all stages that are declared in it and below it')
    .option('-f, --force', 'replace what neither the lock nor the cache has, too')
    .option('--allow-missing', 'what the cache does not have is no failure')
    .option('--summary', 'only say how many')
    .option('--relink', 'also link anew what is there, as "cache.type" says')
    .action((targets: string[], options: CheckoutFlags) =>
      finish(import('./checkout.ts').then(({ checkout }) => checkout(terminal, targets, options))),
    );
  program
    .command('commit')
    .description('record what the workspace has now as what the stages made, without running them')
    .argument('[targets...]', 'stages, groups, .dvc files or outs (default: all)')
    .option('-d, --with-deps', 'also what the targets need')
    .option('-R, --recursive', 'a directory stands for all stages that are declared in it and below it')
    .option('-f, --force', 'also where the inputs have changed since the stage ran')
    .option('--no-relink', 'leave the files in the workspace as they are, whatever "cache.type" says')
    .action((targets: string[], options: CommitFlags) =>
      finish(import('./commit.ts').then(({ commit }) => commit(terminal, targets, options))),
    );
  program
    .command('gc')
    .description('remove objects of the cache that nothing names any more')
    .option('-w, --workspace', 'keep what the lock of the workspace names (always kept)')
    .option('-a, --all-branches', 'keep what the tip of any branch names')
    .option('-T, --all-tags', 'keep what any tag names')
    .option('-A, --all-commits', 'keep what any commit names')
    .option('--all-experiments', 'keep what the workspace names: there are no experiments')
    .option('--rev <commit>', 'keep what a commit names')
    .option(
      '-n, --num <n>',
      'with --rev and -a: keep also what the commits before it name, n in all (default: 1)',
    )
    .option('--date <day>', 'keep what commits of that day, as 2024-02-29, and later ones name')
    .option('--not-in-remote', 'keep of all this only what the remote does not have')
    .option('--skip-failed', 'pass over commits that cannot be read')
    .option('--run-cache', 'also remove run-cache entries whose objects go')
    .option('--dry', 'say what would go, and remove nothing')
    .option('-f, --force', 'remove')
    .option('-v, --verbose', 'list the objects that go')
    .option('-c, --cloud', 'also in the remote')
    .option('-r, --remote <name>', 'the remote (default: that of the config)')
    .option('-p, --projects [paths...]', 'also keep what these projects, which share the cache, name')
    .option('-j, --jobs <n>', 'requests to the remote at once (default: what the config says, else 16)')
    .option('--why <digest>', 'say what keeps an object')
    .option(...json)
    .action((options: GcFlags) => finish(import('./gc.ts').then(({ gc }) => gc(terminal, options))));
  addStageCommands(program, terminal, finish);
  addDataCommands(program, terminal, finish);
  addRunCommands(program, terminal, finish);
  addValueCommands(program, terminal, finish);
  addPlotCommands(program, terminal, finish);
  addTransferCommands(program, terminal, finish);
  addSettingCommands(program, terminal, finish);
  addToolCommands(program, terminal, finish);
  addCommonFlags(program);
  program.hook('preAction', (_, command) => {
    begin(program.opts<OuterFlags>(), command);
  });
  completeHelp(program, terminal);
  return program;
}
