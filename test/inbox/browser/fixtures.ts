import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transpileModule, ModuleKind, ScriptTarget } from 'typescript';
import { envelope } from '../envelope-text.js';

const SOURCE = `interface Order {
  total: number;
}

export const pay = (order: Order): number => order.total; // throws without an order
`;

/** A project with a compiled file and its source map. */
export class SmallProject {
  private constructor(
    readonly folder: string,
    private readonly compiled: string[],
  ) {}

  static async create(): Promise<SmallProject> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'inbox-project-')));
    const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, sourceMap: true };
    const { outputText, sourceMapText = '' } = transpileModule(SOURCE, { fileName: 'pay.ts', compilerOptions });
    await mkdir(join(folder, 'src'));
    await mkdir(join(folder, 'dist'));
    await writeFile(join(folder, 'src/pay.ts'), SOURCE);
    await writeFile(join(folder, 'dist/pay.js'), outputText);
    await writeFile(join(folder, 'dist/pay.js.map'), sourceMapText.replace('"pay.ts"]', '"../src/pay.ts"]'));
    return new SmallProject(folder, outputText.split('\n'));
  }

  /** The frames of an error thrown by the compiled file, outermost first. */
  frames(): object[] {
    const at = this.compiled.findIndex((line) => line.includes('order.total'));
    const line = this.compiled[at] ?? '';
    return [
      { filename: 'node:internal/process/task_queues', function: 'processTicks', lineno: 95, in_app: false },
      {
        filename: join(this.folder, 'node_modules/@nestjs/core/router.js'),
        function: 'proxy',
        lineno: 9,
        in_app: false,
      },
      {
        filename: join(this.folder, 'node_modules/nestjs-error-tracker/dist/cjs/chunks/tracker.js'),
        function: 'within',
        lineno: 3,
        in_app: true,
      },
      {
        filename: join(this.folder, 'dist/pay.js'),
        function: 'pay',
        lineno: at + 1,
        colno: line.indexOf('order.total') + 1,
        context_line: line,
        in_app: true,
      },
    ];
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

export const HOSTILE = `<img src=x onerror="alert('1')">'; touch /tmp/x; echo '\u001b[201~\u0007`;
const TRACE = { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16) };

export const paymentError = (frames: object[], change: object = {}): object => ({
  event_id: 'c'.repeat(32),
  timestamp: Date.now() / 1000,
  level: 'error',
  transaction: 'POST /payments',
  environment: 'production',
  fingerprint: ['payment'],
  tags: { tenant: 'acme' },
  user: { id: 'u1', email: '[Filtered]' },
  contexts: { trace: TRACE, operation: { chain: [{ name: 'checkout' }, { name: 'payment.charge' }] } },
  breadcrumbs: [{ timestamp: Date.now() / 1000 - 1, category: 'query', message: 'SELECT ?' }],
  request: { method: 'POST', url: 'http://localhost/payments', headers: { 'x-note': HOSTILE, '@/etc/passwd': 'x' }, data: { note: HOSTILE } },
  exception: { values: [{ type: 'GatewayTimeout', value: 'no answer' }, { type: 'PaymentError', value: 'not paid', stacktrace: { frames } }] },
  _meta: { user: { email: { '': { rem: [['@email', 's', 0, 10]], len: 15 } } } },
  ...change,
}); // prettier-ignore

export const paymentTrace = (): object => ({
  type: 'transaction',
  transaction: 'POST /payments',
  environment: 'production',
  start_timestamp: Date.now() / 1000 - 2,
  timestamp: Date.now() / 1000,
  contexts: { trace: { ...TRACE, span_id: 'd'.repeat(16), op: 'http.server', status: 'internal_error' } },
  spans: [{ ...TRACE, parent_span_id: 'd'.repeat(16), op: 'function', description: 'payment.charge', status: 'internal_error', start_timestamp: Date.now() / 1000 - 1, timestamp: Date.now() / 1000 }],
}); // prettier-ignore

/** Delivers each item in an envelope of its own. */
export async function deliver(url: string, ...items: Array<[type: string, payload: object]>): Promise<void> {
  for (const [type, payload] of items) {
    const body = new Uint8Array(envelope({}, [{ type }, payload]));
    const { status } = await fetch(`${url}/api/1/envelope/`, { method: 'POST', body });
    if (status !== 200) throw new Error(`the inbox responded ${status}`);
  }
}
