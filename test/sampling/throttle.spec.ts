import * as fc from 'fast-check';
import { ConfigurationError } from '../../lib/options/configuration-error.js';
import { compileThrottle, type ThrottleSummary } from '../../lib/sampling/index.js';

const MINUTE = 60_000;
const total = (summaries: ThrottleSummary[]): number => summaries.reduce((sum, { count }) => sum + count, 0);

describe('the throttle', () => {
  test('10,000 identical errors in a minute: the first ten, what refills, and one summary with the exact rest', () => {
    const throttle = compileThrottle(undefined);
    let sent = 0;
    for (let index = 0; index < 10_000; index++) {
      const passed = throttle.take('same', index * 5.9, { user: `u${index % 3_000}`, route: `r${index % 7}` });
      if (passed) sent++;
      if (index < 10) expect(passed).toBe(true);
    }
    expect(sent).toBe(10 + 9); // one more every six seconds
    const deadline = throttle.nextDeadline(59_000) ?? 0;
    expect(deadline).toBe(10 * 5.9 + MINUTE);
    expect(throttle.summaries(deadline - 1)).toEqual([]);
    const summaries = throttle.summaries(deadline);
    expect(summaries).toEqual([
      {
        key: 'same',
        count: 10_000 - sent,
        overCeiling: 0,
        since: 59,
        until: 9_999 * 5.9,
        users: 1_000, // at least: 3,000 were concerned
        routes: 7,
        groups: 1,
      },
    ]);
    expect(throttle.summaries(deadline)).toEqual([]);
    expect(throttle.nextDeadline(deadline)).toBeUndefined();
  });

  test('gives each group its own budget, ten at once and then ten per minute', () => {
    const throttle = compileThrottle({});
    const burst = (key: string, now: number): number => {
      let passed = 0;
      for (let index = 0; index < 100; index++) if (throttle.take(key, now)) passed++;
      return passed;
    };
    expect([burst('a', 0), burst('b', 0)]).toEqual([10, 10]);
    expect([burst('a', 6_000), burst('a', 30_000), burst('a', 10 * MINUTE)]).toEqual([1, 4, 10]);
  });

  test('refills without loss in small steps', () => {
    const throttle = compileThrottle({ burst: 1 });
    const passed: number[] = [];
    for (let now = 0; now <= MINUTE; now += 1_000) if (throttle.take('a', now)) passed.push(now);
    expect(passed).toEqual([0, 6, 12, 18, 24, 30, 36, 42, 48, 54, 60].map((second) => second * 1_000));
  });

  test('keeps the whole process below its ceiling in any minute, and counts what it suppressed', () => {
    const throttle = compileThrottle({ ceiling: 1_000, maxGroups: 500, maxSummaries: 10 });
    let sent = 0;
    for (let index = 0; index < 10_000; index++) if (throttle.take(`group ${index}`, index)) sent++;
    expect(sent).toBe(1_000);
    const summaries = throttle.summaries(11_000 + MINUTE);
    expect(summaries).toHaveLength(11);
    expect(total(summaries)).toBe(9_000);
    const shared = { key: undefined, count: 8_990, overCeiling: 8_990, since: 1_000, groups: 1_000 };
    expect(summaries.at(-1)).toMatchObject(shared);
  });

  test('an evicted group is still counted in the shared summary', () => {
    const throttle = compileThrottle({ burst: 1, perMinute: 0, maxGroups: 2 });
    for (const key of ['a', 'a', 'a', 'b', 'c', 'c']) throttle.take(key, 5, { user: key, route: '/r' });
    const common = { overCeiling: 0, since: 5, until: 5, users: 1, routes: 1, groups: 1 };
    expect(throttle.summaries(5 + MINUTE)).toEqual([
      { key: 'c', count: 1, ...common },
      { key: undefined, count: 2, ...common },
    ]);
  });

  test('evicts the least recently seen group', () => {
    const throttle = compileThrottle({ burst: 1, perMinute: 0, maxGroups: 2 });
    for (const key of ['a', 'b', 'a', 'c']) throttle.take(key, 0);
    expect(throttle.take('a', 0)).toBe(false); // still known
    expect(throttle.take('b', 0)).toBe(true); // forgotten
  });

  test('asks for facts only if an event is suppressed, and counts without them if they throw', () => {
    const throttle = compileThrottle({ burst: 1, perMinute: 0 });
    const facts = jest.fn(() => {
      throw new Error('no user');
    });
    expect(throttle.take('a', 0, facts)).toBe(true);
    expect(facts).not.toHaveBeenCalled();
    expect(throttle.take('a', 0, facts)).toBe(false);
    expect(throttle.drain()).toEqual([
      { key: 'a', count: 1, overCeiling: 0, since: 0, until: 0, users: 0, routes: 0, groups: 1 },
    ]);
  });

  test('a clock that is set back does not delay summaries or events any longer', () => {
    const throttle = compileThrottle({ burst: 1 });
    throttle.take('a', 1_000 * MINUTE);
    throttle.take('a', 1_000 * MINUTE);
    expect(throttle.nextDeadline(0)).toBe(MINUTE);
    expect(throttle.take('a', 0)).toBe(false);
    expect(throttle.take('a', 6_000)).toBe(true);
  });

  test('sends everything when disabled', () => {
    const throttle = compileThrottle(false);
    expect(throttle.take('a', 0)).toBe(true);
    expect([throttle.summaries(0), throttle.drain(), throttle.nextDeadline(0)]).toEqual([[], [], undefined]);
    const open = compileThrottle({ burst: 5_000, ceiling: Infinity });
    for (let index = 0; index < 5_000; index++) expect(open.take('a', 0)).toBe(true);
  });

  test.each([
    [{ burst: 0 }, 'throttle.burst'],
    [{ perMinute: -1 }, 'throttle.perMinute'],
    [{ ceiling: 1.5 }, 'throttle.ceiling'],
    [{ maxGroups: 0 }, 'throttle.maxGroups'],
    [{ window: '1 week' as never }, 'throttle.window'],
    [{ window: 0 }, 'throttle.window'],
  ])('rejects %j', (options, path) => {
    expect(() => compileThrottle(options)).toThrow(ConfigurationError);
    expect(() => compileThrottle(options)).toThrow(path);
  });

  test('an explicit undefined keeps the default', () => {
    const throttle = compileThrottle({ burst: undefined });
    expect(Array.from({ length: 11 }, () => throttle.take('a', 0)).indexOf(false)).toBe(10);
  });
});

describe('for any events, the throttle', () => {
  const events = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd'), after: fc.nat(20_000) }), {
    maxLength: 300,
  });
  const options = fc.record({
    burst: fc.integer({ min: 1, max: 5 }),
    perMinute: fc.integer({ min: 0, max: 30 }),
    ceiling: fc.integer({ min: 0, max: 20 }),
    maxGroups: fc.integer({ min: 1, max: 4 }),
    maxSummaries: fc.nat(4),
    window: fc.integer({ min: 1, max: 100_000 }),
  });

  test('sends or counts each event exactly once, within the budget and the ceiling', () => {
    fc.assert(
      fc.property(options, events, (limits, list) => {
        const throttle = compileThrottle(limits);
        const sent: Array<{ key: string; now: number }> = [];
        const summaries: ThrottleSummary[] = [];
        let now = 0;
        for (const { key, after } of list) {
          now += after;
          const deadline = throttle.nextDeadline(now);
          const closed = throttle.summaries(now);
          expect(closed.length > 0).toBe(deadline !== undefined && deadline <= now);
          expect(closed.length).toBeLessThanOrEqual(limits.maxSummaries + 1);
          summaries.push(...closed);
          if (throttle.take(key, now)) sent.push({ key, now });
        }
        summaries.push(...throttle.drain());
        expect(sent.length + total(summaries)).toBe(list.length);
        for (const { count, since, until } of summaries) {
          expect(count).toBeGreaterThan(0);
          expect(since).toBeLessThanOrEqual(until);
        }
        for (const { now: start } of sent) {
          const within = sent.filter((event) => event.now >= start && event.now < start + MINUTE);
          expect(within.length).toBeLessThanOrEqual(limits.ceiling);
          if (limits.maxGroups < 4) continue; // a forgotten group begins anew
          const same = within.filter(({ key }) => key === within[0]?.key);
          expect(same.length).toBeLessThanOrEqual(limits.burst + limits.perMinute);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('the first suppressed event of a group is its example; a shared summary has none', () => {
    const throttle = compileThrottle({ burst: 1, maxSummaries: 1 });
    const suppress = (key: string, example: string) =>
      throttle.take(key, 0, (first) => ({ example: first ? example : 'another' }));
    for (const key of ['a', 'b']) throttle.take(key, 0);
    suppress('a', 'first of a');
    suppress('a', 'second of a');
    suppress('b', 'first of b');
    const [own, shared] = throttle.drain();
    expect(own).toMatchObject({ key: 'a', count: 2, example: 'first of a' });
    expect(shared).toEqual(expect.not.objectContaining({ example: expect.anything() }));
    suppress('a', 'first of the next window');
    expect(throttle.drain()[0]).toMatchObject({ example: 'first of the next window' });
  });
});
