import type { ArgumentsHost } from '@nestjs/common';
import { reportUnlessExpected, markJudged, wasJudged, type Failure } from '../../capture/report-failure.js';
import type { TrackedApplication } from '../../capture/application-registry.js';
import { withHandlerContext, type HandlerContext } from '../../context/handler-context.js';
import { guarded } from '../../stats/stats.js';
import { loadOptional } from '../../optional-dependencies/load-optional.js';

type HostClass = new (args: unknown[]) => ArgumentsHost & { setType(type: string): void };

/** Judges the failure of a field, unless Nest's exceptions handler or an inner resolver has had it judged. */
export function judgeField(failure: Omit<Failure, 'kind' | 'handler'>, place: HandlerContext): void {
  guarded('graphql-hooks', () => {
    withHandlerContext(place, () => {
      const { error } = failure;
      if (wasJudged(error, place.at)) return;
      markJudged(error, place.at);
      reportUnlessExpected({ ...failure, handler: place.handler, kind: 'graphql' });
    });
  });
}

/** @returns whose failures are these, where they are watched at all */
export type OwnerOf = () => TrackedApplication | undefined;

/** What Nest would have given to a filter. */
export function hostOf(args: unknown[]): ArgumentsHost | undefined {
  return guarded('graphql-hooks', () => {
    const hosts = loadOptional<{ ExecutionContextHost?: HostClass }>('@nestjs/core/helpers/execution-context-host.js');
    if (!hosts?.ExecutionContextHost) return undefined;
    const host = new hosts.ExecutionContextHost(args);
    host.setType('graphql');
    return host;
  });
}
