/** One message of CQRS that a request sends, and what is to be reported of it. */
interface Expectation {
  name: string;
  path: string;
  /** Values of the events; none: no event. */
  events?: string[];
  /** Of the event. */
  transaction?: string;
  /** Of the event. */
  handler?: string;
  /** Status of the request; default 200. */
  status?: number;
}

const failing = (kind: string, message: string, value: string, status: number, method: string) => ({
  path: `${kind === 'event' ? 'publish' : kind}/${message}/fails`,
  status,
  events: [value],
  transaction: `${kind} ${message}`,
  handler: `${message}Handler.${method}`,
});
const command = (message: string, value: string) => failing('command', message, value, 500, 'execute');
const event = (message: string, value: string) => failing('event', message, value, 200, 'handle');

export const cqrs: Expectation[] = [
  { name: 'a command', ...command('PlaceOrder', 'failure of a command') },
  { name: 'a synchronous command', ...command('CancelOrder', 'failure of a synchronous command') },
  { name: 'a request-scoped command', ...command('ShipOrder', 'failure of a scoped command') },
  {
    name: 'a command of a command',
    ...command('PlaceOrder', 'failure of a command'),
    path: 'command/Checkout/fails',
  },
  {
    name: 'a command that has sent its failure by hand',
    ...command('PlaceOrder', 'captured by a command'),
    path: 'command/PlaceOrder/captured',
  },
  {
    name: 'a command that throws a text',
    ...command('PlaceOrder', 'text of a command'),
    path: 'command/PlaceOrder/text',
    transaction: 'GET /command/:name/:how',
    handler: 'Front.command',
  },
  { name: 'a command whose failure is a 404', path: 'command/PlaceOrder/missing', status: 404 },
  { name: 'a command whose caller handles the failure', path: 'command/PlaceOrder/fails?handled=yes' },
  { name: 'a command that succeeds', path: 'command/PlaceOrder/fine' },
  { name: 'a query', ...failing('query', 'FindOrder', 'failure of a query', 500, 'execute') },
  { name: 'a query whose failure is a 404', path: 'query/FindOrder/missing', status: 404 },
  { name: 'a query that returns an Observable', path: 'query/StreamOrders/fine' },
  { name: 'an event handler', ...event('OrderPlaced', 'failure of an event') },
  {
    name: 'an HTTP exception of an event handler',
    ...event('OrderPlaced', 'missing for an event'),
    path: 'publish/OrderPlaced/missing',
  },
  {
    name: 'an event handler that throws a text',
    ...event('OrderPlaced', 'text of an event'),
    path: 'publish/OrderPlaced/text',
  },
  {
    name: 'an event handler that has sent its failure by hand',
    ...event('OrderPlaced', 'captured by an event'),
    path: 'publish/OrderPlaced/captured',
  },
  { name: 'a synchronous event handler', ...event('OrderCancelled', 'failure of a synchronous event') },
  { name: 'a request-scoped event handler', ...event('OrderShipped', 'failure of a scoped event') },
  {
    name: 'the command of a saga',
    ...command('ShipOrder', 'failure of a scoped command'),
    path: 'publish/SagaBegan/fails',
    status: 200,
  },
  { name: 'a saga whose command succeeds', path: 'publish/SagaBegan/fine' },
];
