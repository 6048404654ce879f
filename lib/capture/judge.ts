import type { ArgumentsHost } from '@nestjs/common';
import { isReference } from '../context/operation-chain.js';
import { exceptionStatusOf, isStatusOfOther, statusOf } from './error-status.js';
import { graphqlCodeOf, graphqlStatusOf } from './graphql-codes.js';
import { isMessageException } from './message-exception.js';
import type { CapturePolicy, Outcome } from './policy.js';

/** The application's response to a failure. */
export interface Answer {
  /** Status of the HTTP response; undefined if there is none, or if it is unrelated to this failure. */
  status?: number;
  /** What a filter threw or returned instead of the error. */
  replacement?: { error: unknown };
  /** Whether the failure only means that the client has disconnected. */
  aborted?: boolean;
  /** Whether the failure of an event handler is rethrown to the emitter, which may respond to it. */
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
  /** The error to report: if a filter fails, its error is more useful than the error it handled. */
  error: unknown;
  /** The error that the filter handled, if another one is reported. */
  original?: unknown;
}

/**
 * Decides whether a failure was expected. Pure: reads the error, the answer and the policy, and nothing else.
 *
 * - HTTP: the response decides, unless Nest has taken its status from the response of another server; without one, the
 *   status that the error itself requests.
 * - RPC and sockets: `RpcException` and `WsException` are responses; so is an error with its own status.
 * - Background work has no response: whatever its status, a failure was not expected. A failure that an event handler
 *   rethrows is judged like a failure of a message.
 * - GraphQL and custom transports: the code or status of the error, or of the error that a filter replaced it with; the
 *   response decides if there is none to the operation. A GraphQL error takes no status from `http-errors`: Apollo Server
 *   responds to it with `INTERNAL_SERVER_ERROR`.
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
  if (transport === 'http') {
    const status = isStatusOfOther(error, answer.status) ? undefined : (answer.status ?? statusOf(error));
    return { outcome: decide(error, status), error };
  }
  if (transport === 'rpc' || transport === 'ws') return judgeMessage(error, answer, decide);
  if (BACKGROUND.has(transport)) {
    return answer.rethrown ? judgeMessage(error, answer, decide) : { outcome: decide(error, undefined), error };
  }
  if (answer.status !== undefined) return { outcome: decide(error, answer.status), error };
  return judgeResult(error, answer, policy, decide, transport === 'graphql' ? exceptionStatusOf : statusOf);
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

function judgeResult(
  error: unknown,
  { replacement }: Answer,
  policy: CapturePolicy,
  decide: Decide,
  ownStatusOf: (error: unknown) => number | undefined,
): Verdict {
  const askedStatus = (candidate: unknown) => ownStatusOf(candidate) ?? graphqlStatusOf(candidate);
  const isClientError = [error, replacement?.error].some((each) => policy.graphqlCodes.has(graphqlCodeOf(each) ?? ''));
  const crashed = replacement !== undefined && replacement.error !== error && !isAnswer(replacement.error);
  const shown = crashed ? replacement.error : error;
  const original = crashed ? error : undefined;
  if (isClientError) return { outcome: 'ignored', error: shown, original };
  const own = askedStatus(error);
  // A 4xx takes precedence, whether the error requested it or a filter set it.
  const status = own !== undefined && own < 500 ? own : ((replacement && askedStatus(replacement.error)) ?? own);
  return { outcome: decide(shown, status), error: shown, original };
}

/** Whether a filter created this as a response, rather than failed with it. */
function isAnswer(error: unknown): boolean {
  if (!isReference(error)) return true;
  try {
    const { getStatus, getError, extensions } = error as Record<string, unknown>;
    return typeof getStatus === 'function' || typeof getError === 'function' || typeof extensions === 'object';
  } catch {
    return false; // errors whose getters throw are not responses
  }
}
