import { runCommandLine } from '../../lib/cli/program.js';
import { testTerminal } from './test-terminal.js';

it.each([
  [['hunter22', '--key', 'password'], /^removed {2}yes\nrule {5}@\S+\nreason {3}.+\nsent as {2}\[Filtered\]\n$/],
  [['4111 1111 1111 1111'], /^removed {2}yes\nrule {5}@creditcard\nreason {3}.+\nsent as {2}\[Filtered:card\]\n$/],
  [['connect ECONNREFUSED 127.0.0.1:5432'], /^removed {2}no\n/],
  [['15m', '--key', 'tokenExpiresIn'], /^removed {2}no\nreason {3}the name 'tokenExpiresIn' mentions a secret, .+\n/],
  [['x1y2z3', '--key', 'tokenExpiresIn'], /^removed {2}yes\nrule {5}@password\n/],
  [['hello'], /^removed {2}no\nreason {3}.+\nsent as {2}hello\n$/],
])('explains %j', async (args, expected) => {
  const terminal = testTerminal();
  expect(await runCommandLine(['explain', ...args], terminal)).toBe(0);
  expect(terminal.stdout).toMatch(expected);
});
