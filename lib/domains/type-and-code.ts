import { nameOf, read, readCode, readText } from '../grouping/index.js';
import { firstInCauses } from './error-links.js';

/** The error's name, or that of its class if it is just `Error`. */
export function typeOf(error: unknown): string {
  const name = nameOf(error);
  if (name !== undefined && name !== 'Error') return name;
  return readText(read(error, 'constructor'), 'name') ?? name ?? typeof error;
}

/** The code in the data, else that of the error or its causes. */
export function codeOf(error: unknown, data: object): string | undefined {
  return readCode(data) ?? firstInCauses(error, (link) => readCode(link));
}
