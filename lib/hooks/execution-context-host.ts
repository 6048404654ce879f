import type { ArgumentsHost } from '@nestjs/common';

/**
 * What Nest would have given to a filter. Its own class is not public, and in a bundle it has no path.
 *
 * @param kind - of its context; default `http`
 */
export function executionContextHost(args: unknown[], kind = 'http'): ArgumentsHost {
  const at = <T>(index: number) => args[index] as T;
  return {
    getArgs: <T extends unknown[]>() => args as T,
    getArgByIndex: at,
    getType: <T extends string>() => kind as T,
    switchToHttp: () => ({ getRequest: () => at(0), getResponse: () => at(1), getNext: () => at(2) }),
    switchToRpc: () => ({ getData: () => at(0), getContext: () => at(1) }),
    switchToWs: () => ({ getClient: () => at(0), getData: () => at(1), getPattern: () => at(args.length - 1) }),
  };
}
