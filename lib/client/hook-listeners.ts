import type { NodeClient } from '@sentry/nestjs';

type Hook = 'beforeAddBreadcrumb';

/** A private field of the client in Sentry 10 and 11: its listeners, by hook. */
interface Listened {
  _hooks?: Partial<Record<Hook, { readonly size?: number }>>;
}

/** Whether anything listens to a hook of a client; true if the client does not tell. */
export function hasListeners(client: NodeClient, hook: Hook): boolean {
  const { _hooks: hooks } = client as unknown as Listened;
  return hooks === undefined || (hooks[hook] !== undefined && hooks[hook].size !== 0);
}
