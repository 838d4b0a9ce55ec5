/**
 * The Remote port: a place far away that keeps files by name. Every implementation passes one contract suite.
 *
 * Names are relative, with `/`. All calls throw `RemoteError`; with an aborted signal one of kind `cancelled`.
 *
 * @module
 */

export interface RemoteFile {
  readonly name: string;
  readonly sizeBytes: number;
}

/** What is to be stored: a file here. */
export interface LocalFile {
  readonly path: string;
  readonly sizeBytes: number;
  /** Of what must arrive, in hexadecimal; undefined where anything may. */
  readonly md5: string | undefined;
}

export interface Remote {
  /** For people, without secrets. */
  readonly url: string;
  /** Undefined where there is none. */
  stat(name: string, signal: AbortSignal): Promise<RemoteFile | undefined>;
  /** All files whose name begins so, in no particular order; none where the place is not there yet. */
  list(prefix: string, signal: AbortSignal): AsyncIterable<RemoteFile>;
  /** The bytes from an offset on; none from the end on. */
  read(name: string, fromByte: number, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** Nobody sees the file before it is whole. One that is not of its `md5` is not stored: `damaged`. */
  write(name: string, file: LocalFile, signal: AbortSignal): Promise<void>;
  remove(name: string, signal: AbortSignal): Promise<void>;
  /** Ends connections. */
  close(): void;
}
