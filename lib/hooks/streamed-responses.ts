import { keepContext } from '../process-state/context-runner.js';
import type { Readable } from 'node:stream';
import { isObservable, Observable } from 'rxjs';
import { currentExecution } from '../context/execution.js';
import { guarded } from '../stats/stats.js';
import { processWide } from '../process-state/process-wide.js';
import { HttpFailure } from '../capture/http-failure.js';
import type { PolicyOf } from '../capture/policy.js';
import { executionContextHost } from './execution-context-host.js';
import { patchMethod } from './patch-method.js';

/** The status that `StreamableFile` responds with if any stream fails before the headers are sent. */
const STREAM_FAILED = 400;

interface Adapter {
  reply(response: unknown, body: unknown, status?: number): unknown;
}
interface ResponseController {
  applicationRef?: object;
  sse(result: unknown, response: unknown, request: unknown, ...rest: unknown[]): Promise<void>;
}

const tracked = processWide('streamed-responses', () => new WeakSet());

/** Failures of streamed files bypass Nest's exceptions handlers: once headers are sent, no filter can respond. */
export function trackStreamedResponses(adapter: object, policyOf: PolicyOf): void {
  const target = adapter as Adapter;
  if (tracked.has(adapter) || typeof target.reply !== 'function') return;
  tracked.add(adapter);
  const reply = target.reply.bind(target);
  target.reply = (response, body, ...rest) => {
    guarded('streamed-responses', () => {
      const stream = streamOf(body);
      if (stream) watchStream(stream, response, policyOf);
    });
    return reply(response, body, ...rest);
  };
}

function streamOf(body: unknown): Readable | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { getStream, getHeaders } = body as { getStream?: unknown; getHeaders?: unknown };
  if (typeof getStream !== 'function' || typeof getHeaders !== 'function') return undefined;
  const stream = getStream.call(body) as Partial<Readable> | undefined;
  return typeof stream?.once === 'function' ? (stream as Readable) : undefined;
}

function watchStream(stream: Readable, response: unknown, policyOf: PolicyOf): void {
  const request = requestOf(response);
  // The stream may belong to a connection that other requests share.
  const inside = keepContext('stream');
  const failed = (error: unknown) => {
    inside(() => {
      observeFailure(error, request, response, policyOf, STREAM_FAILED);
    });
  };
  if (stream.errored) failed(stream.errored);
  else stream.once('error', failed);
}

function requestOf(response: unknown): unknown {
  const { req, request } = response as { req?: unknown; request?: unknown };
  return request ?? req;
}

/**
 * Reports failures of event streams: once the headers are sent, Nest ends a failed stream with an `error` event.
 *
 * @param policyOf - returns the policy of the application behind an adapter
 */
export function patchEventStreams(policyOf: (adapter: object) => PolicyOf | undefined): void {
  patchMethod<ResponseController, 'sse'>(
    'streams',
    { module: '@nestjs/core/router/router-response-controller.js', className: 'RouterResponseController' },
    'sse',
    (sse) =>
      function (result, response, request, ...rest) {
        const policy = this.applicationRef && policyOf(this.applicationRef);
        if (!policy) return sse.call(this, result, response, request, ...rest);
        const inside = keepContext('event-stream');
        const failed = (error: unknown) => {
          inside(() => {
            observeFailure(error, request, response, policy);
          });
        };
        currentExecution().isEventStream = true;
        return sse.call(this, followed(result, failed), response, request, ...rest);
      },
  );
}

function followed(result: unknown, failed: (error: unknown) => void): unknown {
  if (isObservable(result)) return follow(result, failed);
  if (!(result instanceof Promise)) return result;
  return result.then((value: unknown) => (isObservable(value) ? follow(value, failed) : value));
}

function follow(source: Observable<unknown>, failed: (error: unknown) => void): Observable<unknown> {
  return new Observable((subscriber) =>
    source.subscribe({
      next: (value) => {
        subscriber.next(value);
      },
      error: (error: unknown) => {
        failed(error);
        subscriber.error(error);
      },
      complete: () => {
        subscriber.complete();
      },
    }),
  );
}

function observeFailure(
  error: unknown,
  request: unknown,
  response: unknown,
  policyOf: PolicyOf,
  meaningless?: number,
): void {
  guarded('streamed-responses', () => {
    new HttpFailure(error, executionContextHost([request, response]), policyOf, undefined, meaningless).answered();
  });
}
