import type { ArgumentsHost } from '@nestjs/common';

/**
 * The host that Nest would have passed to a filter. Nest's own class is not public, and in a bundle it has no path.
 *
 * @param kind - type of the context; default: `http`
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
