/**
 * Names of sections: `core`, or `remote "x"`, which a person calls `remote.x`.
 *
 * @module
 */

export interface SectionName {
  /** `core`, `remote`. */
  readonly group: string;
  /** Of one of several. */
  readonly member: string | undefined;
}

/** @param name As `IniSection.name`. */
export function readSectionName(name: string): SectionName {
  const match = /^\s*(remote|machine|db)\s*"(.*)"\s*$/.exec(name);
  return match === null ? { group: name, member: undefined } : { group: match[1]!, member: match[2]! };
}

/** As the file has it. */
export const headerOf = ({ group, member }: SectionName): string =>
  member === undefined ? group : `${group} "${member}"`;

/** As a person calls it. */
export const dotted = ({ group, member }: SectionName): string =>
  member === undefined ? group : `${group}.${member}`;
