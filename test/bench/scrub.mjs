/**
 * The scrubber beside JSON.stringify of the same event, clean and dirty, 4, 40 and 400 KB.
 * CPU time, medians of interleaved rounds; a ratio of 1 is what serialising costs anyway.
 */
const { compileScrubber } = await import(process.env.SCRUBBING ?? '../../dist/esm/scrubbing/index.js');

const ROUNDS = 41;
const scrubber = compileScrubber();

const words = 'order shipped while the warehouse was counting parcels for the northern route before noon'.split(' ');
const sentence = (seed) => Array.from({ length: 12 }, (_, at) => words[(seed * 7 + at * 3) % words.length]).join(' ');

function event(bytes, dirty) {
  const frame = (at) => ({
    filename: `/usr/src/app/dist/orders/orders.service${at % 9}.js`,
    function: `OrdersService.step${at}`,
    lineno: 10 + at,
    colno: 7,
    in_app: true,
    module: 'orders.service',
    context_line: `    const parcel = await this.parcels.find(order.id, { route: 'north' });`,
    pre_context: ['  async step(order: Order) {', '    this.logger.debug(order.id);'],
    vars: { attempt: at, state: sentence(at) },
  });
  const crumb = (at) => ({
    timestamp: 1_768_500_000 + at,
    category: 'http',
    type: 'http',
    level: 'info',
    message: dirty && at % 4 === 0 ? `login failed password=hunter${at} for user` : sentence(at),
    data: {
      url:
        dirty && at % 3 === 0
          ? `https://api.shop.example/v1/items?access_token=Abc${at}def&page=2`
          : `https://api.shop.example/v1/items/${at}`,
      method: 'GET',
      status_code: 200,
      ...(dirty && at % 5 === 0 ? { authorization: `Bearer abcdefghij${at}` } : { reason: sentence(at + 1) }),
    },
  });
  const built = {
    event_id: '59ee7b33efeb6e2f37898f7cb1a44916',
    timestamp: 1_768_500_000,
    platform: 'node',
    level: 'error',
    release: 'shop-api@2.7.1',
    exception: { values: [{ type: 'TypeError', value: 'x is not a function', stacktrace: { frames: [] } }] },
    request: {
      method: 'POST',
      url: 'https://api.shop.example/v1/orders',
      headers: { accept: 'application/json', host: 'api.shop.example' },
      data: {},
    },
    user: { id: '42' },
    contexts: {
      runtime: { name: 'node', version: 'v20.11.0' },
      trace: { trace_id: '4c79f60c11214eb38604f4ae0781bfb2', span_id: 'fa90fdead5f74052' },
    },
    breadcrumbs: [],
    extra: {},
  };
  if (dirty)
    Object.assign(built.request.data, { email: 'jo@shop.example', password: 'hunter2', card: '4111 1111 1111 1111' });
  const frames = built.exception.values[0].stacktrace.frames;
  for (let at = 0; JSON.stringify(built).length < bytes; at++) {
    if (at < 50) frames.push(frame(at));
    built.breadcrumbs.push(crumb(at));
    built.extra[`item${at}`] = {
      sku: `SKU-${at}`,
      quantity: at,
      note: sentence(at),
      tags: ['a', 'b', sentence(at + 2)],
    };
  }
  return built;
}

function cpu(run, times) {
  const start = process.cpuUsage();
  for (let at = 0; at < times; at++) run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / times;
}

const median = (values) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)];

const rows = [];
for (const kilobytes of [4, 40, 400]) {
  for (const dirty of [false, true]) {
    const subject = event(kilobytes * 1000, dirty);
    const times = Math.max(2, Math.round(2000 / kilobytes));
    const scrub = () => scrubber.item('event', subject);
    const stringify = () => JSON.stringify(subject);
    cpu(scrub, times * 3);
    cpu(stringify, times * 3);
    const scrubs = [];
    const stringifies = [];
    for (let round = 0; round < ROUNDS; round++) {
      scrubs.push(cpu(scrub, times));
      stringifies.push(cpu(stringify, times));
    }
    const [own, json] = [median(scrubs), median(stringifies)];
    rows.push({
      event: `${kilobytes} KB ${dirty ? 'dirty' : 'clean'}`,
      'scrub µs': Math.round(own),
      'JSON.stringify µs': Math.round(json),
      ratio: Number((own / json).toFixed(2)),
    });
  }
}
console.table(rows);
