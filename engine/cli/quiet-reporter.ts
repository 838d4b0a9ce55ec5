/**
 * For commands that run no stage: only what concerns the repository is told.
 *
 * @module
 */

import { createRunReporter } from '../report/index.ts';
import type { Reporter } from '../run/index.ts';
import type { Terminal } from './terminal.ts';

export const quietReporter = ({ out, error }: Terminal): Reporter =>
  createRunReporter({ verbosity: 'quiet', isSerial: true, isExplaining: false, out, error }).report;
