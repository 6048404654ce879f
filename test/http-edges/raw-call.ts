import { request } from 'node:http';

export interface RawAnswer {
  status: number;
  body: string;
  /** Whether the connection closed before the response was complete. */
  broken: boolean;
}

export interface RawCall {
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** A request whose response may be cut off; `fetch` would only report `terminated`. */
export function rawCall(url: string, { path, method = 'GET', headers, body }: RawCall): Promise<RawAnswer> {
  return new Promise((resolve) => {
    let status = 0;
    let text = '';
    let isDone = false;
    const finish = (broken: boolean) => {
      if (isDone) return;
      isDone = true;
      resolve({ status, body: text, broken });
    };
    const sent = request(`${url}${path}`, { method, headers, agent: false }, (response) => {
      status = response.statusCode ?? 0;
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        finish(false);
      });
      response.on('error', () => {
        finish(true);
      });
      response.on('close', () => {
        finish(true);
      });
    });
    sent.on('error', () => {
      finish(true);
    });
    sent.end(body);
  });
}

/** Starts a request and aborts it after some milliseconds, with an incomplete body if there is one. */
export function abortedCall(url: string, { path, method = 'GET', headers, body }: RawCall, after = 50): Promise<void> {
  return new Promise((resolve) => {
    const sent = request(`${url}${path}`, { method, headers, agent: false }, (response) => response.resume());
    sent.on('error', () => undefined);
    sent.on('close', () => {
      resolve();
    });
    if (body === undefined) sent.end();
    else sent.write(body);
    setTimeout(() => sent.destroy(), after);
  });
}
