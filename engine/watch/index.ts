export { type Lookout, openLookout } from './lookout.ts';
export { runRounds } from './run-rounds.ts';
export { MAX_NAMED } from './watch-loop.ts';
export { union, type WatchSet } from './watch-set.ts';
export { countInputs, watchedBy, watchedByReading } from './watched.ts';
