/**
 * `so-tagger serve`: the prediction server.
 *
 * @module
 */

import { resolve } from 'node:path';
import { type AddCommand, EXIT, type ExitCode } from '../command.ts';
import { MODEL_OPTION, wholeNumber } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface Flags {
  readonly model: string;
  readonly port: number;
  readonly host: string;
}

export const serve: AddCommand = (program, terminal, finish) => {
  program
    .command('serve')
    .description('answer questions over HTTP, with a web page to try')
    .option(...MODEL_OPTION)
    .option('-p, --port <n>', 'port; 0 takes a free one', wholeNumber(0, 65_535), 8080)
    .option('--host <address>', 'address to listen on; 0.0.0.0 for all of the machine', '127.0.0.1')
    .action((flags: Flags) => finish(() => run(terminal, flags)));
};

async function run(terminal: Terminal, flags: Flags): Promise<ExitCode> {
  const { startServer } = await import('../../serve/index.ts');
  const interrupted = terminal.interrupted();
  const server = await startServer({
    model: resolve(terminal.cwd, flags.model),
    host: flags.host,
    port: flags.port,
    log: terminal.error,
  });
  terminal.out(`Listening on ${server.url}\n`);
  await new Promise((done) => {
    interrupted.addEventListener('abort', done, { once: true });
  });
  await server.close();
  return EXIT.done;
}
