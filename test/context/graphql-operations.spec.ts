import { GraphqlOperations } from '../../lib/context/graphql-operations.js';

const servedAt = (...paths: string[]) => {
  const operations = new GraphqlOperations();
  for (const path of paths) operations.serveAt(path);
  return operations;
};

describe('the endpoint that a request reaches on Express', () => {
  test.each([
    ['/graphql', '/graphql'],
    ['/graphql/', '/graphql'],
    ['/GraphQL', '/graphql'],
    ['/graphql/below', '/graphql'],
    ['/graphql-schema', undefined],
    ['/', undefined],
    ['/API/admin', '/api/Admin'],
  ])('%s: %s', (path, endpoint) => {
    const operations = servedAt('graphql', '/api/Admin/', '/graphql/');
    expect(operations.endpointOf(path)).toBe(endpoint);
    expect(operations.isServedAt(path)).toBe(endpoint !== undefined);
  });

  test('at the root, only of the root itself, although operations are served at all paths', () => {
    const operations = servedAt('/');
    expect(operations.endpointOf('/')).toBe('/');
    expect(operations.endpointOf('/assets/cat.png')).toBeUndefined();
    expect(operations.isServedAt('/anywhere')).toBe(true);
  });
});
