import { compileScrubber } from '../../lib/scrubbing/index.js';

const scrubber = compileScrubber();

function scrubLine(line: string): unknown {
  const frames = [{ filename: '/app/a.js', context_line: line, pre_context: [line], post_context: [line] }];
  const event = { exception: { values: [{ type: 'Error', value: 'x', stacktrace: { frames } }] } };
  const [frame] = (scrubber.item('event', event) as typeof event).exception.values[0]!.stacktrace.frames;
  expect(frame!.pre_context).toEqual([frame!.context_line]);
  expect(frame!.post_context).toEqual([frame!.context_line]);
  return frame!.context_line;
}

test.each([
  ['await fetch(`https://cards.example/charges/4711?api_key=KEYOFCARDS1`);', 'KEYOFCARDS1'],
  ["get('https://cards.example/charges?token=KEYOFCARDS2')", 'KEYOFCARDS2'],
  ["new Pool('host=db user=shop password=KEYOFCARDS3 sslmode=off')", 'KEYOFCARDS3'],
  ["const query = '?access_token=KEYOFCARDS4&page=1';", 'KEYOFCARDS4'],
  [`const url = "https://cards.example/?api_key=KEYOFCARDS5" + "&token=KEYOFCARDS6";`, 'KEYOFCARDS5 KEYOFCARDS6'],
  [`const it = "it's ?token=KEYOFCARDS7";`, 'KEYOFCARDS7'],
])('in a literal of a source line: %s', (line, secrets) => {
  const expected = secrets.split(' ').reduce((text, secret) => text.replace(secret, '[Filtered]'), line);
  expect(scrubLine(line)).toBe(expected);
});

test.each([
  '`https://cards.example/charges?token=${token}`',
  "'Set-Cookie: session=; Path=/'",
  "'SELECT * FROM users WHERE password=? AND token=$1'",
  "const a = 'token=%s', b = 'password=<password>';",
  "const url = base + '?api_key=' + key + '&token=' + token;",
  "'grant_type=password&client_id=shop'",
  'res.setHeader("set-cookie", `session=${sid}; HttpOnly`);',
  'const password=getPassword();',
  "if (token==='x' || secret!=='y') {",
  '<input type="password" name="password">',
  'pattern = /password=(\\w+)/g;',
  "text.replace(/token=([^&]+)/, 'token=***')",
  "url.includes('token=') ? 'a=b' : c",
])('a source line without a secret stays: %s', (line) => {
  expect(scrubLine(line)).toBe(line);
});

test('users and reasons that clients name in sessions and reports', () => {
  const sessions = { aggregates: [{ started: '2026-11-28T10:00:00Z', did: 'anna@shop.example', exited: 3 }] };
  expect(scrubber.item('sessions', sessions)).toEqual({
    aggregates: [{ ...sessions.aggregates[0], did: expect.stringMatching(/^user-\w+@pseudonym\.invalid$/) }],
  });
  const discarded_events = [{ reason: 'mail anna@shop.example password=hunter2pw', category: 'error', quantity: 1 }];
  const { reason } = (scrubber.item('client_report', { discarded_events }) as any).discarded_events[0];
  expect(reason).toMatch(/^mail user-\w+@pseudonym\.invalid password=\[Filtered\]$/);
});
