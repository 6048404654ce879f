import type { User } from '@sentry/nestjs';

type Json = Record<string, unknown>;

/** What the tunnel knows of whoever has sent an envelope, as far as it may be sent on. */
export interface Visitor {
  /** The address of the client; undefined if addresses are not sent on. */
  address?: string | undefined;
  userAgent?: string | undefined;
  user?: User | undefined;
}

/** Sentry would look at the connection, which is that of this server. */
const NEVER_INFER = 'never';
/** Stands for the address of the connection. */
const AUTO = '{{auto}}';
const BATCHES = new Set(['span', 'log', 'trace_metric']);
/** Items that name no user. */
const NOBODYS = new Set(['user_report', 'client_report', 'check_in', 'profile', 'profile_chunk']);

/** Adds the visitor to an item, as Sentry would from the connection of a browser. */
export function withVisitor(type: string, payload: unknown, visitor: Visitor): unknown {
  if (!isObject(payload)) return payload;
  if (BATCHES.has(type)) return withVisitorOfBatch(payload, visitor);
  if (type === 'session' || type === 'sessions') return withVisitorOfSession(payload, visitor);
  if (NOBODYS.has(type)) return payload;
  return withVisitorOfEvent(payload, visitor);
}

function withVisitorOfEvent(event: Json, { address, user }: Visitor): Json {
  const sdk = isObject(event.sdk) ? event.sdk : {};
  const settings = isObject(sdk.settings) ? sdk.settings : {};
  const { ip_address: stated, ...known } = isObject(event.user) ? event.user : {};
  const isAsked = stated === AUTO || (stated === undefined && settings.infer_ip !== NEVER_INFER);
  const ip = isAsked ? address : stated;
  const merged = {
    ...(hasIdentity(known) ? known : { ...known, ...user }),
    ...(typeof ip === 'string' && ip !== AUTO && { ip_address: ip }),
  };
  return {
    ...event,
    ...((Object.keys(merged).length > 0 || event.user !== undefined) && { user: merged }),
    sdk: { ...sdk, settings: { ...settings, infer_ip: NEVER_INFER } },
  };
}

function withVisitorOfSession(session: Json, { address, user }: Visitor): Json {
  const { ip_address: stated, ...attrs } = isObject(session.attrs) ? session.attrs : {};
  const ip = stated === AUTO ? address : stated;
  const { did = user?.id } = session;
  return {
    ...session,
    ...(did !== undefined && did !== null && { did }),
    ...(session.attrs !== undefined && { attrs: { ...attrs, ...(ip !== undefined && { ip_address: ip }) } }),
  };
}

/** Streamed spans, logs and metrics: what Sentry infers for the batch becomes attributes of its members. */
function withVisitorOfBatch(batch: Json, { address, userAgent, user }: Visitor): Json {
  const settings = isObject(batch.ingest_settings) ? batch.ingest_settings : {};
  const added: Json = {
    ...(address !== undefined && settings.infer_ip === 'auto' && { 'client.address': attribute(address) }),
    ...(userAgent !== undefined &&
      settings.infer_user_agent === 'auto' && { 'user_agent.original': attribute(userAgent) }),
    ...(user?.id !== undefined && { 'user.id': attribute(String(user.id)) }),
  };
  const items = Array.isArray(batch.items) ? (batch.items as unknown[]) : undefined;
  return {
    ...batch,
    ...(batch.ingest_settings !== undefined && {
      ingest_settings: { ...settings, infer_ip: NEVER_INFER, infer_user_agent: NEVER_INFER },
    }),
    ...(items && Object.keys(added).length > 0 && { items: items.map((item) => withAttributes(item, added)) }),
  };
}

function withAttributes(item: unknown, added: Json): unknown {
  if (!isObject(item)) return item;
  return { ...item, attributes: { ...added, ...(isObject(item.attributes) ? item.attributes : {}) } };
}

const attribute = (value: string) => ({ value, type: 'string' });

function hasIdentity({ id, email, username }: Json): boolean {
  return [id, email, username].some((each) => each !== undefined && each !== null && each !== '');
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
