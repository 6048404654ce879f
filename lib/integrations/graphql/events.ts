/** Runs work where a subscription was made: its scope, not that of the process. */
export type BoundRunner = <T>(run: () => T) => T;

/**
 * The answers to the events of a source, one for each, as graphql's own `subscribe` makes them; but each is made by
 * `answer` in an execution that begins when its event is there.
 *
 * @param failed - told when the source fails; the failure goes on to the caller
 */
export function answerEvents(
  source: AsyncIterable<unknown>,
  inside: BoundRunner,
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
      // the failure that closed the source tells more than one of closing it
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
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the caller gave, as it is
  return Promise.reject(error);
}
