import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { laneFolder, type Lane } from '../harness/app-process';
import { isFull, representative, variation } from '../harness/scale';

const lanes = join(__dirname, '..', '..', '.lanes');
const manifest = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { exports: object };
const entries = Object.keys(manifest.exports)
  .filter((entry) => entry !== './package.json')
  .map((entry) => `nestjs-error-tracker${entry.slice(1)}`);
/** What one process loads: everything; at full scale, one entry point. */
const groups = isFull ? entries.map((entry) => [entry]) : [entries];
const resolved = join(lanes, `resolved-${process.pid}`);
const env = { ...process.env, RESOLVED: resolved, NODE_ENV: 'production', SENTRY_DSN: 'http://key@127.0.0.1:9/1' };

const run = (lane: Lane, code: string, ...flags: string[]) =>
  execFileSync(process.execPath, [...flags, '-e', code], { cwd: laneFolder(lane), env, encoding: 'utf8' });

/** Notes the address of every module that is resolved; in a file, because a pipe that is full takes no more from a thread. */
const spy = `data:text/javascript,${encodeURIComponent(`
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(\`
    import { appendFileSync } from 'node:fs';
    export async function resolve(specifier, context, next) {
      const found = await next(specifier, context);
      appendFileSync(process.env.RESOLVED, found.url + ' ');
      return found;
    }
  \`));
`)}`;

describe.each<Lane>(['11', '12'])('the packed tarball in lane %s', (lane) => {
  test.each(groups)('%s load under require and under import, with the same exports', (...group) => {
    const code = `
      const isGenerated = (name) => ['default', 'module.exports', '__esModule'].includes(name);
      const namesOf = (entry) => Object.keys(entry).filter((name) => !isGenerated(name)).sort();
      const entries = ${JSON.stringify(group)};
      const required = entries.map((entry) => namesOf(require(entry)));
      Promise.all(entries.map((entry) => import(entry))).then((imported) => {
        console.log(JSON.stringify({ required, imported: imported.map(namesOf) }));
      });`;
    const { required, imported } = JSON.parse(run(lane, code, '--input-type=commonjs'));
    expect(imported).toEqual(required);
  });

  const starters = ['nestjs-error-tracker/init', 'nestjs-error-tracker/register'];
  // Each on one of the lanes.
  test.each(representative(starters, (_entry, at) => at === Number(lane === '12')))(
    '%s loads nothing of Nest',
    (entry) => {
      const start = entry.endsWith('/init') ? '.initSentry()' : '';
      const required = run(
        lane,
        `require('${entry}')${start}; console.log(Object.keys(require.cache).join('\\n'))`,
        '--input-type=commonjs',
      );
      writeFileSync(resolved, '');
      run(lane, `import * as entry from '${entry}'; entry${start || ';'}`, '--input-type=module', '--import', spy);
      const imported = readFileSync(resolved, 'utf8');
      rmSync(resolved);
      expect(required).toContain('@sentry/nestjs');
      expect(imported).toContain('@sentry/nestjs');
      expect(required).not.toContain('/@nestjs/');
      expect(imported).not.toContain('/@nestjs/');
    },
  );

  const flags = [
    ['--import', 'import'],
    ['--require', 'require'],
  ];
  test.each(representative(flags, (_flag, at) => at === Number(lane === '11')))(
    '%s nestjs-error-tracker/register starts Sentry',
    (flag) => {
      const code = `const { getClient } = require('@sentry/nestjs'); console.log(getClient()?.getOptions().environment)`;
      expect(run(lane, code, '--input-type=commonjs', flag, 'nestjs-error-tracker/register')).toContain('production');
    },
  );

  const onTwelve = lane === '12' ? test : variation;
  onTwelve('an ES copy and a CommonJS copy share one client', () => {
    const code = `import { createRequire } from 'node:module';
      import { initSentry } from 'nestjs-error-tracker/init';
      const other = createRequire(process.cwd() + '/x.js')('nestjs-error-tracker/init');
      console.log(initSentry() === other.initSentry());`;
    expect(run(lane, code, '--input-type=module').trim()).toBe('true');
  });

  // consumer-types.spec.ts compiles a CommonJS project.
  const types = isFull ? ['commonjs', 'module'] : ['module'];
  if (isFull || lane === '12')
    test.each(types)('its types compile strictly in a %s project', (type) => {
      const folder = mkdtempSync(join(lanes, lane, 'types-'));
      try {
        const imports = entries.map((entry, n) => `import * as entry${n} from '${entry}';\nvoid entry${n};`);
        writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }));
        writeFileSync(join(folder, 'consumer.ts'), `${imports.join('\n')}\n${consumer}`);
        const tsc = require.resolve('typescript/bin/tsc');
        const flags = [
          '--ignoreConfig',
          '--noEmit',
          '--strict',
          '--module',
          'nodenext',
          '--target',
          'es2022',
          '--types',
          'node',
        ];
        const typeRoots = ['--typeRoots', join(__dirname, '..', '..', 'node_modules', '@types')];
        execFileSync(
          process.execPath,
          [tsc, ...flags, ...typeRoots, '--skipLibCheck', '--experimentalDecorators', 'consumer.ts'],
          { cwd: folder, encoding: 'utf8' },
        );
      } catch (error) {
        throw new Error((error as { stdout: string }).stdout);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
});

const consumer = `
import { Injectable, Module } from '@nestjs/common';
import { ErrorTracker, SentryModule, TrackOperation, type SentryModuleOptions } from 'nestjs-error-tracker';
interface ShopRequest { headers: Record<string, string>; user?: { sub: string; role: string } }
interface Order { id: number }
const options: SentryModuleOptions = {
  capture: { status: { '5xx': 1, 403: 1 }, ignore: [RangeError, 'ECONNRESET', /aborted/, (error) => error === null] },
  user: (request: ShopRequest) => request.user && { id: request.user.sub, role: request.user.role },
  context: { tags: (request: ShopRequest) => ({ tenant: request.headers['x-tenant'] }) },
};
@Injectable()
export class CheckoutService {
  constructor(private readonly tracker: ErrorTracker) {}
  @TrackOperation('checkout.pay', { data: (order: Order) => ({ orderId: order.id }), slowerThan: '2s' })
  async pay(order: Order): Promise<number> {
    this.tracker.capturePaymentError(new Error('x'), { amount: 1, currency: 'EUR' });
    return this.tracker.track('inner', () => Promise.resolve(order.id));
  }
}
@Module({ imports: [SentryModule.forRoot(options), SentryModule.forRootAsync({ inject: ['x'], useFactory: (x: string) => ({ init: { dsn: x } }) })] })
export class AppModule {}
`;
