import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transpileModule, ModuleKind, ScriptTarget } from 'typescript';
import { FrameSources } from '../../lib/inbox/sources/frame-sources.js';
import { ProjectFiles } from '../../lib/inbox/sources/project-files.js';

const SOURCE = `interface Currency { code: string }
interface Order { total: number }

export function pay(order: Order | undefined): number {
  // the comment is not compiled
  return order!.total;
}
`;
const THROWS = { line: 6, text: '  return order!.total;' };

let outside: string;
let project: string;
beforeEach(async () => {
  outside = await realpath(await mkdtemp(join(tmpdir(), 'sources-')));
  project = join(outside, 'project');
  await mkdir(join(project, 'src'), { recursive: true });
  await mkdir(join(project, 'dist'));
  await writeFile(join(project, 'src/pay.ts'), SOURCE);
});
afterEach(() => rm(outside, { recursive: true, force: true }));

/** Compiles the source; returns the compiled line that throws. */
async function compile(options: object = {}, folder = join(project, 'dist')): Promise<{ line: number; text: string }> {
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, removeComments: true, ...options };
  const { outputText, sourceMapText } = transpileModule(SOURCE, { fileName: 'pay.ts', compilerOptions: { sourceMap: !('inlineSourceMap' in options), ...compilerOptions } });
  await writeFile(join(folder, 'pay.js'), outputText);
  if (sourceMapText !== undefined) await writeFile(join(folder, 'pay.js.map'), sourceMapText.replace('"sources":["pay.ts"]', '"sources":["../src/pay.ts"]'));
  const line = outputText.split('\n').findIndex((text) => text.includes('order.total')) + 1;
  return { line, text: outputText.split('\n')[line - 1]! };
} // prettier-ignore

const eventAt = (frame: object) => ({ timestamp: 1e12, exception: { values: [{ stacktrace: { frames: [frame] } }] } });
const lookUp = async (frame: object) =>
  (await new FrameSources(new ProjectFiles(project)).ofEvent(eventAt(frame)))[0]![0];
const frameAt = ({ line, text }: { line: number; text: string }, filename = join(project, 'dist/pay.js')) => ({
  filename,
  lineno: line,
  colno: text.indexOf('order.total') + 1,
  context_line: text,
});

describe('the source of a frame', () => {
  const typescript = {
    filename: 'src/pay.ts',
    lineno: THROWS.line,
    context_line: THROWS.text,
    pre_context: ['interface Currency { code: string }', 'interface Order { total: number }', '', 'export function pay(order: Order | undefined): number {', '  // the comment is not compiled'],
    post_context: ['}', ''],
  }; // prettier-ignore

  it('is found through the map beside the file', async () => {
    const compiled = await compile();
    expect(compiled.line).not.toBe(THROWS.line);
    expect(await lookUp(frameAt(compiled))).toMatchObject(typescript);
  });

  it.each(['file URL', 'rewritten path', 'path from the project', 'query of a module that is loaded again'])('is found for a %s', async (form) => {
    const frame = frameAt(await compile());
    const path = { 'file URL': `file://${frame.filename}`, 'rewritten path': 'app:///dist/pay.js', 'path from the project': 'dist/pay.js' }[form] ?? `${frame.filename}?v=2`;
    expect(await lookUp({ ...frame, filename: path })).toMatchObject(typescript);
  }); // prettier-ignore

  it('is taken from the map if it is in there, and from a map in the file', async () => {
    const compiled = await compile({ inlineSourceMap: true, inlineSources: true });
    await rm(join(project, 'src/pay.ts'));
    expect(await lookUp(frameAt(compiled))).toMatchObject({ context_line: THROWS.text, lineno: THROWS.line });
  });

  it('is not shown if the compiled file has changed since the event', async () => {
    const frame = frameAt(await compile());
    expect(await lookUp({ ...frame, context_line: 'return anything.else;' })).toEqual({ changed: 'compiled' });
    expect(await lookUp({ ...frame, context_line: 'return [Filtered:key].price;' })).toEqual({ changed: 'compiled' });
    expect(await lookUp({ ...frame, context_line: '{snip}order.total;' })).toMatchObject(typescript);
    expect(await lookUp({ ...frame, context_line: 'return [Filtered].total;' })).toMatchObject(typescript);
  });

  it('says that it was edited after it was compiled', async () => {
    const frame = frameAt(await compile());
    await utimes(join(project, 'src/pay.ts'), new Date(), new Date(Date.now() + 60_000));
    expect(await lookUp(frame)).toMatchObject({ ...typescript, changed: 'source' });
  });

  it('of a file without a map is the file itself', async () => {
    const compiled = await compile();
    await rm(join(project, 'dist/pay.js.map'));
    expect(await lookUp(frameAt(compiled))).toMatchObject({ filename: 'dist/pay.js', context_line: compiled.text });
    const direct = { filename: join(project, 'src/pay.ts'), lineno: THROWS.line }; // as tsx and ts-node run it
    expect(await lookUp(direct)).toMatchObject({ ...typescript });
  });

  it('is left out where the code is of this library itself', async () => {
    await writeFile(join(project, 'package.json'), '{"name":"nestjs-error-tracker"}');
    await mkdir(join(project, 'dist/cjs'));
    const compiled = await compile({}, join(project, 'dist/cjs'));
    expect(await lookUp(frameAt(compiled, join(project, 'dist/cjs/pay.js')))).toEqual({ library: true });
  });
});

describe('nothing is read', () => {
  const nothing = [null, { filename: 'dist/pay.js' }];
  const secret = 'const secret = "of another project";\n//# sourceMappingURL=other.js.map';
  const isHidden = async (frame: object): Promise<void> => {
    const found = await lookUp({ lineno: 1, colno: 1, ...frame });
    expect(JSON.stringify(found ?? null)).not.toMatch(/secret|of another/);
    expect(nothing).toContainEqual(found && 'filename' in found ? { filename: 'dist/pay.js' } : null);
  };

  it('outside of the project', async () => {
    await writeFile(join(outside, 'other.js'), secret);
    await mkdir(join(outside, 'project-2'));
    await writeFile(join(outside, 'project-2/other.js'), secret);
    for (const filename of [join(outside, 'other.js'), '../other.js', `${project}/../other.js`, `${project}-2/other.js`, 'app:///../other.js', 'dist/\0../../other.js', 'http://127.0.0.1/other.js', 'webpack:///../other.js'])
      await isHidden({ filename });
  }); // prettier-ignore

  it('beside a project that is itself reached through a link', async () => {
    const linked = join(outside, 'linked');
    await symlink(project, linked);
    const sources = new FrameSources(new ProjectFiles(linked));
    const frame = frameAt(await compile());
    await mkdir(join(outside, 'project-2'));
    await writeFile(join(outside, 'project-2/pay.js'), frame.context_line);
    const paths = [frame.filename, join(linked, 'dist/pay.js'), join(outside, 'project-2/pay.js'), join(outside, 'linked-2/pay.js')];
    const found = await Promise.all(paths.map((filename) => sources.ofEvent(eventAt({ ...frame, lineno: filename.includes('-2') ? 1 : frame.lineno, filename }))));
    expect(found.map((lists) => lists[0]![0]?.filename)).toEqual(['src/pay.ts', 'src/pay.ts', undefined, undefined]);
  }); // prettier-ignore

  it('through a link, neither of a file nor of a folder', async () => {
    await writeFile(join(outside, 'other.js'), secret);
    await symlink(join(outside, 'other.js'), join(project, 'dist/linked.js'));
    await symlink(outside, join(project, 'linked'));
    await isHidden({ filename: join(project, 'dist/linked.js') });
    await isHidden({ filename: join(project, 'linked/other.js') });
    await isHidden({ filename: join(project, 'linked/project/dist/linked.js') });
  });

  it.each(['../../other.ts', 'file:///etc/passwd', 'webpack://shop/../../other.ts', '../src/linked.ts', '../.env'])(
    'that a map names as %s',
    async (source) => {
      await writeFile(join(outside, 'other.ts'), secret);
      await writeFile(join(project, '.env'), secret);
      await symlink(join(outside, 'other.ts'), join(project, 'src/linked.ts'));
      await writeFile(join(project, 'dist/pay.js'), 'throw 1;\n//# sourceMappingURL=pay.js.map');
      await writeFile(join(project, 'dist/pay.js.map'), JSON.stringify({ version: 3, sources: [source], names: [], mappings: 'AAAA' }));
      const found = await lookUp({ filename: 'dist/pay.js', lineno: 1, colno: 1 });
      expect(found).toEqual({ filename: expect.any(String), lineno: 1, colno: 1 });
    },
  ); // prettier-ignore

  it('that a file names as its map, outside of the project or of another kind', async () => {
    const map = JSON.stringify({ version: 3, sources: ['x.ts'], sourcesContent: [secret], names: [], mappings: 'AAAA' });
    await writeFile(join(outside, 'pay.js.map'), map);
    await writeFile(join(project, 'dist/pay.env'), map);
    for (const name of ['../../pay.js.map', `file://${outside}/pay.js.map`, 'pay.env', 'https://example.org/pay.js.map', '%zz.map']) {
      await writeFile(join(project, 'dist/pay.js'), `throw 1;\n//# sourceMappingURL=${name}`);
      expect(await lookUp({ filename: 'dist/pay.js', lineno: 1, colno: 1 })).toMatchObject({ context_line: 'throw 1;' });
    }
  }); // prettier-ignore

  it('that is no code, too large, a folder or a pipe', async () => {
    await writeFile(join(project, '.env'), secret);
    await writeFile(join(project, 'key.pem'), secret);
    await writeFile(join(project, 'large.js'), secret + ' '.repeat(8 * 1024 * 1024));
    await mkdir(join(project, 'folder.js'));
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(project, 'pipe.js')]);
    for (const filename of ['.env', 'key.pem', 'large.js', 'folder.js', 'pipe.js', '.']) await isHidden({ filename });
  });

  it('of packages', async () => {
    await mkdir(join(project, 'node_modules/other'), { recursive: true });
    await writeFile(join(project, 'node_modules/other/index.js'), secret);
    await isHidden({ filename: join(project, 'node_modules/other/index.js') });
  });
});

it.each(['{', '[]', '{"version":3,"sources":5}', '{"version":3,"sources":["a"],"mappings":"!!!,;;,AAAAAAAAAAAAAAAA"}', '{"version":3,"sources":[null],"mappings":"AAAA"}', '{"version":3,"sections":[{}],"sources":[]}'])(
  'a map such as %s is ignored',
  async (map) => {
    await writeFile(join(project, 'dist/pay.js'), 'throw 1;');
    await writeFile(join(project, 'dist/pay.js.map'), map);
    expect(await lookUp({ filename: 'dist/pay.js', lineno: 1, colno: 1 })).toMatchObject({ lineno: 1 });
  },
); // prettier-ignore

it('an event of any shape has frames of no file', async () => {
  const sources = new FrameSources(new ProjectFiles(project));
  for (const payload of [null, 'text', { exception: 5 }, { exception: [null, { stacktrace: { frames: [null, 5, { filename: {}, lineno: -1 }, { filename: 'a.js', lineno: Infinity }] } }] }])
    expect((await sources.ofEvent(payload)).flat().every((found) => found === null)).toBe(true);
}); // prettier-ignore
