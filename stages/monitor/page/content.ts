/**
 * What the monitoring page is made of.
 *
 * @module
 */

import type { EvidentlyColumn } from '../evidently-report.ts';
import type { Inputs } from '../inputs.ts';
import type { Monitoring } from '../monitoring.ts';
import type { MonitorSettings } from '../settings.ts';
import type { Gates, Status } from '../status.ts';

export interface Content {
  readonly inputs: Pick<Inputs, 'trainedOn' | 'notice' | 'heldOut'>;
  readonly monitoring: Monitoring;
  readonly status: Status;
  readonly evidently: readonly { readonly month: string; readonly columns: readonly EvidentlyColumn[] }[];
  readonly settings: MonitorSettings;
  readonly gates: Gates;
}
