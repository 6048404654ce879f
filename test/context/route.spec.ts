import { routeOf } from '../../lib/context/route';

test.each([
  ['Express', { baseUrl: '', originalUrl: '/cats/7', route: { path: '/cats/:id' } }, '/cats/:id'],
  [
    'an application in another one',
    { baseUrl: '/api', originalUrl: '/api/cats', route: { path: '/cats' } },
    '/api/cats',
  ],
  ['its root', { baseUrl: '/api', originalUrl: '/api', route: { path: '/' } }, '/api/'],
  ['several paths', { baseUrl: '', originalUrl: '/a', route: { path: ['/a', '/b'] } }, '/a'],
  ['an expression', { baseUrl: '', originalUrl: '/abc', route: { path: /^\/ab/ } }, '/^\\/ab/'],
  ['Fastify', { routeOptions: { url: '/cats/:id' } }, '/cats/:id'],
  ['a test double', { baseUrl: '/a?id=1', originalUrl: '/a?id=1', route: { path: '/a' } }, '/a'],
  ['a test double of the root', { baseUrl: '/', originalUrl: '/', route: { path: '/' } }, '/'],
  ['no route', { baseUrl: '' }, undefined],
  ['no request', undefined, undefined],
])('the route of a request: %s', (_what, request, expected) => {
  expect(routeOf(request)).toBe(expected);
});
