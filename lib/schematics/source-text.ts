import type ts from 'typescript';
import { CannotEdit } from './cannot-edit.js';
import type { TypeScript } from './typescript.js';

/** A source file, and what is put into its text; everything else of it stays as it is. */
export class SourceText {
  readonly file: ts.SourceFile;
  private readonly edits: { from: number; to: number; text: string }[] = [];

  /** @throws CannotEdit - if it has a syntax error */
  constructor(
    readonly ts: TypeScript,
    readonly path: string,
    readonly text: string,
  ) {
    const { diagnostics = [] } = ts.transpileModule(text, { fileName: path, reportDiagnostics: true });
    const [error] = diagnostics.filter(({ category, file }) => file && category === ts.DiagnosticCategory.Error);
    if (error)
      throw new CannotEdit(path, `cannot be parsed (${ts.flattenDiagnosticMessageText(error.messageText, ' ')})`);
    this.file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  }

  get eol(): string {
    return this.text.includes('\r\n') ? '\r\n' : '\n';
  }

  /** One level of indentation. */
  get indentation(): string {
    return /^([ \t]+)[^\s*]/m.exec(this.text)?.[1] ?? '  ';
  }

  get imports(): ts.ImportDeclaration[] {
    return this.file.statements.filter((statement) => this.ts.isImportDeclaration(statement));
  }

  /** An import as the others of this file are written, without the end of its line. */
  importText(bindings: string | undefined, specifier: string): string {
    const [first] = this.imports;
    const quote = first?.moduleSpecifier.getText().charAt(0) ?? "'";
    const end = !first || first.getText().endsWith(';') ? ';' : '';
    return `import ${bindings === undefined ? '' : `{ ${bindings} } from `}${quote}${specifier}${quote}${end}`;
  }

  insert(at: number, text: string): void {
    this.edits.push({ from: at, to: at, text });
  }

  remove(from: number, to: number): void {
    this.edits.push({ from, to, text: '' });
  }

  edited(): string {
    const last = [...this.edits].sort((one, other) => other.from - one.from);
    return last.reduce((text, { from, to, text: added }) => text.slice(0, from) + added + text.slice(to), this.text);
  }

  /** The end of a line, before its line break. */
  lineEnd(at: number): number {
    const end = this.text.slice(at).search(/\r?\n|$/);
    return at + end;
  }

  /** The start of the next line. */
  nextLine(at: number): number {
    const end = this.lineEnd(at);
    return this.text.startsWith(this.eol, end) ? end + this.eol.length : end;
  }

  /** What the line of a position begins with. */
  indentationAt(at: number): string {
    return /^[ \t]*/.exec(this.text.slice(this.text.lastIndexOf('\n', at - 1) + 1, at))?.[0] ?? '';
  }

  /** Whether nothing but a comment stands between a position and the end of its line. */
  isLastOfLine(at: number): boolean {
    return /^[ \t]*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/[ \t]*)?$/.test(this.text.slice(at, this.lineEnd(at)));
  }

  isOnLineOf(one: number, other: number): boolean {
    return !/\n/.test(this.text.slice(one, other));
  }
}
