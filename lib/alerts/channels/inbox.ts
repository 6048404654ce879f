import type { AlertChannel } from '../../options/alert-options.js';
import { sendRequest } from './http-request.js';

/** Shows alerts as they fire on the page of the local inbox. It may not be running. */
export function inboxChannel(dsn: string): AlertChannel {
  const url = new URL(dsn);
  url.pathname = `/api/${url.pathname.split('/').pop() ?? '1'}/envelope/`;
  url.username = '';
  return {
    digest: false,
    async send(notification, signal) {
      const body = `{}\n{"type":"alert"}\n${JSON.stringify(notification)}\n`;
      try {
        await sendRequest({ url, body, signal });
      } catch {
        return; // nobody watches
      }
    },
  };
}
