/**
 * What `monitor` of `config.yaml` says.
 *
 * @module
 */

export interface MonitorSettings {
  /** The last training months, that texts and words are compared with. */
  readonly reference_months: number;
  /** A tag's F1 is judged where so many of a month's questions have it, and of those held out. */
  readonly min_support: number;
  readonly false_discovery_rate: number;
}
