import type { ContextRunner } from '../../process-state/context-runner.js';

/**
 * Maps the events of a source to results, one for each, like graphql's own `subscribe`. `answer` creates each result in
 * an execution that begins when the event arrives.
 *
 * @param failed - called when the source fails; the failure is still passed on to the caller
 */
export function mapSubscriptionEvents(
  source: AsyncIterable<unknown>,
  inside: ContextRunner,
  answer: (event: unknown) => Promise<unknown>,
  failed: (error: unknown) => void,
): AsyncGenerator {
  const iterator = inside(() => source[Symbol.asyncIterator]());
  const answered = async (result: IteratorResult<unknown>): Promise<IteratorResult<unknown>> => {
    if (result.done) return result;
    try {
      return { done: false, value: await answer(result.value) };
    } catch (error) {
      await close();
      throw error;
    }
  };
  const close = async () => {
    try {
      await inside(() => iterator.return?.());
    } catch {
      // ignored: the failure that closed the source is rethrown
    }
  };
  const from = async (advance: () => Promise<IteratorResult<unknown>>) => {
    let result: IteratorResult<unknown>;
    try {
      result = await inside(advance);
    } catch (error) {
      failed(error);
      throw error;
    }
    return answered(result);
  };
  const generator = {
    next: () => from(() => iterator.next()),
    return: () => from(() => iterator.return?.() ?? Promise.resolve({ done: true, value: undefined })),
    throw: async (error: unknown) => answered(await inside(() => iterator.throw?.(error) ?? rejected(error))),
    [Symbol.asyncIterator]() {
      return generator;
    },
  };
  return generator as unknown as AsyncGenerator;
}

function rejected(error: unknown): Promise<never> {
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the caller's value, unchanged
  return Promise.reject(error);
}
