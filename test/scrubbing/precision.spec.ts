import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { JwtService } from '@nestjs/jwt';
import { compileScrubber } from '../../lib/scrubbing/index.js';

const scrubber = compileScrubber();
const jwt = new JwtService({});
const PACKAGES = [
  'express',
  'fastify',
  'typeorm',
  'jsonwebtoken',
  'class-validator',
  'rxjs',
  'debug',
  'semver',
  'uuid',
  'zod',
  '@nestjs/jwt',
];

/**
 * Every line that changes, with its judgement. Addresses of authors are personal data; the other values stand where an
 * application has its secret, and nothing but the words around them says that they are examples.
 */
const JUDGED: readonly (readonly [line: RegExp, judgement: string])[] = [
  [/@[\w-]+\.[a-z]{2,}/, 'an e-mail address'],
  [/`127\.0\.0\.1`|`1\.2\.3\.4`/, 'an IP address, or what looks like one'],
  [/secret: 'hard!to-guess_secret'/, 'a literal as the secret'],
  [/user\.password = 'too short'/, 'a literal as the password'],
  [/secret: configService\.get<string>\('SECRET'\)/, 'code that reads the secret: lost without need'],
  [/secret: createSecretKey\(/, 'code that creates the secret: lost without need'],
];

function changedLines(text: string): string[] {
  return text.split('\n').filter((line) => scrubber.text(line) !== line);
}

function readmeOf(name: string): string {
  const folder = join(dirname(require.resolve('typescript/package.json')), '..', name);
  const file = readdirSync(folder).find((entry) => /^readme\.md$/i.test(entry));
  return file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
}

/** Errors of these packages with their stacks, and what they print. */
function errors(): unknown[] {
  const caught = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return error;
    }
  };
  return [
    caught(() => jwt.verify('a.b', { secret: 'c' })),
    caught(() => jwt.sign({}, { secret: '' })),
    caught(() => JSON.parse('{"a":}') as unknown),
    caught(() => new URL('nothing')),
    caught(() => (undefined as unknown as { token: string }).token),
    caught(() => readFileSync('/run/secrets/db_password')),
  ];
}

describe('texts of well-known packages', () => {
  it.each(PACKAGES)('the README of %s changes only where it was judged', (name) => {
    const readme = readmeOf(name);
    expect(readme.length).toBeGreaterThan(200);
    expect(changedLines(readme).filter((line) => !JUDGED.some(([judged]) => judged.test(line)))).toEqual([]);
  });

  it('few lines change', () => {
    const lines = PACKAGES.flatMap((name) => readmeOf(name).split('\n'));
    const lost = lines.filter((line) => scrubber.text(line) !== line && !/@[\w-]+\.[a-z]{2,}/.test(line));
    expect(lines.length).toBeGreaterThan(3000);
    expect(lost.length).toBeLessThan(15);
  });

  it('errors and their stacks stay', () => {
    for (const error of errors()) {
      expect(changedLines(inspect(error))).toEqual([]);
      expect(changedLines((error as Error).stack ?? '')).toEqual([]);
    }
  });

  it.each([
    "  express:router use '/' query +2ms",
    'GET /users/42 200 12.3 ms - 512',
    '::1 - - [26/Nov/2026:19:35:11 +0000] "GET /auth/login HTTP/1.1" 302 24 "-" "curl/8.5.0"',
    '{"level":30,"time":1764185711482,"pid":42,"hostname":"web-1","reqId":"req-1","res":{"statusCode":200},"msg":"request completed"}',
    'query: SELECT "User"."id" AS "User_id" FROM "user" "User" WHERE "User"."id" = $1 LIMIT 1 -- PARAMETERS: ["u1"]',
    '[Nest] 42  - 11/26/2026, 7:35:11 PM     LOG [RouterExplorer] Mapped {/auth/token, POST} route +1ms',
    "[Nest] 42  - 11/26/2026, 7:35:11 PM   ERROR [ExceptionsHandler] Nest can't resolve dependencies of the AuthService (?, JwtService)",
    'npm warn deprecated inflight@1.0.6: This module is not supported, and leaks memory.',
    'added 624 packages, and audited 625 packages in 12s',
    'ValidationError: property tokenId should not exist',
  ])('the log line stays: %s', (line) => {
    expect(compileScrubber({ pii: 'keep' }).text(line)).toBe(line);
  });
});
