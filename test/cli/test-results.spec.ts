import type { TestRun } from '../../lib/cli/test/send-test-items';
import { printResults, resultsOf } from '../../lib/cli/test/test-results';
import { testTerminal } from './test-terminal';

const DSN = 'https://key@errors.example/7';
const ID = 'a'.repeat(32);
const OTHER = 'c'.repeat(32);
const run = (answer: TestRun['items'][number]['answer']): TestRun => ({
  items: [{ type: 'error', item: 'event', id: ID, answer }],
  unsent: [],
  dropped: {},
});

test('an item that has not left the process is not accepted', () => {
  const unsent: TestRun = { items: [], unsent: ['log'], dropped: {} };
  const [result] = resultsOf(unsent, DSN, {});
  expect(result).toMatchObject({ type: 'log', accepted: false, reason: 'not_sent', fix: expect.any(String) });
  expect(resultsOf({ ...unsent, dropped: { scrubbing_failed: 1 } }, DSN, {})).toEqual([
    expect.objectContaining({ detail: 'it was dropped: scrubbing_failed' }),
  ]);
  const terminal = testTerminal();
  printResults([result!], terminal);
  expect(terminal.stdout).toMatch(/^log {10}failed \(not_sent\)\n {13}the SDK has not passed it on\n.*\n0 of 1 accepted.\n$/);
}); // prettier-ignore

test.each([
  [undefined, undefined],
  [ID, undefined],
  [OTHER, `stored as ${OTHER}`],
  ['\u001b[31m', 'stored as \\u001b[31m'],
])('with the id %j in the answer: %s', (id, detail) => {
  expect(resultsOf(run({ status: 200, detail: '', id }), DSN, {})).toEqual([
    { type: 'error', item: 'event', id: ID, accepted: true, status: 200, ...(detail && { detail }) },
  ]);
});

test('what the receiver says has no secrets', () => {
  const answer = { status: 400, reason: 'http_400', detail: 'key sk_live_4eC39HqLyjWDarjtT1zdp7dc is wrong' };
  expect(JSON.stringify(resultsOf(run(answer), DSN, {}))).not.toContain('4eC39HqLyjWDarjtT1zdp7dc');
});
