import { operationsOf, titleOf } from './inbox-items.js';
import type { Judgement } from './judgement.js';
import type { Paint } from './paint.js';
import { scrubbedIn } from './scrubbed.js';

/** Formats the result of the scenario for the terminal. */
export function accountOf(judgement: Judgement, inboxUrl: string, paint: Paint): string {
  const { reported, leftOut, traces, counted, missing, unexpected, items, leaks } = judgement;
  const heading = (text: string): string => paint('bold', text);
  const lines = [heading(`Reported: ${reported.length} events, each exactly once`)];

  for (const { exchange, event } of reported) {
    lines.push(
      `  ${paint(event.level === 'warning' ? 'yellow' : 'red', titleOf(event))}`,
      `      ${exchange.request} responded ${exchange.answered}: ${exchange.what}`,
      `      in ${event.transaction ?? '?'}: user ${event.user?.id ?? 'unknown'}, operations ${operationsOf(event).join(' > ') || 'none'}`,
      `      ${paint('cyan', `${inboxUrl}/#/event/${event.event_id ?? ''}`)}`,
    );
  }

  lines.push('', heading(`Not reported, because they are expected: ${leftOut.length} failures`));
  for (const { answered, request, leftOut: reason } of leftOut) lines.push(`  ${answered} ${request}: ${reason ?? ''}`);

  lines.push('', heading('Scrubbed before sending'));
  lines.push(...scrubbedIn(reported.map(({ event }) => event)).map((line) => `  ${line}`));
  if (leaks.length === 0) lines.push(`  no password, token, card number or email address in any of the ${items} items`);

  lines.push(
    '',
    heading(`Traces: ${traces} requests`),
    '  without responses 401 to 404 and health checks; /auth and /payments are critical and always traced',
  );
  if (counted.size > 0) lines.push('', heading('Counted'));
  for (const [name, times] of counted) lines.push(`  ${name} ${times}`);

  for (const [title, problems] of [
    ['Missing', missing],
    ['Unexpected', unexpected],
    ['Not scrubbed', leaks],
  ] as const) {
    if (problems.length > 0)
      lines.push('', paint(['bold', 'red'], title), ...problems.map((problem) => `  ${problem}`));
  }
  return `${lines.join('\n')}\n`;
}
