import type { ArgumentsHost } from '@nestjs/common';
import { markJudged, wasJudged } from '../../capture/judged-failures.js';
import { reportUnlessExpected } from '../../capture/report-failure.js';
import type { TrackedApplication } from '../../capture/application-registry.js';
import { withHandlerContext, type HandlerContext } from '../../context/handler-context.js';
import { guarded } from '../../stats/stats.js';

interface FieldFailure {
  error: unknown;
  /** What GraphQL made of it, if that is known. */
  replacement?: { error: unknown };
  owner: TrackedApplication;
  host?: ArgumentsHost;
}

/** Judges the failure of a field, unless Nest's exceptions handler or an inner resolver has had it judged. */
export function judgeField({ error, replacement, owner, host }: FieldFailure, context: HandlerContext): void {
  guarded('graphql-hooks', () => {
    withHandlerContext(context, () => {
      const { at, handler } = context;
      if (wasJudged(error, at)) return;
      markJudged(error, at);
      const { policyOf } = owner;
      reportUnlessExpected({ error, answer: { replacement }, policyOf, handler, host, transport: 'graphql' });
    });
  });
}

/** @returns whose failures are these, where they are watched at all */
export type OwnerOf = () => TrackedApplication | undefined;
