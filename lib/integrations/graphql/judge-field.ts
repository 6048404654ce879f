import type { ArgumentsHost } from '@nestjs/common';
import { markJudged, wasJudged } from '../../capture/judged-failures.js';
import { reportUnlessExpected } from '../../capture/report-failure.js';
import type { TrackedApplication } from '../../capture/application-registry.js';
import { withHandlerContext, type HandlerContext } from '../../context/handler-context.js';
import { guarded } from '../../stats/stats.js';

interface FieldFailure {
  error: unknown;
  /** The error that GraphQL replaced it with, if known. */
  replacement?: { error: unknown };
  owner: TrackedApplication;
  host?: ArgumentsHost;
  /** Status of the HTTP response, if it contains no result of an operation. */
  status?: number;
}

/** Judges the failure of a field, unless Nest's exceptions handler or an inner resolver has already done so. */
export function judgeField({ error, replacement, owner, host, status }: FieldFailure, context: HandlerContext): void {
  guarded('graphql-hooks', () => {
    withHandlerContext(context, () => {
      const { at, handler } = context;
      if (wasJudged(error, at)) return;
      markJudged(error, at);
      const { policyOf } = owner;
      reportUnlessExpected({ error, answer: { replacement, status }, policyOf, handler, host, transport: 'graphql' });
    });
  });
}

/** @returns the application that the failures belong to, if it is tracked */
export type OwnerOf = () => TrackedApplication | undefined;
