import type { ArgumentsHost } from '@nestjs/common';
import { isReference } from '../context/chain.js';
import { statusOf } from './error-status.js';
import { graphqlCodeOf, graphqlStatusOf } from './graphql-codes.js';
import { isMessageException } from './message-exception.js';
import type { CapturePolicy, Outcome } from './policy.js';

/** What the application answered a failure with. */
export interface Answer {
  /** Status of the HTTP response; undefined if there is none, or none that tells anything about this failure. */
  status?: number;
  /** What a filter threw or returned in place of the error. */
  replacement?: { error: unknown };
  /** The client has left, and the failure says no more than that. */
  aborted?: boolean;
  /** The failure of an event handler goes on to what emitted the event, which may answer it. */
  rethrown?: boolean;
}

/**
 * The kind of Nest's `ArgumentsHost`: `http`, `rpc`, `ws`, `graphql`, or the name of a custom transport; `schedule`,
 * `event` and `queue` for background work.
 */
export type Transport = string;

const BACKGROUND = new Set<Transport>(['schedule', 'event', 'queue']);

export interface Verdict {
  outcome: Outcome;
  /** The error to report: what a filter failed with tells more than what it was to answer. */
  error: unknown;
  /** The error that the filter was to answer, if another one is reported. */
  original?: unknown;
}

/**
 * Decides whether a failure was expected. Pure: reads the error, the answer and the policy, and nothing else.
 *
 * - HTTP: the answer decides; without one, the status that the error itself asks for.
 * - RPC and sockets: `RpcException` and `WsException` are answers; so is an error with a status of its own.
 * - Background work is answered by nobody: whatever its status, a failure was not expected. A failure that an event
 *   handler hands on is judged like that of a message.
 * - GraphQL and custom transports: the code or status of the error, or of what a filter made of it.
 *
 * @param random - a number from 0 to 1, for rates
 */
export function judge(
  error: unknown,
  answer: Answer,
  transport: Transport,
  policy: CapturePolicy,
  host?: ArgumentsHost,
  random: () => number = Math.random,
): Verdict {
  if (answer.aborted) return { outcome: 'ignored', error };
  const decide = (candidate: unknown, status: number | undefined) => policy.decide(candidate, status, host, random);
  if (transport === 'http') return { outcome: decide(error, answer.status ?? statusOf(error)), error };
  if (transport === 'rpc' || transport === 'ws') return judgeMessage(error, answer, decide);
  if (BACKGROUND.has(transport)) {
    return answer.rethrown ? judgeMessage(error, answer, decide) : { outcome: decide(error, undefined), error };
  }
  return judgeResult(error, answer, policy, decide);
}

type Decide = (error: unknown, status: number | undefined) => Outcome;

function judgeMessage(error: unknown, { replacement }: Answer, decide: Decide): Verdict {
  const outcomeOf = (candidate: unknown) =>
    isMessageException(candidate) ? 'ignored' : decide(candidate, statusOf(candidate));
  if (replacement && replacement.error !== error) {
    const outcome = outcomeOf(replacement.error);
    if (outcome !== 'ignored') return { outcome, error: replacement.error, original: error };
  }
  return { outcome: outcomeOf(error), error };
}

function judgeResult(error: unknown, { replacement }: Answer, policy: CapturePolicy, decide: Decide): Verdict {
  const isClientError = [error, replacement?.error].some((each) => policy.graphqlCodes.has(graphqlCodeOf(each) ?? ''));
  const crashed = replacement !== undefined && replacement.error !== error && !isAnswer(replacement.error);
  const shown = crashed ? replacement.error : error;
  const original = crashed ? error : undefined;
  if (isClientError) return { outcome: 'ignored', error: shown, original };
  const own = askedStatus(error);
  // A 4xx wins, whether the error asked for it or a filter made it one.
  const status = own !== undefined && own < 500 ? own : ((replacement && askedStatus(replacement.error)) ?? own);
  return { outcome: decide(shown, status), error: shown, original };
}

function askedStatus(error: unknown): number | undefined {
  return statusOf(error) ?? graphqlStatusOf(error);
}

/** Whether a filter made this to be sent, rather than failed with it. */
function isAnswer(error: unknown): boolean {
  if (!isReference(error)) return true;
  try {
    const { getStatus, getError, extensions } = error as Record<string, unknown>;
    return typeof getStatus === 'function' || typeof getError === 'function' || typeof extensions === 'object';
  } catch {
    return false; // errors whose getters throw are not answers
  }
}
