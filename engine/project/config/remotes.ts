/**
 * Remotes as the config describes them. Nothing is connected to, and no file of credentials read.
 *
 * @module
 */

import type { S3RemoteOptions } from '../../../cache/index.ts';
import type { Place } from '../../core/index.ts';
import { schemeOf } from './check-settings.ts';
import type { Section, Settings } from './layers.ts';

export type RemoteConfig = DirectoryRemote | S3Remote | OtherRemote;

interface CommonRemote {
  /** In lower case. */
  readonly name: string;
  /** Where it is declared. */
  readonly place: Place;
  /** As it was resolved: a path is absolute, `remote://x/y` is what it stands for. */
  readonly url: string;
  /** Transfers at once. */
  readonly jobs: number | undefined;
  /** What arrives is hashed before it is believed. */
  readonly verify: boolean;
  /** DVC's remotes with versions by the cloud, in another layout. */
  readonly isVersionAware: boolean;
  readonly isWorktree: boolean;
}

export interface DirectoryRemote extends CommonRemote {
  readonly kind: 'directory';
  /** Absolute. */
  readonly path: string;
  /** The group may write into its directories. */
  readonly isShared: boolean;
}

export interface S3Remote extends CommonRemote, Omit<S3RemoteOptions, 'jobs'> {
  readonly kind: 's3';
}

/** One of the kinds that DVC has and this engine has not. */
export interface OtherRemote extends CommonRemote {
  readonly kind: 'other';
  readonly scheme: string;
}

/** @param settings Checked. */
export function remotesOf(settings: Settings): ReadonlyMap<string, RemoteConfig> {
  const sections = [...settings.values()].filter(
    ({ name }) => name.group === 'remote' && name.member !== undefined,
  );
  return new Map(sections.map((section) => [section.name.member!, remoteOf(section, settings)]));
}

const STORING = /^(?:sse|sse_kms_key_id|sse_customer_algorithm|sse_customer_key|acl|grant_\w+)$/;

function remoteOf(section: Section, settings: Settings): RemoteConfig {
  const values = valuesOf(section, settings, []);
  const url = values.get('url')!;
  const scheme = schemeOf(url);
  const flag = (key: string, otherwise: boolean): boolean => {
    const value = values.get(key)?.toLowerCase();
    return value === undefined ? otherwise : value === 'true';
  };
  const number = (key: string): number | undefined => {
    const value = values.get(key);
    return value === undefined ? undefined : Number(value);
  };
  const common = {
    name: section.name.member!,
    place: section.place,
    url,
    jobs: number('jobs'),
    verify: flag('verify', false),
    isVersionAware: flag('version_aware', false),
    isWorktree: flag('worktree', false),
  };
  if (scheme === '') {
    const path = url.replace(/^file:\/\//, '');
    return { ...common, kind: 'directory', path, isShared: values.get('shared') !== undefined };
  }
  if (scheme !== 's3') return { ...common, kind: 'other', scheme };
  const [bucket = '', ...names] = url.slice('s3://'.length).split('/');
  const sslVerify = values.get('ssl_verify');
  return {
    ...common,
    kind: 's3',
    bucket,
    prefix: names.filter((name) => name !== '').join('/'),
    endpointUrl: values.get('endpointurl'),
    region: values.get('region'),
    profile: values.get('profile'),
    credentialPath: values.get('credentialpath'),
    configPath: values.get('configpath'),
    accessKeyId: values.get('access_key_id'),
    secretAccessKey: values.get('secret_access_key'),
    sessionToken: values.get('session_token'),
    useSsl: flag('use_ssl', true),
    sslVerify: /^(?:true|false)$/i.test(sslVerify ?? 'true') ? flag('ssl_verify', true) : sslVerify!,
    isAnonymous: flag('allow_anonymous_login', false),
    readTimeoutSeconds: number('read_timeout'),
    connectTimeoutSeconds: number('connect_timeout'),
    storing: new Map([...values].filter(([key]) => STORING.test(key))),
  };
}

/** With what the remote that a `remote://x/y` refers to says. */
function valuesOf(
  section: Section,
  settings: Settings,
  above: readonly Section[],
): ReadonlyMap<string, string> {
  const own = new Map([...section.settings].map(([key, { value }]) => [key, value.toString()]));
  const [, name, path = ''] = /^remote:\/\/([^/]+)\/*(.*)$/.exec(own.get('url')!) ?? [];
  const base = name === undefined ? undefined : settings.get(`remote.${name.toLowerCase()}`);
  if (base === undefined || above.includes(base)) return own;
  const inherited = valuesOf(base, settings, [...above, section]);
  const url = `${inherited.get('url')!.replace(/\/+$/, '')}/${path}`.replace(/\/$/, '');
  return new Map([...inherited, ...own, ['url', url]]);
}
