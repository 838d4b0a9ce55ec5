/**
 * What a verdict depends on besides the stage, its lock entry and the world.
 *
 * @module
 */

export interface DecideOptions {
  /** Run even if nothing changed; what was made before is not restored. */
  readonly force: boolean;
  /** Look for the same inputs in the run cache. */
  readonly useRunCache: boolean;
  /** What is only missing from the workspace or the cache counts as what the lock says of it. */
  readonly allowMissing: boolean;
  /** In a DVC repository, whether data and outs of frozen stages that are missing come from the cache: `--pull`. */
  readonly restoresData: boolean;
  /** For DVC it changes nothing that the manifest no longer names a dep or a param. */
  readonly dialect: 'dvc' | 'native';
}
