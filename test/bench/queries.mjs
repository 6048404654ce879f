// CPU of the hooks on queries, for each query. Needs PostgreSQL on its standard port. Its variables: see
// integrations/compare.mjs.
import { compare } from './integrations/compare.mjs';

await compare('queries-app.mjs', { sqlite: 10_000, entity: 4_000, postgres: 4_000, pg: 5_000 });
