import type { ArgumentsHost } from '@nestjs/common';
import { loadOptional } from '../optional-dependencies/load-optional.js';

type HostClass = new (args: unknown[]) => ArgumentsHost & { setType(type: string): void };

/**
 * What Nest would have given to a filter.
 *
 * @param type - the kind of its context; default `http`
 */
export function executionContextHost(args: unknown[], type?: string): ArgumentsHost | undefined {
  const Host = loadOptional<{ ExecutionContextHost?: HostClass }>(
    '@nestjs/core/helpers/execution-context-host.js',
  )?.ExecutionContextHost;
  const host = Host && new Host(args);
  if (type) host?.setType(type);
  return host;
}
