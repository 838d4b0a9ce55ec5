/**
 * The prediction server, from its start to its end.
 *
 * @module
 */

import { StageFailure } from 'dvc-like/stage';
import type { FastifyInstance } from 'fastify';
import type { Clock } from '../io/index.ts';
import { createHttp } from './http/create-http.ts';
import { createMetrics } from './metrics/metrics.ts';
import { followModel, holdModel } from './model/model-holder.ts';
import type { Service } from './service.ts';
import type { ServerSettings } from './settings.ts';
import { createDriftGauges } from './watch/drift-gauges.ts';
import { openPredictionLog } from './watch/prediction-log.ts';
import { createWatcher } from './watch/watcher.ts';

export interface ServerPorts {
  readonly clock: Clock;
  /** Takes a line for the operator, without its line break. */
  readonly log: (line: string) => void;
}

export interface RunningServer {
  readonly url: string;
  /**
   * Says that it is not ready, goes on answering for `drainMs`, then takes no more, and ends when what had begun is
   * answered, at the latest after `timeoutMs`.
   */
  readonly close: () => Promise<void>;
}

/** @throws {StageFailure} If there is no usable model, or it cannot listen there. */
export async function startServer(
  settings: ServerSettings,
  { clock, log }: ServerPorts,
): Promise<RunningServer> {
  const metrics = createMetrics();
  const models = await holdModel(settings.model, {
    onModel: (model) => {
      const { id, manifest } = model;
      metrics.modelLoaded(model, clock.nowMs() / 1000);
      log(`Model ${id.slice(0, 12)} answers: trained on ${manifest.months.from} to ${manifest.months.to}`);
    },
    onRefused: (reason) => {
      metrics.modelRefused();
      log(`The model on disk is refused, the old one stays: ${reason}`);
    },
    onBack: ({ id }) => {
      metrics.modelBack();
      log(`Model ${id.slice(0, 12)} is on disk again`);
    },
  });
  const watcher = createWatcher({
    clock,
    windowQuestions: settings.windowQuestions,
    gauges: createDriftGauges(metrics.registry),
    log:
      settings.predictionLog &&
      openPredictionLog(settings.predictionLog, (error) => {
        metrics.logFailed();
        log(`Cannot log predictions: ${error.message}`);
      }),
  });
  let isReady = false;
  const service: Service = {
    settings,
    models,
    metrics,
    clock,
    log,
    isReady: () => isReady,
    observe: (model, asked) => {
      const { classes } = model.tagger;
      for (const { given, byName } of asked) {
        const tags = Array.from(given, (label) => classes[label]!);
        for (const { tag } of byName) tags.push(tag);
        if (tags.length === 0) metrics.withoutTags();
        metrics.predicted(1, tags);
      }
      watcher.watch(model, asked);
    },
    refresh: watcher.refresh,
  };
  const setReady = (value: boolean): void => {
    isReady = value;
    metrics.ready(value);
  };
  const http = await createHttp(service);
  const url = await listen(http, settings);
  const stopped = new AbortController();
  const following = followModel(models, settings.reloadEveryMs, clock, stopped.signal);
  setReady(true);
  return {
    url,
    close: async () => {
      setReady(false);
      await clock.sleep(settings.drainMs);
      stopped.abort();
      await following;
      const late = setTimeout(() => {
        http.server.closeAllConnections();
      }, settings.limits.timeoutMs);
      await http.close();
      clearTimeout(late);
      await watcher.close();
    },
  };
}

const WHY_NOT: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process listens there',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'this user may not listen on that port',
  ENOTFOUND: 'the host is not known',
  EAI_AGAIN: 'the name service gives no answer',
};

async function listen(
  http: FastifyInstance,
  { host, port }: Pick<ServerSettings, 'host' | 'port'>,
): Promise<string> {
  try {
    return await http.listen({ host, port });
  } catch (error) {
    await http.close();
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new StageFailure(`Cannot listen on ${host}, port ${port}: ${WHY_NOT[code] ?? message}`, {
      hint: 'name others by --host and --port; port 0 takes a free one',
      cause: error,
    });
  }
}
