/** The properties of an inbox item that the demo reads. */
export interface InboxItem {
  type: string;
  payload: EventPayload & MetricsPayload;
}

/** An error, a message, or a transaction. */
export interface EventPayload {
  event_id?: string;
  level?: string;
  transaction?: string;
  message?: string;
  exception?: { values?: { type?: string; value?: string }[] };
  user?: { id?: string; email?: string };
  tags?: Record<string, string>;
  contexts?: { trace?: { trace_id?: string }; operation?: { name?: string; chain?: { name: string }[] } };
  request?: { data?: unknown; headers?: Record<string, string> };
}

interface MetricsPayload {
  items?: { name: string; value: number }[];
}

export async function readItems(inboxUrl: string): Promise<InboxItem[]> {
  const response = await fetch(`${inboxUrl}/api/items`);
  return ((await response.json()) as InboxItem[]).reverse(); // oldest first
}

export function titleOf({ exception, message }: EventPayload): string {
  const thrown = exception?.values?.at(-1);
  return thrown?.type === undefined ? (message ?? '(no message)') : `${thrown.type}: ${thrown.value ?? ''}`;
}

export function operationsOf({ contexts }: EventPayload): string[] {
  const { chain, name } = contexts?.operation ?? {};
  return chain?.map((operation) => operation.name) ?? (name === undefined ? [] : [name]);
}
