import type { NodeClient } from '@sentry/nestjs';

type Hook = 'beforeAddBreadcrumb' | 'httpServerRequest';

/** A private field of the client in Sentry 10 and 11: its listeners, by hook. */
interface Listened {
  _hooks?: Partial<Record<Hook, { readonly size?: number }>>;
}

/** How many functions listen to a hook of a client; undefined if the client does not tell. */
export function listenerCount(client: NodeClient, hook: Hook): number | undefined {
  const { _hooks: hooks } = client as unknown as Listened;
  return hooks && (hooks[hook] ? hooks[hook].size : 0);
}

/** Whether anything listens to a hook of a client; true if the client does not tell. */
export function hasListeners(client: NodeClient, hook: Hook): boolean {
  return listenerCount(client, hook) !== 0;
}
