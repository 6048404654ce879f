import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markReported, passOn } from '../../lib/capture/dedupe';
import { rememberChain } from '../../lib/context/operation-chain';
import { startExecution, type Execution } from '../../lib/context/execution';
import { RateLimits } from '../../lib/delivery/rate-limits';
import { groupKey } from '../../lib/grouping';
import { compileBudgets } from '../../lib/sampling/name-budgets';
import { DistinctCounter } from '../../lib/sampling/distinct-counter';
import { GroupBudgets } from '../../lib/sampling/group-budgets';
import { COLLECTIONS } from './list';

const LIB = join(__dirname, '..', '..', 'lib');
const MANY = 100_000;

/**
 * The collections of a file that outlive a function call: of the module, of the process, or of an object. Others work on
 * them: constant sets, and collections with weak keys, are left out.
 */
function collectionsIn(file: string): string[] {
  const source = readFileSync(join(LIB, file), 'utf8');
  const declaration =
    /^(?:export )?const (\w+)[^\n]*? = (?:processWide\([^\n]*?=> )?new (?:Map|Set)(?:<[^\n]*>)?\(\)|^ {2}(?:(?:private|readonly|static|protected) )+(\w+)[^\n]*? = (?:new (?:Map|Set)(?:<[^\n]*>)?\(\)|\[\]);|^ {2}const (?=\w*[cC]ache)(\w+) = new (?:Map|Set)[^\n]*\(\)|(\w+): new (?:Map|Set)(?:<[^\n]*>)?\(\)/gm;
  return [...source.matchAll(declaration)].map(
    ([, ofModule, ofObject, cache, inner]) => `${file} ${ofModule ?? ofObject ?? cache ?? inner}`,
  );
}

const files = (readdirSync(LIB, { recursive: true }) as string[]).filter(
  (file) => file.endsWith('.ts') && !file.startsWith('scrubbing/') && !file.startsWith('inbox/page/'),
);

test('every collection that outlives a call is listed, with what bounds it', () => {
  const listed = COLLECTIONS.map(([place]) => place);
  expect([...new Set(files.flatMap(collectionsIn))].sort()).toEqual([...listed].sort());
});

describe(`after ${MANY} distinct keys`, () => {
  const execution = (): Execution => ({
    ...startExecution(new (jest.requireActual('@sentry/nestjs').Scope)()),
    kind: 'http',
  });
  const operation = { name: 'operation', startedAt: 0, finished: false };

  test.each<[string, number, () => { size: number }]>([
    [
      'categories of a receiver',
      100,
      () => {
        const limits = new RateLimits();
        for (let at = 0; at < MANY; at += 100) {
          const names = Array.from({ length: 100 }, (_, index) => `category_${at + index}`).join(';');
          limits.update(200, { 'x-sentry-rate-limits': `9999:${names}` }, 0);
        }
        limits.update(200, { 'x-sentry-rate-limits': '9999:error' }, 0);
        expect(limits.isLimited('error', 0)).toBe(true);
        return { size: (limits as unknown as { categories: Map<string, number> }).categories.size - 1 };
      },
    ],
    [
      'groups',
      1_000,
      () => {
        const limits = { burst: 1, perMinute: 1, ceiling: 1, maxGroups: 1_000, maxSummaries: 1, window: 1 };
        const budgets = new GroupBudgets(limits, () => undefined);
        for (let at = 0; at < MANY; at++) budgets.refilled(`group ${at}`, 0);
        return { size: [...budgets.entries()].length };
      },
    ],
    [
      'users',
      1_000,
      () => {
        const counter = new DistinctCounter();
        for (let at = 0; at < MANY; at++) counter.add(`user ${at}`);
        return { size: counter.count() };
      },
    ],
    [
      'values thrown in one execution: reported',
      1_000,
      () => {
        const long = execution();
        for (let at = 0; at < MANY; at++) markReported(long, `value ${at}`, 'id');
        return long.reported.values;
      },
    ],
    [
      'values rethrown to the process',
      1_000,
      () => {
        const inner = execution();
        const outer: Execution = { ...execution(), kind: 'process' };
        for (let at = 0; at < MANY; at++) {
          inner.reported.values.clear();
          markReported(inner, `value ${at}`, 'id');
          passOn(`value ${at}`, inner, outer);
        }
        return outer.reported.values;
      },
    ],
    [
      'values thrown in one execution: chains',
      1_000,
      () => {
        const long = execution();
        for (let at = 0; at < MANY; at++) rememberChain(long, `value ${at}`, operation);
        return long.chains.values;
      },
    ],
  ])('%s: at most %i are kept', (_what, most, fill) => {
    const { size } = fill();
    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThanOrEqual(most);
  });
});

test('a budget is right for every name, whether it is kept or not', () => {
  const budget = compileBudgets({ 'GET /orders/*': '1s' }, 'budgets');
  for (let at = 0; at < 3_000; at++) {
    expect(budget(`GET /orders/${at}`)?.limit).toBe(1_000);
    expect(budget(`GET /other/${'x'.repeat(at)}`)).toBeUndefined();
  }
});

test('the key of a group is short, whatever a fingerprint holds', () => {
  const key = (part: string) => groupKey([part], new Error('any'), {});
  expect(key('x'.repeat(1_000_000)).length).toBeLessThan(100);
  expect(key('x'.repeat(1_000_000))).toBe(key('x'.repeat(1_000_000)));
  expect(key('x'.repeat(5_000) + 'a')).not.toBe(key('x'.repeat(5_000) + 'b'));
  expect(key('short')).toBe('short');
});
