// CPU of the hooks on Redis, the cache and HTTP clients, for each operation. Needs Redis on its standard port. Its
// variables: see integrations/compare.mjs.
import { compare } from './integrations/compare.mjs';

await compare('clients-app.mjs', {
  redis: 10_000,
  pipeline: 20_000,
  cache: 10_000,
  wrap: 10_000,
  fetch: 1_000,
  axios: 1_000,
  node: 2_000,
});
