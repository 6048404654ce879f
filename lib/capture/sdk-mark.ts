import { isReference } from '../context/operation-chain.js';

/** The SDK drops an error object that carries its mark. */
const MARK = '__sentry_captured__';

/** Allows another report of the same object: a second request that fails with it is a second failure. */
export function clearSdkMark(error: unknown): void {
  if (isReference(error) && hasSdkMark(error)) Reflect.deleteProperty(error, MARK);
}

/** Keeps the SDK's handlers of uncaught errors from reporting this error. */
export function setSdkMark(error: unknown): void {
  if (isReference(error)) Reflect.defineProperty(error, MARK, { value: true, configurable: true, writable: true });
}

export function hasSdkMark(error: unknown): boolean {
  if (!isReference(error)) return false;
  try {
    return (error as { [MARK]?: unknown })[MARK] === true;
  } catch {
    return false; // errors whose getters throw carry no mark
  }
}
