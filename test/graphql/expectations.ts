/** One GraphQL request, and what is to be reported of it. */
export interface Expectation {
  name: string;
  query: string;
  variables?: object;
  headers?: Record<string, string>;
  /** Parts of the values of the events, in any order. Default: none. */
  events?: string[];
  transaction?: string;
  /** Anything else that the first event must hold. */
  holds?: object;
  /** Only with these enhancers of field resolvers. */
  enhancers?: string;
}

const thrown = (kind: string, event?: string, holds?: object): Expectation => ({
  name: `a resolver throws: ${kind}`,
  query: `query Throwing($kind: String!) { throw(kind: $kind) }`,
  variables: { kind },
  events: event === undefined ? [] : [event],
  transaction: 'query throw',
  holds,
});

const field = (kind: string, event?: string): Expectation => ({
  name: `a field resolver throws: ${kind}`,
  query: `{ odd { owner(fail: "${kind}") } }`,
  events: event === undefined ? [] : [event],
  transaction: 'query odd',
});

export const expectations: Expectation[] = [
  { name: 'all is well', query: '{ cats { id name owner } }' },
  { name: 'introspection', query: '{ __schema { queryType { name } } }' },
  thrown('error', 'plain failure', {
    tags: {
      handler: 'CatsResolver.throw',
      pattern: 'throw',
      kind: 'graphql',
      'graphql.operation': 'Throwing',
      'graphql.type': 'query',
    },
    contexts: { payload: { data: { arguments: { kind: 'error' }, variables: { kind: 'error' } } } },
  }),
  thrown('http503', 'maintenance'),
  thrown('graphql', 'a GraphQL error without a code'),
  thrown('internal', 'coded INTERNAL_SERVER_ERROR'),
  thrown('custom', 'coded OUT_OF_FOOD'),
  thrown('shared', 'the one shared instance'),
  { ...thrown('shared', 'the one shared instance'), name: 'the same instance is thrown by a second request' },
  thrown('string', 'just a string'),
  thrown('null', 'null'),
  thrown('undefined', 'undefined'),
  thrown('frozen', 'frozen failure'),
  thrown('cyclic', 'cyclic outer'),
  thrown('aggregate', 'several'),
  thrown('http400'),
  thrown('http401'),
  thrown('http403'),
  thrown('http404'),
  thrown('http422'),
  thrown('httpErrors413', 'too large'),
  thrown('vendor429', 'rate limited by a vendor'),
  thrown('graphql404'),
  thrown('input'),
  thrown('unauthenticated'),
  thrown('forbidden'),
  thrown('ignored'),
  thrown('crash', 'the filter itself failed', { contexts: { 'original error': { value: 'original failure' } } }),
  thrown('returned', 'the filter returns it'),
  thrown('mapped'),
  thrown('mappedCode'),
  thrown('renamed'),
  {
    name: 'a resolver returns an error',
    query: '{ returns(kind: "error") }',
    events: ['plain failure'],
    transaction: 'query returns',
    holds: { tags: { handler: 'CatsResolver.returns' } },
  },
  { name: 'a resolver returns a client error', query: '{ returns(kind: "forbidden") }' },
  {
    name: 'a guard fails',
    query: '{ guard }',
    events: ['failure in a guard'],
    transaction: 'query guard',
    holds: { tags: { handler: 'CatsResolver.guard' } },
  },
  { name: 'a guard refuses', query: '{ refused }' },
  {
    name: 'a pipe fails',
    query: '{ pipe(q: "1") }',
    events: ['failure in a pipe'],
    transaction: 'query pipe',
    holds: { tags: { handler: 'CatsResolver.pipe' } },
  },
  {
    name: 'an interceptor fails',
    query: '{ interceptor }',
    events: ['failure in an interceptor'],
    transaction: 'query interceptor',
  },
  {
    name: 'each failing field is a failure',
    query: '{ cats { id owner(fail: "yes") } }',
    events: ['no owner of cat 1', 'no owner of cat 2', 'no owner of cat 3'],
    transaction: 'query cats',
    holds: { tags: { handler: 'CatsResolver.owner', pattern: 'Cat.owner' } },
  },
  field('error', 'plain failure'),
  field('string', 'just a string'),
  field('http404'),
  field('http503', 'maintenance'),
  field('input'),
  field('ignored'),
  {
    name: 'a field resolver without parameters fails, which nothing of Nest sees',
    query: 'query Motto { mine: odd { motto } }',
    events: ['no motto'],
    transaction: 'query odd',
    holds: { tags: { handler: 'CatsResolver.motto', pattern: 'Cat.motto', 'graphql.operation': 'Motto' } },
  },
  {
    name: 'fields of two operations at the root fail at the same time',
    query: '{ first: throw(kind: "error") second: cats { motto } third: guard }',
    events: ['plain failure', 'no motto', 'no motto', 'no motto', 'failure in a guard'],
  },
  {
    name: 'enhancers of a field resolver are off',
    query: '{ odd { age(kind: "mapped") } }',
    events: ['becomes a 404 in a filter'],
    enhancers: '',
  },
  {
    name: 'a filter of a field resolver answers',
    query: '{ odd { age(kind: "mapped") } }',
    enhancers: 'filters',
  },
  {
    name: 'a guard of a field resolver fails',
    query: '{ odd { age(kind: "error") } }',
    events: ['failure in a guard'],
    holds: { tags: { handler: 'CatsResolver.age' } },
    enhancers: 'guards,interceptors,filters',
  },
  {
    name: 'a value does not fit its type',
    query: '{ odd { weight } }',
    events: ['Int cannot represent'],
    transaction: 'query odd',
  },
  { name: 'a property rejects', query: '{ odd { lazy } }', events: ['a property rejects'], transaction: 'query odd' },
  {
    name: 'members of a list fail',
    query: '{ members { id } }',
    events: ['a member rejects', 'a member is an error'],
    transaction: 'query members',
  },
  {
    name: 'captured by hand, then thrown',
    query: '{ manual }',
    events: ['captured, then thrown'],
    transaction: 'query manual',
    holds: { tags: { manual: 'yes', handler: 'CatsResolver.manual' } },
  },
  { name: 'captured by hand, then wrapped and thrown', query: '{ wrapped }', events: ['inner failure'] },
  {
    name: 'captured by hand alone, beside another field',
    query: '{ noted cats { id } }',
    events: ['only noted'],
    transaction: 'query noted',
    holds: { tags: { handler: 'CatsResolver.noted', pattern: 'noted' } },
  },
  { name: '@Report asks for a 404', query: '{ reported404 }', events: ['no such thing'] },
  { name: '@Report says what is a client error', query: '{ reportedCode(kind: "custom") }' },
  { name: '@Report replaces the codes', query: '{ reportedCode(kind: "input") }', events: ['coded BAD_USER_INPUT'] },
  {
    name: 'an operation fails',
    query: '{ tracked }',
    events: ['failure in an operation'],
    holds: { contexts: { operation: { name: 'cats.lookUp' } } },
  },
  {
    name: 'a mutation fails',
    query: 'mutation Add($input: CatInput!) { addCat(input: $input) { id } }',
    variables: { input: { name: 'bad', password: 'open-sesame-1' } },
    events: ['the cat cannot be added'],
    transaction: 'mutation addCat',
    holds: {
      tags: { handler: 'CatsResolver.addCat', 'graphql.type': 'mutation', 'graphql.operation': 'Add' },
      contexts: { payload: { data: { arguments: { input: { name: 'bad' } } } } },
    },
  },
  {
    name: 'the user is that of request.user, which a guard has set',
    query: '{ throw(kind: "error") }',
    headers: { 'x-user': 'ann', 'x-tenant': 'acme', 'x-request-id': 'req-17' },
    events: ['plain failure'],
    holds: { user: { id: 'ann' }, tags: { tenant: 'acme', request_id: 'req-17' } },
  },
  {
    name: 'the resolver of users wins',
    query: '{ odd { motto } }',
    headers: { 'x-user': 'ann', 'x-resolver': 'bob' },
    events: ['no motto'],
    holds: { user: { id: 'resolved bob' } },
  },
  { name: 'a query that cannot be parsed', query: '{ cats' },
  { name: 'a query that is not valid', query: '{ dogs }' },
  { name: 'a variable is missing', query: 'query ($kind: String!) { throw(kind: $kind) }' },
  { name: 'a variable does not fit', query: 'query ($kind: String!) { throw(kind: $kind) }', variables: { kind: 5 } },
  { name: 'no query at all', query: '' },
  {
    name: 'the context cannot be made',
    query: '{ cats { id } }',
    headers: { 'x-context': 'fail' },
    events: ['no context can be made'],
  },
  {
    name: 'the context refuses with 401, and the response is a 500',
    query: '{ cats { id } }',
    headers: { 'x-context': 'refuse' },
    events: ['Unauthorized'],
  },
];
