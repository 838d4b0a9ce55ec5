/**
 * What may be set: DVC's sections and options, and what each takes.
 *
 * @module
 */

export type OptionKind =
  | 'text'
  /** Stored in lower case: names of remotes. */
  | 'name'
  | 'boolean'
  | 'boolean-or-text'
  | 'integer'
  /** At least 1. */
  | 'count'
  /** At least 0, with a fraction. */
  | 'seconds'
  | 'link-types'
  | readonly string[];

export type Options = Readonly<Record<string, OptionKind>>;

export const LINK_TYPES = ['reflink', 'hardlink', 'symlink', 'copy'] as const;

const LOCAL: Options = {
  type: 'link-types',
  protected: 'boolean',
  shared: ['group'],
  slow_link_warning: 'boolean',
  verify: 'boolean',
};

const REMOTE: Options = {
  url: 'text',
  checksum_jobs: 'count',
  jobs: 'count',
  worktree: 'boolean',
  no_traverse: 'boolean',
  version_aware: 'boolean',
};

/** Sections of which there is one. */
export const SECTIONS: ReadonlyMap<string, Options> = new Map<string, Options>([
  [
    'core',
    {
      remote: 'name',
      checksum_jobs: 'count',
      interactive: 'boolean',
      analytics: 'boolean',
      hardlink_lock: 'boolean',
      no_scm: 'boolean',
      autostage: 'boolean',
      experiments: 'boolean',
      check_update: 'boolean',
      site_cache_dir: 'text',
      machine: 'name',
    },
  ],
  [
    'cache',
    {
      local: 'text',
      s3: 'text',
      gs: 'text',
      hdfs: 'text',
      webhdfs: 'text',
      ssh: 'text',
      azure: 'text',
      dir: 'text',
      ...LOCAL,
    },
  ],
  ['parsing', { bool: ['store_true', 'boolean_optional'], list: ['nargs', 'append'] }],
  ['state', { dir: 'text', row_limit: 'count', row_cleanup_quota: 'integer' }],
  ['index', { dir: 'text' }],
  ['plots', { html_template: 'text', auto_open: 'boolean', out_dir: 'text' }],
  [
    'exp',
    {
      code: 'text',
      data: 'text',
      models: 'text',
      metrics: 'text',
      params: 'text',
      plots: 'text',
      live: 'text',
      auto_push: 'boolean',
      git_remote: 'text',
    },
  ],
  [
    'hydra',
    {
      enabled: 'boolean',
      config_dir: 'text',
      config_module: 'text',
      config_name: 'text',
      plugins_path: 'text',
    },
  ],
  ['studio', { token: 'text', url: 'text', repo_url: 'text', offline: 'boolean' }],
]);

/** Here DVC takes any key. */
export const OPEN_SECTION = 'feature';

/** Sections of which there may be several, each with a name, other than remotes. */
export const NAMED_SECTIONS: ReadonlyMap<string, Options> = new Map<string, Options>([
  [
    'machine',
    {
      cloud: ['aws', 'azure'],
      region: ['us-west', 'us-east', 'eu-west', 'eu-north'],
      image: 'text',
      spot: 'boolean',
      spot_price: 'seconds',
      instance_hdd_size: 'integer',
      instance_type: 'name',
      instance_gpu: 'name',
      ssh_private: 'text',
      startup_script: 'text',
      setup_script: 'text',
    },
  ],
  ['db', { url: 'text', username: 'text', password: 'text' }],
]);

const HTTP: Options = {
  auth: ['basic', 'digest', 'custom'],
  custom_auth_header: 'text',
  user: 'text',
  password: 'text',
  ask_password: 'boolean',
  ssl_verify: 'boolean-or-text',
  method: 'text',
  connect_timeout: 'seconds',
  read_timeout: 'seconds',
  verify: 'boolean',
  ...REMOTE,
};

const WEBDAV: Options = {
  user: 'text',
  password: 'text',
  ask_password: 'boolean',
  token: 'text',
  bearer_token_command: 'text',
  custom_auth_header: 'text',
  cert_path: 'text',
  key_path: 'text',
  timeout: 'integer',
  ssl_verify: 'boolean-or-text',
  verify: 'boolean',
  ...REMOTE,
};

/** By the scheme of the URL; the empty one is a directory. */
export const REMOTES: ReadonlyMap<string, Options | 'any'> = new Map<string, Options | 'any'>([
  ['', { ...LOCAL, ...REMOTE }],
  [
    's3',
    {
      region: 'text',
      profile: 'text',
      credentialpath: 'text',
      configpath: 'text',
      endpointurl: 'text',
      access_key_id: 'text',
      secret_access_key: 'text',
      session_token: 'text',
      listobjects: 'boolean',
      use_ssl: 'boolean',
      allow_anonymous_login: 'boolean',
      ssl_verify: 'boolean-or-text',
      sse: 'text',
      sse_kms_key_id: 'text',
      sse_customer_algorithm: 'text',
      sse_customer_key: 'text',
      acl: 'text',
      grant_read: 'text',
      grant_read_acp: 'text',
      grant_write_acp: 'text',
      grant_full_control: 'text',
      read_timeout: 'integer',
      connect_timeout: 'integer',
      verify: 'boolean',
      ...REMOTE,
    },
  ],
  [
    'gs',
    {
      projectname: 'text',
      credentialpath: 'text',
      endpointurl: 'text',
      verify: 'boolean',
      allow_anonymous_login: 'boolean',
      ...REMOTE,
    },
  ],
  [
    'ssh',
    {
      type: 'link-types',
      port: 'integer',
      user: 'text',
      password: 'text',
      ask_password: 'boolean',
      passphrase: 'text',
      ask_passphrase: 'boolean',
      keyfile: 'text',
      timeout: 'integer',
      gss_auth: 'boolean',
      allow_agent: 'boolean',
      max_sessions: 'integer',
      verify: 'boolean',
      ...REMOTE,
    },
  ],
  ['hdfs', { user: 'text', kerb_ticket: 'text', ...REMOTE }],
  [
    'webhdfs',
    {
      kerberos: 'boolean',
      kerberos_principal: 'text',
      proxy_to: 'text',
      ssl_verify: 'boolean-or-text',
      token: 'text',
      use_https: 'boolean',
      user: 'text',
      password: 'text',
      data_proxy_target: 'text',
      verify: 'boolean',
      ...REMOTE,
    },
  ],
  [
    'azure',
    {
      connection_string: 'text',
      sas_token: 'text',
      account_name: 'text',
      account_key: 'text',
      tenant_id: 'text',
      client_id: 'text',
      client_secret: 'text',
      allow_anonymous_login: 'boolean',
      exclude_environment_credential: 'boolean',
      exclude_visual_studio_code_credential: 'boolean',
      exclude_shared_token_cache_credential: 'boolean',
      exclude_managed_identity_credential: 'boolean',
      verify: 'boolean',
      timeout: 'integer',
      read_timeout: 'integer',
      connection_timeout: 'integer',
      ...REMOTE,
    },
  ],
  ['oss', { oss_key_id: 'text', oss_key_secret: 'text', oss_endpoint: 'text', verify: 'boolean', ...REMOTE }],
  [
    'gdrive',
    {
      profile: 'text',
      gdrive_use_service_account: 'boolean',
      gdrive_client_id: 'text',
      gdrive_client_secret: 'text',
      gdrive_user_credentials_file: 'text',
      gdrive_service_account_user_email: 'text',
      gdrive_service_account_json_file_path: 'text',
      gdrive_trash_only: 'boolean',
      gdrive_acknowledge_abuse: 'boolean',
      verify: 'boolean',
      ...REMOTE,
    },
  ],
  ['http', HTTP],
  ['https', HTTP],
  ['webdav', WEBDAV],
  ['webdavs', WEBDAV],
  ['remote', 'any'],
]);

/** Options of a remote that name a file or directory. */
export const PATH_OPTIONS: ReadonlySet<string> = new Set([
  'url',
  'gdrive_user_credentials_file',
  'gdrive_service_account_json_file_path',
  'credentialpath',
  'configpath',
  'keyfile',
  'cert_path',
  'key_path',
]);
