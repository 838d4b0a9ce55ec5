/**
 * The prediction server.
 *
 * @module
 */

import fastify from 'fastify';
import { openModel } from './tagging/serving-model.ts';

export interface ServerOptions {
  /** Directory of the model. */
  readonly model: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Takes a line for the operator, its line break included. */
  readonly log: (line: string) => void;
}

export interface RunningServer {
  readonly url: string;
  /** Ends when the requests that have begun are answered. */
  readonly close: () => Promise<void>;
}

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const model = openModel(options.model);
  const server = fastify();
  server.post<{ Body: { readonly title: string; readonly body: string } }>('/predict', (request) =>
    model.ask(request.body, { topK: undefined, threshold: undefined, words: 3 }),
  );
  const url = await server.listen({ host: options.host, port: options.port });
  return { url, close: () => server.close() };
}
