import type { ArgumentsHost } from '@nestjs/common';
import { AsyncResource } from 'node:async_hooks';
import type { Verdict } from '../../capture/policy.js';
import { isMessageException } from '../../capture/message-exception.js';
import { originalError } from '../../capture/original-error.js';
import { report } from '../../capture/report.js';
import { setSdkMark } from '../../capture/dedupe.js';
import { statusOf } from '../../capture/error-status.js';
import { currentExecution } from '../../context/execution.js';
import { guarded, stats } from '../../stats/stats.js';
import { processWide } from '../../process-state/process-wide.js';
import { policyOfEvent } from './gateway-execution.js';
import type { WsExceptionsHandler, WsProxy } from './nest-shapes.js';

const MECHANISM = { type: 'auto.ws.nestjs', handled: false };

type Inside = (run: () => void) => void;

/** The way back into the event that a failure belongs to. */
const insides = processWide('gateway-failures', () => new WeakMap<ArgumentsHost, Inside>());

/**
 * An Observable that a handler returns can fail while another event runs, as when that one ends a Subject that they
 * share. So each event's failures are tied to the event before Nest's handler of exceptions gets them.
 */
export function hookProxy(prototype: WsProxy): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called below with the `this` of the hook
  const { create } = prototype;
  prototype.create = function (target, exceptionsHandler, pattern) {
    const plain = create.call(this, target, exceptionsHandler, pattern);
    return (...args) => {
      if (!policyOfEvent()) return plain(...args);
      const inside = AsyncResource.bind((run: () => void) => {
        run();
      });
      const tied = Object.create(exceptionsHandler) as WsExceptionsHandler;
      tied.handle = (exception, host) => {
        insides.set(host, inside);
        return exceptionsHandler.handle(exception, host);
      };
      return create.call(this, target, tied, pattern)(...args);
    };
  };
}

/** Every exception of an event passes here, whichever filter answers it. The application answers first. */
export function hookExceptionsHandler(prototype: WsExceptionsHandler): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called below with the `this` of the hook
  const { handle } = prototype;
  prototype.handle = function (exception, host) {
    const inside: Inside =
      insides.get(host) ??
      ((run) => {
        run();
      });
    const note = (...failures: unknown[]) => {
      guarded('gateway-failure', () => {
        inside(() => {
          noteFailure(failures, host);
        });
      });
    };
    let answer: unknown;
    try {
      answer = handle.call(this, exception, host);
    } catch (failureOfFilter) {
      note(failureOfFilter, exception);
      throw failureOfFilter;
    }
    note(exception);
    return answer;
  };
}

/** @param failures - the last one first: that of a filter tells more than what it was to answer */
function noteFailure(failures: unknown[], host: ArgumentsHost): void {
  const policyOf = policyOfEvent();
  if (!policyOf) return;
  const execution = currentExecution();
  const policy = policyOf(execution.handler);
  const first = failures.at(-1);
  let verdict: Verdict = 'ignored';
  for (const error of failures) {
    verdict = isMessageException(error) ? 'ignored' : policy.judge(error, statusOf(error), host, Math.random);
    if (verdict === 'ignored') continue;
    execution.failed = true;
    if (verdict === 'report') report(error, MECHANISM, error === first ? undefined : originalError(first));
    break;
  }
  if (verdict !== 'report') stats.capture[verdict]++;
}

/**
 * Reports what leaves a hook of a gateway's life. Nothing answers it: it goes on to the process, whatever its kind, so
 * only `capture.ignore` keeps it back. A value that is no object is left to the SDK, which could not tell it from a
 * second failure.
 */
export function noteUnanswered(error: unknown): void {
  const policyOf = policyOfEvent();
  if (!policyOf || typeof error !== 'object' || error === null) return;
  const execution = currentExecution();
  if (policyOf(execution.handler).ignores(error, undefined)) {
    stats.capture.ignored++;
    setSdkMark(error);
    return;
  }
  execution.failed = true;
  report(error, MECHANISM);
}
