/**
 * The key and the token of who asks. They are sent, and stand in nothing that is written or shown.
 *
 * @module
 */

/** Without these the API answers too, but gives 300 requests a day instead of 10,000, and no page after 25. */
export interface Secrets {
  readonly key: string | undefined;
  readonly accessToken: string | undefined;
}

export const KEY_VARIABLE = 'STACK_EXCHANGE_KEY';
export const TOKEN_VARIABLE = 'STACK_EXCHANGE_ACCESS_TOKEN';

/** From variables of the environment; an empty one counts as missing. */
export function secretsOf(environment: Readonly<Record<string, string | undefined>>): Secrets {
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  return { key: read(KEY_VARIABLE), accessToken: read(TOKEN_VARIABLE) };
}

/** No service should send a secret back; what it says goes to logs. */
export function withoutSecrets(text: string, { key, accessToken }: Secrets): string {
  let clean = text;
  for (const secret of [key, accessToken]) {
    for (const form of secret === undefined ? [] : [secret, encodeURIComponent(secret)]) {
      clean = clean.replaceAll(form, '***');
    }
  }
  return clean;
}
