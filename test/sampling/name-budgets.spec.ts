import { compileBudgets } from '../../lib/sampling/index';

const budgetOf = compileBudgets(
  {
    '*': '1h',
    'GET /*': '1m',
    'GET /shop/*': '2s',
    'GET /shop/orders/:id': '300ms',
    'rpc orders.*': 50,
    'POST /pay': '1s',
  },
  'budgets',
);

test.each([
  ['GET /shop/orders/:id', 300],
  ['GET /shop/orders/:orderId', 300],
  ['GET /shop/orders/:id(\\d+)', 300],
  ['GET /v1/shop/orders/:id', 300],
  ['GET /shop/orders/export', 2_000],
  ['GET /shop/orders/:id/lines', 2_000],
  ['GET /other', 60_000],
  ['POST /pay', 1_000],
  ['PUT /pay', 3_600_000],
  ['rpc orders.create', 50],
  ['query cats', 3_600_000],
])('%s has the budget of the most specific pattern: %i ms', (name, limit) => {
  expect(budgetOf(name)?.limit).toBe(limit);
  expect(budgetOf(name)?.limit).toBe(limit);
});

test('a name that matches no pattern has no budget', () => {
  expect(compileBudgets({ 'GET /orders/:id': 1 }, 'budgets')('GET /orders')).toBeUndefined();
});
