import { startInbox } from '../../lib/inbox/index.js';
import { eventEnvelope } from './envelope-text.js';
import { send } from './raw-request.js';

it('notifies every open page of new items and of a clear', async () => {
  const inbox = await startInbox({ port: 0 });
  const streams = await Promise.all([fetch(`${inbox.url}/api/stream`), fetch(`${inbox.url}/api/stream`)]);
  expect(streams[0].headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  await send(`${inbox.url}/api/1/envelope/`, { method: 'POST', body: eventEnvelope({ message: 'line\nbreak' }) });
  const [item] = inbox.items();
  inbox.clear();
  await inbox.close();
  for (const stream of streams) {
    const text = await stream.text();
    const events = text.split('\n\n').filter((block) => block.startsWith('event:'));
    expect(events).toEqual([`event: item\ndata: ${JSON.stringify(item)}`, 'event: clear\ndata: {}']);
  }
});
