import { NestFactory } from '@nestjs/core';
import { patchPrototype } from './patch-method.js';

interface Factory {
  abortOnError?: boolean;
  initialize(...args: unknown[]): Promise<void>;
}

/**
 * Hooks the creation of all providers. Nest ends the process if that fails, so the hook lets Nest rethrow the error,
 * and ends the process itself. The import resolves to the copy of Nest that runs, in a bundle too.
 *
 * @param watch - creates the providers, and rethrows an error once it is reported
 * @returns false if this version of Nest has no such method
 */
export function patchFactory(watch: (create: () => Promise<void>) => Promise<void>): boolean {
  return patchPrototype(
    'bootstrap',
    Object.getPrototypeOf(NestFactory) as Factory,
    'initialize',
    (initialize) =>
      async function (...args) {
        const { abortOnError } = this;
        const rethrowing = Object.create(this, { abortOnError: { value: false } }) as Factory;
        try {
          await watch(() => initialize.apply(rethrowing, args));
        } catch (error) {
          if (abortOnError !== false) process.exit(1);
          throw error;
        }
      },
  );
}
