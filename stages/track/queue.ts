/**
 * What a tracker is still to be told: `<home>/tmp/dvc-like/tracking/`, a directory for each message, with copies of its
 * files. A message goes when it was told. What was being written when the process ended is no message, and is removed.
 *
 * Messages are told in the order in which they were first queued.
 *
 * @module
 */

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { shortNameOf } from './local-store.ts';
import type { Artifact, Message } from './tracker.ts';

export interface Queued {
  readonly message: Message;
  readonly remove: () => void;
}

const MESSAGE = 'message.json';
const UNFINISHED = '.new';

export function queue(home: string, message: Message, nowMs: number): void {
  const directory = queueOf(home);
  mkdirSync(directory, { recursive: true });
  const name = nameOf(message);
  const queued = readdirSync(directory);
  if (queued.some((each) => each.endsWith(`-${name}`))) return;
  // After all that is there, whatever the clock says.
  const stamp = Math.max(Math.floor(nowMs), ...queued.map((each) => Number.parseInt(each, 10) + 1));
  // 13 digits last until the year 2286.
  const place = join(directory, `${String(stamp).padStart(13, '0')}-${name}`);
  rmSync(`${place}${UNFINISHED}`, { recursive: true, force: true });
  mkdirSync(`${place}${UNFINISHED}`);
  writeFileSync(join(`${place}${UNFINISHED}`, MESSAGE), JSON.stringify(withCopies(message, place)));
  renameSync(`${place}${UNFINISHED}`, place);
}

/** @param home Absolute: `.dvc-like` or `.dvc` of the project. */
export function readQueue(home: string): readonly Queued[] {
  const directory = queueOf(home);
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .sort()
    .flatMap((name): readonly Queued[] => {
      const place = join(directory, name);
      const remove = (): void => {
        rmSync(place, { recursive: true, force: true });
      };
      if (name.endsWith(UNFINISHED)) {
        remove();
        return [];
      }
      return [{ message: JSON.parse(readFileSync(join(place, MESSAGE), 'utf8')) as Message, remove }];
    });
}

const queueOf = (home: string): string => join(home, 'tmp', 'dvc-like', 'tracking');

const nameOf = (message: Message): string =>
  message.kind === 'run' ? `run-${shortNameOf(message.run)}` : `champion-${message.model.slice(0, 16)}`;

/** The message with its files copied: the originals may be others when it is told. */
function withCopies(message: Message, place: string): Message {
  if (message.kind !== 'run') return message;
  const copy =
    (folder: string) =>
    ({ name, path }: Artifact): Artifact => {
      const target = join(`${place}${UNFINISHED}`, folder, name);
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(path, target);
      return { name, path: join(place, folder, name) };
    };
  return {
    ...message,
    artifacts: message.artifacts.map(copy('artifacts')),
    model: message.model.map(copy('model')),
  };
}
