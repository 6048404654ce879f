/** What every event of one process repeats: what the SDK knows about it, and the source lines that it has read once. */
const ROOMS = ['orders', 'payments', 'customers', 'invoices', 'shipping', 'catalog', 'stock', 'mail'];
const STEPS = ['find', 'place', 'validate', 'store', 'notify', 'price'];

const sourceLine = (at) =>
  [
    '    const parcel = await this.parcels.find(order.id, { route: "north" });',
    `    if (!parcel.lines.length) throw new EmptyOrderError(order.id, ${at});`,
    '    this.logger.debug(`found ${parcel.lines.length} lines`);',
    '  }',
    '',
    `    return this.pricing.total(parcel.lines, { currency: order.currency, step: ${at} });`,
    `  async step${at}(order: Order, options: StepOptions = {}): Promise<Parcel> {`,
  ][at % 7];

/** Forty-eight places in the code of the application, with the lines around them as the SDK sends them. */
export const PLACES = ROOMS.flatMap((room, one) =>
  STEPS.map((step, other) => {
    const at = one * 7 + other * 3;
    const lines = (from, count) => Array.from({ length: count }, (_, line) => sourceLine(from + line));
    return {
      filename: `/usr/src/app/dist/${room}/${room}.service.js`,
      module: `${room}:${room}.service`,
      function: `${room[0].toUpperCase()}${room.slice(1)}Service.${step}`,
      lineno: 20 + at,
      colno: 5 + other,
      in_app: true,
      context_line: sourceLine(at),
      pre_context: lines(at + 1, 7),
      post_context: lines(at + 8, 7),
    };
  }),
);

export const SDK = {
  name: 'sentry.javascript.nestjs',
  version: '10.75.3',
  packages: [{ name: 'npm:@sentry/nestjs', version: '10.75.3' }],
  integrations: (
    'InboundFilters FunctionToString LinkedErrors RequestData NodeSystemError Console OnUncaughtException ' +
    'OnUnhandledRejection ContextLines LocalVariablesAsync Context Modules Http NodeFetch Postgres Redis'
  ).split(' '),
};

export const MODULES = Object.fromEntries(
  (
    '@nestjs/common @nestjs/core @nestjs/platform-express @nestjs/jwt @nestjs/typeorm @sentry/nestjs rxjs pg typeorm ' +
    'reflect-metadata class-validator class-transformer express jsonwebtoken passport-jwt bullmq ioredis zod helmet'
  )
    .split(' ')
    .map((name, at) => [name, `${at % 12}.${(at * 7) % 30}.${at % 5}`]),
);

export const CONTEXTS = {
  runtime: { name: 'node', version: 'v20.20.2' },
  os: { name: 'Debian', version: '12.11', kernel_version: '6.1.0-37-amd64' },
  device: { arch: 'x64', memory_size: 25_276_510_208, processor_count: 8, cpu_description: 'AMD EPYC' },
  culture: { locale: 'en-US', timezone: 'UTC' },
};
