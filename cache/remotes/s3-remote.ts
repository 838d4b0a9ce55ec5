/**
 * A remote in S3, or in what speaks its language. The AWS SDK is loaded when the remote is opened; it finds credentials as
 * all of AWS's tools do, unless they are given.
 *
 * @module
 */

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import { isSystemError } from '../core/index.ts';
import type { LocalFile, Remote, RemoteFile } from './remote.ts';
import { RemoteError } from './remote-error.ts';
import { requireMd5 } from './require-md5.ts';

export interface S3RemoteOptions {
  readonly bucket: string;
  /** Without slashes at its ends; may be empty. */
  readonly prefix: string;
  readonly endpointUrl: string | undefined;
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly credentialPath: string | undefined;
  readonly configPath: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly secretAccessKey: string | undefined;
  readonly sessionToken: string | undefined;
  readonly useSsl: boolean;
  /** Or the path of the authorities to trust. */
  readonly sslVerify: boolean | string;
  readonly isAnonymous: boolean;
  readonly readTimeoutSeconds: number | undefined;
  readonly connectTimeoutSeconds: number | undefined;
  /** `sse`, `sse_kms_key_id`, `sse_customer_algorithm`, `sse_customer_key`, `acl`, `grant_…`: for what is stored. */
  readonly storing: ReadonlyMap<string, string>;
  /** Connections at once. */
  readonly jobs: number;
}

/** Smaller files go in one request; larger ones in parts of so much. S3 allows 10,000 parts of at least 5 MiB. */
const PART_BYTES = 16 << 20;
const MAX_PARTS = 10_000;
const MAX_ATTEMPTS = 5;
const DEFAULT_REGION = 'us-east-1';

export async function openS3Remote(options: S3RemoteOptions): Promise<Remote> {
  const sdk = await import('@aws-sdk/client-s3');
  const config = await clientConfig(options);
  let client = new sdk.S3Client(config);
  if (!(await hasRegion(client.config.region)))
    client = new sdk.S3Client({ ...config, region: DEFAULT_REGION });
  const { bucket, prefix } = options;
  const keyOf = (name: string): string => (prefix === '' ? name : `${prefix}/${name}`);
  const nameOf = (key: string): string => (prefix === '' ? key : key.slice(prefix.length + 1));
  const url = `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`;
  const storing = storingParameters(options.storing);
  const reading = readingParameters(options.storing);
  const explained = async <T>(signal: AbortSignal, name: string, action: () => Promise<T>): Promise<T> => {
    if (signal.aborted) throw new RemoteError('cancelled', 'Cancelled');
    try {
      return await action();
    } catch (error) {
      throw explain(error, signal, url, name);
    }
  };

  const stat = (name: string, signal: AbortSignal): Promise<RemoteFile | undefined> =>
    explained(signal, name, async () => {
      const command = new sdk.HeadObjectCommand({ Bucket: bucket, Key: keyOf(name), ...reading });
      const head = await client.send(command, { abortSignal: signal }).catch(noneWhereMissing);
      return head === undefined ? undefined : { name, sizeBytes: head.ContentLength ?? 0 };
    });

  async function* list(under: string, signal: AbortSignal): AsyncIterable<RemoteFile> {
    let next: string | undefined;
    do {
      const page = await explained(signal, under, () =>
        client.send(
          new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix: keyOf(under), ContinuationToken: next }),
          { abortSignal: signal },
        ),
      );
      for (const { Key, Size } of page.Contents ?? []) {
        if (Key !== undefined) yield { name: nameOf(Key), sizeBytes: Size ?? 0 };
      }
      next = page.NextContinuationToken;
    } while (next !== undefined);
  }

  async function* read(name: string, fromByte: number, signal: AbortSignal): AsyncIterable<Uint8Array> {
    const range = fromByte === 0 ? {} : { Range: `bytes=${fromByte}-` };
    try {
      const command = new sdk.GetObjectCommand({ Bucket: bucket, Key: keyOf(name), ...range, ...reading });
      const { Body } = await client.send(command, { abortSignal: signal });
      yield* Body as AsyncIterable<Uint8Array>;
    } catch (error) {
      if (isNamed(error, 'InvalidRange')) return;
      throw explain(error, signal, url, name);
    }
  }

  const write = (name: string, file: LocalFile, signal: AbortSignal): Promise<void> =>
    explained(signal, name, async () => {
      const target = { Bucket: bucket, Key: keyOf(name), ...storing };
      if (file.sizeBytes <= PART_BYTES) {
        const Body = await readFile(file.path);
        const md5 = createHash('md5').update(Body);
        requireMd5(file, md5.copy().digest('hex'));
        // By which the server checks what arrives.
        const sum = { ContentMD5: md5.digest('base64') };
        await client.send(new sdk.PutObjectCommand({ ...target, ...sum, Body }), { abortSignal: signal });
        return;
      }
      await checkFile(file, signal);
      const { Upload } = await import('@aws-sdk/lib-storage');
      const upload = new Upload({
        client,
        params: { ...target, Body: createReadStream(file.path) },
        partSize: Math.max(PART_BYTES, Math.ceil(file.sizeBytes / MAX_PARTS)),
        queueSize: 2,
        leavePartsOnError: false,
      });
      const cancel = (): void => void upload.abort();
      signal.addEventListener('abort', cancel);
      try {
        await upload.done();
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    });

  return {
    url,
    stat,
    list,
    read: (name, fromByte, signal) => Promise.resolve(read(name, fromByte, signal)),
    write,
    remove: (name, signal) =>
      explained(signal, name, async () => {
        const command = new sdk.DeleteObjectCommand({ Bucket: bucket, Key: keyOf(name) });
        await client.send(command, { abortSignal: signal });
      }),
    close: () => {
      client.destroy();
    },
  };
}

/** The environment or a file of AWS's names one. */
const hasRegion = (region: () => Promise<string>): Promise<boolean> =>
  region().then(
    () => true,
    () => false,
  );

/** Before a byte of it leaves. */
async function checkFile(file: LocalFile, signal: AbortSignal): Promise<void> {
  const hash = createHash('md5');
  for await (const bytes of createReadStream(file.path, { highWaterMark: 1 << 20, signal })) {
    hash.update(bytes as Uint8Array);
  }
  requireMd5(file, hash.digest('hex'));
}

async function clientConfig(options: S3RemoteOptions): Promise<S3ClientConfig> {
  const { endpointUrl, region, useSsl, profile } = options;
  const endpoint = endpointUrl === undefined ? undefined : withScheme(endpointUrl, useSsl);
  return {
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(await credentials(options)),
    maxAttempts: MAX_ATTEMPTS,
    // What speaks S3's language does not always know its newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    followRegionRedirects: endpoint === undefined,
    requestHandler: await requestHandler(options),
  };
}

const withScheme = (url: string, useSsl: boolean): string =>
  /^https?:\/\//.test(url) ? url : `${useSsl ? 'https' : 'http'}://${url}`;

async function credentials(options: S3RemoteOptions): Promise<S3ClientConfig> {
  const { accessKeyId, secretAccessKey, sessionToken, credentialPath, configPath, profile } = options;
  if (options.isAnonymous) {
    return { signer: { sign: (request) => Promise.resolve(request) } };
  }
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    const session = sessionToken === undefined ? {} : { sessionToken };
    return { credentials: { accessKeyId, secretAccessKey, ...session } };
  }
  if (credentialPath === undefined && configPath === undefined) return {};
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  return {
    credentials: defaultProvider({
      ...(credentialPath === undefined ? {} : { filepath: credentialPath }),
      ...(configPath === undefined ? {} : { configFilepath: configPath }),
      ...(profile === undefined ? {} : { profile }),
    }),
  };
}

/** Plain options: the SDK makes its handler of them. */
async function requestHandler(
  options: S3RemoteOptions,
): Promise<NonNullable<S3ClientConfig['requestHandler']>> {
  const { connectTimeoutSeconds = 10, readTimeoutSeconds = 60, sslVerify, jobs } = options;
  const { Agent } = await import('node:https');
  const trust = typeof sslVerify === 'string' ? { ca: await readFile(sslVerify) } : {};
  return {
    connectionTimeout: connectTimeoutSeconds * 1000,
    socketTimeout: readTimeoutSeconds * 1000,
    httpsAgent: new Agent({
      keepAlive: true,
      maxSockets: 2 * jobs,
      rejectUnauthorized: sslVerify !== false,
      ...trust,
    }),
    httpAgent: { keepAlive: true, maxSockets: 2 * jobs },
  };
}

/** DVC's names of what S3 is to do with what it stores. */
const STORING: Readonly<Record<string, string>> = {
  sse: 'ServerSideEncryption',
  sse_kms_key_id: 'SSEKMSKeyId',
  sse_customer_algorithm: 'SSECustomerAlgorithm',
  sse_customer_key: 'SSECustomerKey',
  acl: 'ACL',
  grant_full_control: 'GrantFullControl',
  grant_read: 'GrantRead',
  grant_read_acp: 'GrantReadACP',
  grant_write_acp: 'GrantWriteACP',
};

const storingParameters = (storing: ReadonlyMap<string, string>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...storing].flatMap(([key, value]) => (STORING[key] === undefined ? [] : [[STORING[key], value]])),
  );

/** What was encrypted with a customer's key is read with it. */
const readingParameters = (storing: ReadonlyMap<string, string>): Readonly<Record<string, string>> =>
  storingParameters(new Map([...storing].filter(([key]) => key.startsWith('sse_customer'))));

function noneWhereMissing(error: unknown): undefined {
  if (isNamed(error, 'NotFound') || isNamed(error, 'NoSuchKey')) return undefined;
  throw error;
}

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name;

const DENIED = new Set([
  'AccessDenied',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'InvalidToken',
  'Forbidden',
  '403',
]);

function explain(error: unknown, signal: AbortSignal, url: string, name: string): unknown {
  if (error instanceof RemoteError || !(error instanceof Error)) return error;
  if (signal.aborted) return new RemoteError('cancelled', 'Cancelled', { cause: error });
  const withCause = { cause: error };
  const { httpStatusCode } = (error as { $metadata?: { httpStatusCode?: number } }).$metadata ?? {};
  if (error.name === 'CredentialsProviderError') {
    return new RemoteError('no-credentials', `No credentials for ${url}: ${error.message}`, withCause);
  }
  if (error.name === 'BadDigest' || error.name === 'InvalidDigest')
    return new RemoteError('damaged', `"${name}" did not arrive at ${url} as it was sent`, withCause);
  if (error.name === 'NoSuchBucket')
    return new RemoteError('no-place', `There is no bucket for ${url}`, withCause);
  if (error.name === 'NoSuchKey' || error.name === 'NotFound')
    return new RemoteError('missing', `"${name}" is not in ${url}`, withCause);
  if (DENIED.has(error.name) || httpStatusCode === 403 || httpStatusCode === 401)
    return new RemoteError('denied', `${url} refuses: ${error.message || error.name}`, withCause);
  if (isSystemError(error) && 'path' in error) return new RemoteError('io', error.message, withCause);
  return new RemoteError('unreachable', `${url} does not answer: ${reasonOf(error)}`, withCause);
}

/** Of several addresses that were tried, each. */
const reasonOf = (error: Error): string =>
  error instanceof AggregateError
    ? error.errors.map((each) => (each as Error).message).join(', ')
    : error.message || error.name;
