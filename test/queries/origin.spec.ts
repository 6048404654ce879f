import { firstPlaceIn } from '../../lib/queries/origin';

const at = (...frames: string[]) => ['Error', ...frames.map((frame) => `    at ${frame}`)].join('\n');
const inside = (path: string) => `${process.cwd()}/${path}`;
const PACKAGE = 'query (/app/node_modules/typeorm/driver/PostgresQueryRunner.js:99:1)';

test.each([
  ['a caller', at(PACKAGE, `OrdersService.all (${inside('src/orders.js')}:12:7)`), 'src/orders.js:12'],
  [
    'an asynchronous caller',
    at(PACKAGE, `async OrdersService.all (${inside('src/orders.js')}:12:7)`),
    'src/orders.js:12',
  ],
  ['no name', at(PACKAGE, `async ${inside('src/orders.js')}:12:7`), 'src/orders.js:12'],
  ['an ES module', at(PACKAGE, `all (file://${inside('src/an%20order.js')}:12:7)`), 'src/an order.js:12'],
  ['another folder', at(PACKAGE, 'all (/elsewhere/orders.js:12:7)'), '/elsewhere/orders.js:12'],
  ['packages of pnpm', at('query (/app/node_modules/.pnpm/typeorm@1/node_modules/typeorm/x.js:1:1)'), undefined],
  ['Node', at(PACKAGE, 'process.processTicksAndRejections (node:internal/process/task_queues:95:5)'), undefined],
  ['a combinator', at(PACKAGE, 'async Promise.all (index 0)'), undefined],
  ['no stack', undefined, undefined],
])('%s', (_name, stack, place) => {
  expect(firstPlaceIn(stack)).toBe(place);
});

test('a hostile stack is read in linear time', () => {
  const startedAt = performance.now();
  firstPlaceIn('('.repeat(200_000) + '/'.repeat(200_000));
  firstPlaceIn(' at /'.repeat(100_000));
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
