import { safeError } from '../../lib/capture/safe-error.js';

const members = (count: number): Error[] => Array.from({ length: count }, (_, at) => new Error(`member ${at}`));
const listOf = (error: unknown): string[] => (error as AggregateError).errors.map((member: Error) => member.message);

/** An error whose members are all the same error, and so on: 2^40 paths lead through it. */
function doubled(levels: number): Error {
  let error = new Error('innermost');
  for (let level = 0; level < levels; level++) error = new AggregateError([error, error], `level ${level}`);
  return error;
}

function countErrors(error: unknown): number {
  const { errors = [], cause } = error as { errors?: unknown[]; cause?: unknown };
  return [...errors, cause].filter(Boolean).reduce<number>((sum, inner) => sum + countErrors(inner), 1);
}

describe('an error that would take long to read', () => {
  it('is kept as it is if it is of an ordinary size', () => {
    const error = new AggregateError(members(20), 'several');
    expect(safeError(error)).toBe(error);
  });

  it('is copied without most of thousands of members, and says how many are left out', () => {
    const shown = listOf(safeError(new AggregateError(members(4_500), 'many')));
    expect(shown.slice(0, 2)).toEqual(['member 0', 'member 1']);
    expect(shown.at(-1)).toBe('[cut:4480 more]');
    expect(shown).toHaveLength(21);
  });

  it('is read in part if errors hold each other in doubling nests', () => {
    expect(countErrors(safeError(doubled(40)))).toBeLessThanOrEqual(101);
  });

  it.each([
    ['an object of many entries', Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`key${at}`, at]))],
    ['bytes', Buffer.alloc(10_000_000)],
    ['a typed array', new Float64Array(1_000_000)],
    ['a list', new Array(1_000_000).fill(1)],
    ['a list with holes', Object.assign([], { length: 4_294_967_295 })],
  ])('is shown as an error if it is %s', (_name, thrown) => {
    const error = safeError(thrown) as Error;
    expect(error).toBeInstanceOf(Error);
    expect(Object.keys(error)).toEqual(['name', 'stack'].filter((key) => Object.keys(error).includes(key)));
  });

  it.each<[string, unknown, (shown: unknown) => unknown]>([
    ['a number of 100,000 digits', 2n ** 400_000n, (shown) => shown],
    [
      'a symbol with a long description',
      Symbol('x'.repeat(60_000)),
      (shown) => (shown as Error).message.length < 1_100,
    ],
  ])('does not write out %s', (_name, thrown, seen) => {
    expect(['[cut:digits]', true]).toContain(seen(safeError(thrown)));
  });
});
