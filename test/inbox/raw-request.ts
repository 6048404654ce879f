import { request, type IncomingHttpHeaders } from 'node:http';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  /** The `detail` of a rejection's body. */
  detail: string;
}

/** A request with any headers, including those that fetch forbids (Host, Origin). */
export function send(
  url: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string>; body?: Buffer | string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = String(response.headers['content-type']).startsWith('application/json');
        const detail = isJson ? String((JSON.parse(text) as { detail?: string }).detail) : '';
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text, detail });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
