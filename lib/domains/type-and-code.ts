import { nameOf, read, readCode, readText } from '../grouping/index.js';
import { firstInCauses } from './error-links.js';

/** The name of the error; that of its class where it has not given itself one. */
export function typeOf(error: unknown): string {
  const name = nameOf(error);
  if (name !== undefined && name !== 'Error') return name;
  return readText(read(error, 'constructor'), 'name') ?? name ?? typeof error;
}

/** The code that the data gives, else that of the error or of what caused it. */
export function codeOf(error: unknown, data: object): string | undefined {
  return readCode(data) ?? firstInCauses(error, (link) => readCode(link));
}
