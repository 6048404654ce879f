/**
 * Events as the SDK sends them for a Nest application: one exception with its stack, breadcrumbs, a request with its
 * body, and what the application attached. No two are the same. A clean one holds nothing that a scrubber has to remove.
 */
import { breadcrumb, frame, request, row } from './changing-parts.mjs';
import { CONTEXTS, MODULES, PLACES, SDK } from './fixed-parts.mjs';
import { Random } from './random.mjs';

/** How many of each part give an event of about that size in JSON. */
const SHAPES = {
  '4 KB': { frames: 1, breadcrumbs: 3, lines: 1, rows: 0, modules: false },
  '40 KB': { frames: 20, breadcrumbs: 40, lines: 30, rows: 15, modules: true },
  '400 KB': { frames: 50, breadcrumbs: 100, lines: 70, rows: 810, modules: true },
};

export const SIZES = Object.keys(SHAPES);

function buildEvent(size, dirty, seed) {
  const shape = SHAPES[size];
  const random = new Random(seed);
  const many = (count, part) => Array.from({ length: count }, (_, at) => part(random, dirty, at));
  const timestamp = 1_768_500_000 + random.below(1_000_000) / 1000;
  const route = random.pick(PLACES);
  return {
    event_id: random.letters(32),
    timestamp,
    platform: 'node',
    level: 'error',
    environment: 'production',
    release: 'shop-api@2.7.1',
    server_name: 'shop-api-6f7d9',
    transaction: `POST /${route.module.split(':')[0]}/:id`,
    exception: {
      values: [
        {
          type: 'TypeError',
          value: dirty
            ? `cannot log in to postgres://shop:${random.letters(12)}@db.internal:5432/shop`
            : `Cannot read properties of undefined (reading '${random.pick(PLACES).function}')`,
          mechanism: { type: 'auto.http.nestjs', handled: false },
          stacktrace: { frames: many(shape.frames, frame) },
        },
      ],
    },
    contexts: {
      trace: { trace_id: random.letters(32), span_id: random.letters(16) },
      app: { app_start_time: '2026-01-15T08:36:00.945Z', app_memory: 150_000_000 + random.below(90_000_000) },
      ...CONTEXTS,
      response: { status_code: 500 },
      operation: { name: route.function, chain: [{ name: route.function, data: { orderId: random.below(1e6) } }] },
    },
    tags: { handler: route.function, kind: 'http', request_id: random.letters(20) },
    user: dirty
      ? {
          id: `${random.below(1e6)}`,
          email: `${random.letters(8)}@shop.example`,
          ip_address: `81.2.69.${random.below(255)}`,
        }
      : { id: `${random.below(1e6)}` },
    breadcrumbs: many(shape.breadcrumbs, breadcrumb(timestamp)),
    request: request(random, dirty, shape.lines),
    extra: {
      attempt: random.below(9),
      note: random.sentence(14),
      shipments: many(shape.rows, row),
      returns: many(shape.rows, row),
    },
    sdk: SDK,
    ...(shape.modules && { modules: MODULES }),
  };
}

/** `count` events as JSON, of seeds that no other call has: nothing can be remembered of an earlier round. */
let seed = 0;
export function writeEvents(size, dirty, count) {
  return Array.from({ length: count }, () => JSON.stringify(buildEvent(size, dirty, ++seed)));
}
