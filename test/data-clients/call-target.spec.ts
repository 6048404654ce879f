import { targetOfClientRequest, targetOfFetch } from '../../lib/integrations/http-client/call-target';

const request = (path: string, host: unknown = 'api.example.com', protocol = 'https:', method = 'get') => ({
  path,
  protocol,
  method,
  host: 'fallback',
  getHeader: () => host,
});

test.each([
  [request('/charges/42?token=x'), 'GET', 'api.example.com', '/charges/:id'],
  [request('/a', 'API.example.com:443'), 'GET', 'api.example.com', '/a'],
  [request('/a', 'api.example.com:80', 'http:'), 'GET', 'api.example.com', '/a'],
  [request('/a', 'api.example.com:8443'), 'GET', 'api.example.com:8443', '/a'],
  [request('/a', '[::1]:3000', 'http:'), 'GET', '[::1]:3000', '/a'],
  [request('/a', ['two', 'hosts']), 'GET', 'fallback', '/a'],
  [request('http://user:secret@shop.example.com/orders/7?x', 'proxy'), 'GET', 'shop.example.com', '/orders/:id'],
  [request('*', 'api.example.com', 'http:', 'OPTIONS'), 'OPTIONS', 'unknown', '/'],
])('of a request of node:http %#', (given, method, host, path) => {
  expect(targetOfClientRequest(given)).toEqual({ method, host, path });
});

test.each([
  [
    { origin: 'https://api.example.com', path: '/users/9?x=1', method: 'POST' },
    'POST',
    'api.example.com',
    '/users/:id',
  ],
  [{ origin: new URL('http://localhost:3000'), path: '/a' }, 'GET', 'localhost:3000', '/a'],
  [{}, 'GET', 'unknown', '/'],
])('of a request of undici %#', (given, method, host, path) => {
  expect(targetOfFetch(given)).toEqual({ method, host, path });
});

test('everything is bounded', () => {
  const large = targetOfClientRequest(request(`/${'a/'.repeat(500_000)}`, 'h'.repeat(1e6), 'http:', 'M'.repeat(1e6)));
  expect(large.host.length).toBeLessThanOrEqual(255);
  expect(large.path.length).toBeLessThanOrEqual(200);
  expect(large.method).toHaveLength(16);
});
