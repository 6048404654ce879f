import type { ArgumentsHost } from '@nestjs/common';
import type { Answer } from '../../capture/judge.js';
import { report } from '../../capture/report.js';
import { reportUnlessExpected } from '../../capture/report-failure.js';
import { setSdkMark } from '../../capture/sdk-mark.js';
import { INTERNAL_ERROR } from '../../client/span-status.js';
import { keepContext } from '../../process-state/context-runner.js';
import { patchCopy } from '../../hooks/patch-method.js';
import { currentExecution } from '../../context/execution.js';
import { guarded, stats } from '../../stats/stats.js';
import { processWide } from '../../process-state/process-wide.js';
import { policyOfEvent } from './gateway-execution.js';
import type { WsExceptionsHandler, WsProxy } from './nest-shapes.js';

const MECHANISM = { type: 'auto.ws.nestjs', handled: false };

type Inside = (run: () => void) => void;

/** Runs code in the context of the event that a failure belongs to. */
const insides = processWide('gateway-failures', () => new WeakMap<ArgumentsHost, Inside>());

/**
 * An Observable that a handler returns can fail while another event runs, for example if that event fails a shared
 * Subject. So failures are bound to their event before they reach Nest's exceptions handler.
 */
export function bindFailuresToEvent(create: WsProxy['create']): WsProxy['create'] {
  return function (this: WsProxy, target, exceptionsHandler, pattern) {
    patchCopy('WsExceptionsHandler', exceptionsHandler);
    const plain = create.call(this, target, exceptionsHandler, pattern);
    return (...args) => {
      if (!policyOfEvent()) return plain(...args);
      const inside = keepContext('event');
      const tied = Object.create(exceptionsHandler) as WsExceptionsHandler;
      tied.handle = (exception, host) => {
        insides.set(host, inside);
        return exceptionsHandler.handle(exception, host);
      };
      return create.call(this, target, tied, pattern)(...args);
    };
  };
}

/** Every exception of an event passes through here, whichever filter handles it. The filter runs first. */
export function judgeByAnswer(handle: WsExceptionsHandler['handle']): WsExceptionsHandler['handle'] {
  return function (this: WsExceptionsHandler, exception, host) {
    const inside: Inside =
      insides.get(host) ??
      ((run) => {
        run();
      });
    const note = (filterAnswer: Answer) => {
      guarded('gateway-failure', () => {
        inside(() => {
          reportEventFailure(exception, filterAnswer, host);
        });
      });
    };
    let answer: unknown;
    try {
      answer = handle.call(this, exception, host);
    } catch (failureOfFilter) {
      note({ replacement: { error: failureOfFilter } });
      throw failureOfFilter;
    }
    note({});
    return answer;
  };
}

function reportEventFailure(error: unknown, answer: Answer, host: ArgumentsHost): void {
  const policyOf = policyOfEvent();
  if (!policyOf) return;
  const { handler } = currentExecution();
  reportUnlessExpected({ error, answer, policyOf, handler, host, transport: 'ws' });
}

/**
 * Reports an error thrown by a lifecycle method of a gateway. No filter handles it, so it reaches the process, and only
 * `capture.ignore` prevents the report. Primitive values are left to the SDK, because they cannot be marked as reported.
 */
export function reportLifecycleError(error: unknown): void {
  const policyOf = policyOfEvent();
  if (!policyOf || typeof error !== 'object' || error === null) return;
  const execution = currentExecution();
  if (policyOf(execution.handler).ignores(error, undefined)) {
    stats.capture.ignored++;
    setSdkMark(error);
    return;
  }
  execution.failed = INTERNAL_ERROR;
  report(error, MECHANISM);
}
