import type { Execution } from '../../context/execution.js';
import { firstInCauses } from '../../domains/index.js';
import {
  noteOutboundCall,
  outboundCallOf,
  outboundFacts,
  undiciResponse,
  type OutboundCall,
  type OutboundFacts,
} from '../../grouping/index.js';
import { processWide } from '../../process-state/process-wide.js';

export interface FailedCall extends OutboundCall {
  /** Whether an error with these facts may be about this call. */
  isFor(facts: OutboundFacts): boolean;
  /** Whether this is its response, as undici keeps it in an error. */
  hasResponse(response: object): boolean;
}

const MAX_CALLS = 10;

/** The last calls of an execution whose response was an error, the newest last. */
const failedCalls = processWide('failed-calls', () => new WeakMap<Execution, FailedCall[]>());

export function noteFailedCall(execution: Execution, call: FailedCall): void {
  const calls = failedCalls.get(execution) ?? [];
  failedCalls.set(execution, [...calls.slice(1 - MAX_CALLS), call]);
}

/**
 * Finds the call that an error or its cause is about. Clients on top of `fetch`, such as ky, keep another request than the
 * one that undici announces, so theirs is the last one with the same target and status.
 */
export function linkFailedCall(error: unknown, execution: Execution): void {
  const calls = failedCalls.get(execution);
  if (!calls) return;
  firstInCauses(error, (link) => {
    const known = outboundCallOf(link);
    if (known) return known;
    const response = undiciResponse(link);
    const facts = outboundFacts(link);
    const call = calls.findLast((each) => (response ? each.hasResponse(response) : facts && each.isFor(facts)));
    if (call) noteOutboundCall(link, call);
    return call;
  });
}
