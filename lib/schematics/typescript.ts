import { createRequire } from 'node:module';
import { join } from 'node:path';
import type ts from 'typescript';

export type TypeScript = typeof ts;

/**
 * The compiler of the project, else the one that came with the Nest CLI: a project in JavaScript has none.
 *
 * @throws Error - if neither can parse sources
 */
export function loadTypeScript(folder: string): TypeScript {
  const [, commandLine = ''] = process.argv;
  for (const from of [join(folder, 'package.json'), commandLine]) {
    const found = load(from);
    if (typeof found?.createSourceFile === 'function') return found;
  }
  throw new Error(
    'nest add nestjs-error-tracker needs typescript to read your sources: npm install --save-dev typescript',
  );
}

function load(from: string): TypeScript | undefined {
  try {
    return createRequire(from)('typescript') as TypeScript;
  } catch {
    return undefined; // not installed there
  }
}
