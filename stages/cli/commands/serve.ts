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
  readonly rateLimit: number;
  readonly maxBody: number;
  readonly maxBatch: number;
  readonly timeout: number;
  readonly drain: number;
  readonly reload: number;
  readonly window: number;
  readonly logPredictions?: string;
  readonly logSize: number;
  readonly trustProxy?: true;
}

export const serve: AddCommand = (program, terminal, finish) => {
  program
    .command('serve')
    .description('answer questions over HTTP, with a web page to try')
    .option(...MODEL_OPTION)
    .option('-p, --port <n>', 'port; 0 takes a free one', wholeNumber(0, 65_535), 8080)
    .option('--host <address>', 'address to listen on; 0.0.0.0 for all of the machine', '127.0.0.1')
    .option('--rate-limit <n>', 'requests of one client in a minute; 0: any number', wholeNumber(0), 600)
    .option('--max-body <bytes>', 'of a request', wholeNumber(1024), 1 << 20)
    .option('--max-batch <n>', 'questions of a request', wholeNumber(1), 100)
    .option('--timeout <seconds>', 'to receive a request, and to answer it', wholeNumber(1, 3600), 10)
    .option('--drain <seconds>', 'to go on answering once told to stop', wholeNumber(0, 3600), 0)
    .option('--reload <seconds>', 'how often to look for another model', wholeNumber(1, 86_400), 2)
    .option('--window <n>', 'questions that are compared with training', wholeNumber(100), 1000)
    .option('--log-predictions <file>', 'write predictions there, without texts, as JSON Lines')
    .option(
      '--log-size <bytes>',
      'of that file, then it becomes FILE.1; five are kept',
      wholeNumber(1),
      64 << 20,
    )
    .option('--trust-proxy', 'believe X-Forwarded-For: only behind a proxy that sets it')
    .addHelpText('after', '\nSO_TAGGER_API_KEYS: keys with commas between them; none: everybody may ask')
    .action((flags: Flags) => finish(() => run(terminal, flags)));
};

async function run(terminal: Terminal, flags: Flags): Promise<ExitCode> {
  const { apiKeysOf, DEFAULT_LIMITS, startServer } = await import('../../serve/index.ts');
  const { systemClock } = await import('../../io/index.ts');
  const interrupted = terminal.interrupted();
  const server = await startServer(
    {
      model: resolve(terminal.cwd, flags.model),
      host: flags.host,
      port: flags.port,
      apiKeys: apiKeysOf(terminal.environment),
      limits: {
        ...DEFAULT_LIMITS,
        bodyBytes: flags.maxBody,
        batch: flags.maxBatch,
        requestsPerMinute: flags.rateLimit,
        timeoutMs: flags.timeout * 1000,
      },
      reloadEveryMs: flags.reload * 1000,
      drainMs: flags.drain * 1000,
      windowQuestions: flags.window,
      predictionLog:
        flags.logPredictions === undefined
          ? undefined
          : { path: resolve(terminal.cwd, flags.logPredictions), maxBytes: flags.logSize, keep: 5 },
      trustProxy: flags.trustProxy ?? false,
    },
    { clock: systemClock, log: (line) => terminal.error(`${line}\n`) },
  );
  terminal.out(`Listening on ${server.url}\n`);
  await new Promise((done) => {
    interrupted.addEventListener('abort', done, { once: true });
  });
  terminal.error('Stopping\n');
  await server.close();
  return EXIT.done;
}
