import { S, type FieldCase } from './cases.js';

const kept = (name: string, value: unknown, ...parts: string[]): FieldCase => [
  name,
  value,
  [],
  parts.length > 0 ? parts : String(value).split('\n'),
  // deeds
  gone('words after a colon', 'login user:kim password:admin', ':admin'),
  gone('more after a deed', `secret:login:${S} token:find:Qz8kd93hfke72hd password:test.${S}`, S, 'Qz8kd93hfke72hd'),
  gone('digits after a colon', 'user:kim db_password:4821', '4821'),
  gone('a word after a plural', 'tokens:sunflower', 'sunflower'),
  kept('deeds', 'scope token:write:all failed; job reset-password:42, npm run password:reset; password:reset failed'),
];
const gone = (name: string, value: unknown, ...parts: string[]): FieldCase => [name, value, parts, []];

/** Secrets in the form of what is kept, and near misses of the rules that tell them apart. */
export const ATTACKED: readonly FieldCase[] = [
  // code and settings
  gone('brackets in a variable', 'DB_PASSWORD=Summer(otter)\nSECRET_KEY=data.lake', 'Summer', 'lake'),
  gone('brackets in a query', '/login?password=Summer(2024)&n=1', 'Summer', '2024'),
  gone('brackets in a connection string', 'Server=a;Password=marble.otter(lake);X=1', 'marble', 'lake'),
  gone('digits in brackets', 'password = Summer(2024)', 'Summer'),
  gone('a word with a dot', 'password: key.marble\nport: 1', 'marble'),
  kept('calls', 'const token = getToken(user);\nthis.secret = key.publicKey;\npassword: req.body.password'),
  gone('Rust', `let password: &str = "${S}"; static SECRET: &'static str = "${S}";`, S),
  gone('Go', `var password *string = "${S}"`, S),
  kept('other types', `let city: &str = "${S}"; fn login(token: &str, password: &String)`),
];
