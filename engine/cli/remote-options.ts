/**
 * How commands open remotes.
 *
 * @module
 */

import type { OpenRemoteOptions } from '../workspace/index.ts';

/** @param name As `-r` says; undefined for the default one. */
export function remoteOptions(name: string | undefined, jobs?: number): OpenRemoteOptions {
  // The SDK speaks of versions of node that it is going to need, on stderr.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  return { name, jobs, processName: String(process.pid) };
}
