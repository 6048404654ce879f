import type { ArgumentsHost } from '@nestjs/common';
import { judgeFailure, markJudged, wasJudged, type Failure } from '../../capture/failure-judge.js';
import type { Owner } from '../../capture/owners.js';
import { withinPlace, type Place } from '../../context/place.js';
import { guarded } from '../../ledger/ledger.js';
import { loadPartner } from '../../partners/load-partner.js';

type HostClass = new (args: unknown[]) => ArgumentsHost & { setType(type: string): void };

/** Judges the failure of a field, unless Nest's exceptions handler or an inner resolver has had it judged. */
export function judgeField(failure: Omit<Failure, 'kind' | 'handler'>, place: Place): void {
  guarded('graphql-hooks', () => {
    withinPlace(place, () => {
      const { error } = failure;
      if (wasJudged(error, place.at)) return;
      markJudged(error, place.at);
      judgeFailure({ ...failure, handler: place.handler, kind: 'graphql' });
    });
  });
}

/** @returns whose failures are these, where they are watched at all */
export type OwnerOf = () => Owner | undefined;

/** What Nest would have given to a filter. */
export function hostOf(args: unknown[]): ArgumentsHost | undefined {
  return guarded('graphql-hooks', () => {
    const hosts = loadPartner<{ ExecutionContextHost?: HostClass }>('@nestjs/core/helpers/execution-context-host.js');
    if (!hosts?.ExecutionContextHost) return undefined;
    const host = new hosts.ExecutionContextHost(args);
    host.setType('graphql');
    return host;
  });
}
