/**
 * Which MLflow server, and who asks: the variables of MLflow's own client.
 *
 * @module
 */

export interface MlflowServer {
  /** Without a `/` at the end, user and password. */
  readonly base: string;
  /** The header of that name. */
  readonly authorization: string | undefined;
}

const URI_VARIABLE = 'MLFLOW_TRACKING_URI';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * As MLflow's client, user and password count before a token, and the environment's before the address's.
 *
 * @returns Undefined where none is asked for; a text where it is none that can be reached by HTTP.
 */
export function mlflowServer(environment: Environment): MlflowServer | string | undefined {
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const uri = read(URI_VARIABLE);
  if (uri === undefined) return undefined;
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return `${URI_VARIABLE} is no http address: runs are kept in this project only`;
  }
  const user = read('MLFLOW_TRACKING_USERNAME') ?? decodeURIComponent(url.username);
  const password = read('MLFLOW_TRACKING_PASSWORD') ?? decodeURIComponent(url.password);
  const token = read('MLFLOW_TRACKING_TOKEN');
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  return {
    base: `${url.origin}${url.pathname}`.replace(/\/+$/, ''),
    authorization:
      user !== '' && password !== '' ? `Basic ${basic}` : token === undefined ? undefined : `Bearer ${token}`,
  };
}
