/**
 * The commands about plots.
 *
 * @module
 */

import type { Command } from 'commander';
import type { PlotsFlags } from './plots.ts';
import type { Terminal } from './terminal.ts';

/** @param finish Takes the exit code of the command that was given. */
export function addPlotCommands(
  program: Command,
  terminal: Terminal,
  finish: (exitCode: Promise<number>) => Promise<void>,
): void {
  const plots = program.command('plots').description('about plots');
  addDrawingFlags(
    plots
      .command('show')
      .description('draw the plots of the workspace, as a page: dvc_plots/index.html')
      .argument('[files...]', 'files, or names of plots, or how they begin (default: all plots)'),
  ).action((targets: string[], flags: PlotsFlags) =>
    finish(import('./plots.ts').then(({ plotsShow }) => plotsShow(terminal, targets, flags))),
  );
  addDrawingFlags(
    plots
      .command('diff')
      .description('draw the plots of several revisions, one over the other')
      .argument('[revisions...]', 'commits, beside the workspace where there is one (default: HEAD)')
      .option('--targets <paths...>', 'only these files or plots'),
  ).action((revisions: string[], flags: PlotsFlags & { readonly targets?: readonly string[] }) =>
    finish(import('./plots.ts').then(({ plotsDiff }) => plotsDiff(terminal, revisions, flags))),
  );
  plots
    .command('templates')
    .description('list the templates that are always there, or print one')
    .argument('[name]', 'the template to print')
    .action((name: string | undefined) =>
      finish(import('./plots-templates.ts').then(({ plotsTemplates }) => plotsTemplates(terminal, name))),
    );
}

const addDrawingFlags = (command: Command): Command =>
  command
    .option('-o, --out <dir>', 'where the page goes (default: plots.out_dir of the config, else dvc_plots)')
    .option('-t, --template <name>', 'the template that draws them: its name, or a file')
    .option('-x <field>', 'the field of the horizontal axis')
    .option('-y <field>', 'the field of the vertical axis')
    .option('--x-label <text>', 'what is written below the horizontal axis')
    .option('--y-label <text>', 'what is written beside the vertical axis')
    .option('--title <text>', 'what is written above')
    .option('--no-header', 'the first row of a table is data; its columns are called 0, 1, ...')
    .option('--open', 'show the page in the browser')
    .option('--show-vega', 'print the Vega-Lite specification of one target')
    .option('--split', 'with --json: what goes into the templates stands beside them')
    .option('--json', "print JSON in DVC's shape, for scripts");
