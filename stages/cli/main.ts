/**
 * `so-tagger`: the entry of the second command line, for what is done with a model that is there.
 *
 * @module
 */

import { runProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

process.exitCode = await runProgram(processTerminal());
