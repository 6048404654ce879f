import { gzipSync } from 'node:zlib';

export const eventId = 'fc6d8c0c43fc4630ad850ee518f1b9d0';

/** What Sentry's browser SDK sends of a failure. */
export function browserEvent(dsn: string, event: object = {}): string {
  return envelope(dsn, [
    'event',
    {
      event_id: eventId,
      platform: 'javascript',
      exception: { values: [{ type: 'TypeError', value: 'cart.total is not a function' }] },
      sdk: { name: 'sentry.javascript.browser', version: '10.75.3', settings: { infer_ip: 'auto' } },
      request: { url: 'https://www.shop.example/cart', headers: { 'User-Agent': 'Mozilla/5.0' } },
      ...event,
    },
  ]);
}

export function envelope(dsn: unknown, ...items: [type: string, payload: unknown][]): string {
  const header = { event_id: eventId, sent_at: new Date().toISOString(), dsn };
  return [header, ...items.flatMap(([type, payload]) => [{ type }, payload])]
    .map((each) => JSON.stringify(each))
    .join('\n');
}

export interface Answer {
  status: number;
  headers: Headers;
  body: any;
}

/** Sends what a page would. */
export async function send(
  url: string,
  body: string | Buffer,
  { path = '/monitoring', method = 'POST', headers = {} }: { path?: string; method?: string; headers?: object } = {},
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    body: method === 'GET' || method === 'OPTIONS' ? undefined : body,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
  });
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : undefined };
}

/** A small body that is large once it is decompressed. */
export const bomb = gzipSync(Buffer.alloc(5_000_000, ' '));
