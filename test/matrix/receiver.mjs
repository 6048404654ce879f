import { readFile } from 'node:fs/promises';
import ts from 'typescript';

/** The receiver of the other tests: this command runs without a compiled copy of it. */
const source = await readFile(new URL('../harness/receiver.ts', import.meta.url), 'utf8');
const { outputText } = ts.transpileModule(source, {
  compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
});
export const { Receiver } = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
