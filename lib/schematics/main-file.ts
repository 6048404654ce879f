import type ts from 'typescript';
import { CannotEdit } from './cannot-edit.js';
import type { SourceText } from './source-text.js';

const STARTS = ['create', 'createMicroservice', 'createApplicationContext'];
const OWN_START = /^nestjs-error-tracker\/(?:init|register)$/;
const INSTRUMENT = /^\.{1,2}\/(?:.*\/)?instrument(?:\.[cm]?[jt]s)?$/;
/** What has to run before `initSentry` reads the variables. */
const LOADS_VARIABLES = /dotenv/;

/** How the root module is imported: `default` for a default import; no specifier if `main` declares it. */
export interface RootModule {
  readonly name: string;
  readonly specifier?: string;
}

/** The one call that creates the application. @throws CannotEdit - if there is none, or several */
export function findCreation(main: SourceText): ts.CallExpression {
  const { ts } = main;
  const found: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.expression.getText() === 'NestFactory' &&
      STARTS.includes(node.expression.name.text)
    )
      found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(main.file);
  const [creation, ...others] = found;
  if (!creation) throw new CannotEdit(main.path, 'does not call NestFactory.create(…)');
  if (others.length > 0) throw new CannotEdit(main.path, 'creates several applications');
  return creation;
}

/** The module that an application is created from. @throws CannotEdit - if it is no name */
export function rootModuleOf(main: SourceText, creation: ts.CallExpression): RootModule {
  const { ts } = main;
  let [module] = creation.arguments as readonly (ts.Expression | undefined)[];
  // AppModule.register({ … })
  if (module && ts.isCallExpression(module) && ts.isPropertyAccessExpression(module.expression))
    module = module.expression.expression;
  if (!module || !ts.isIdentifier(module))
    throw new CannotEdit(main.path, 'creates the application from something else than a module class');
  const local = module.text;
  for (const { importClause, moduleSpecifier } of main.imports) {
    const specifier = specifierOf(moduleSpecifier);
    if (importClause?.name?.text === local) return { name: 'default', specifier };
    const bindings = importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    const named = bindings.elements.find(({ name }) => name.text === local);
    if (named) return { name: (named.propertyName ?? named.name).text, specifier };
  }
  return { name: local };
}

const specifierOf = (moduleSpecifier: ts.Expression) => moduleSpecifier.getText().slice(1, -1);

/**
 * Puts the import of `instrument` first, unless Sentry is started in another way.
 *
 * @param extension - of `./instrument` in an import
 * @returns whether the file `instrument` beside this one is imported
 */
export function importInstrument(main: SourceText, extension: string): boolean {
  if (main.imports.length === 0) throw new CannotEdit(main.path, 'has no import declarations');
  if (main.imports.some(({ moduleSpecifier }) => OWN_START.test(specifierOf(moduleSpecifier)))) return false;
  const existing = main.imports.find(({ moduleSpecifier }) => INSTRUMENT.test(specifierOf(moduleSpecifier)));
  const at = startOfImports(main);
  if (!existing) {
    main.insert(at, main.importText(undefined, `./instrument${extension}`) + main.eol);
    return true;
  }
  const isLoading = (declaration: ts.ImportDeclaration) =>
    declaration.importClause !== undefined && !/^import\s+type\b/.test(declaration.getText());
  const before = main.imports.slice(0, main.imports.indexOf(existing));
  if (before.some(isLoading)) {
    const start = existing.getStart();
    if (main.indentationAt(start) !== '' || !main.isLastOfLine(existing.getEnd()))
      throw new CannotEdit(main.path, 'imports instrument too late, on a line with other code');
    const end = main.nextLine(existing.getEnd());
    main.insert(at, main.text.slice(start, main.lineEnd(start)) + main.eol);
    main.remove(start, end);
  }
  return specifierOf(existing.moduleSpecifier).startsWith('./instrument');
}

/** Before the first import and the comments that belong to it; after those that load variables. */
function startOfImports(main: SourceText): number {
  const { ts, text } = main;
  const isDirective = (statement: ts.Statement) =>
    ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
  const first = main.file.statements.find((statement) => !isDirective(statement)) ?? main.file;
  const loading: ts.ImportDeclaration[] = [];
  for (const statement of main.imports) {
    if (statement.importClause || !LOADS_VARIABLES.test(statement.moduleSpecifier.getText())) break;
    loading.push(statement);
  }
  const last = loading.at(-1);
  if (last) return main.nextLine(last.getEnd());

  let start = first.getStart();
  const comments = ts.getLeadingCommentRanges(text, first.getFullStart()) ?? [];
  for (const { pos, end } of [...comments].reverse()) {
    if (/\n[ \t]*\r?\n/.test(text.slice(end, start)) || /@ts-|licen[cs]e|copyright|@file/i.test(text.slice(pos, end)))
      break;
    start = pos;
  }
  return start;
}

/** @throws CannotEdit - if the application is not assigned to a variable */
export function enableShutdownHooks(main: SourceText, creation: ts.CallExpression): void {
  const { ts } = main;
  if (/\.enableShutdownHooks\s*\(/.test(withoutComments(main))) return;
  let value: ts.Node = creation;
  let isAwaited = false;
  const isAround = (node: ts.Node) =>
    ts.isAwaitExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node);
  while (isAround(value.parent)) {
    value = value.parent;
    isAwaited ||= ts.isAwaitExpression(value);
  }
  const holder = isAwaited ? holderOf(main, value) : undefined;
  if (!holder) throw new CannotEdit(main.path, 'does not assign the application to a variable: const app = await …');
  const call = `${holder.name}.enableShutdownHooks()${main.importText(undefined, '').endsWith(';') ? ';' : ''}`;
  const end = holder.statement.getEnd();
  if (main.isLastOfLine(end))
    main.insert(main.lineEnd(end), main.eol + main.indentationAt(holder.statement.getStart()) + call);
  else main.insert(end, ` ${call}`);
}

function withoutComments({ ts, text }: SourceText): string {
  return ts.transpileModule(text, { compilerOptions: { removeComments: true, target: ts.ScriptTarget.ESNext } })
    .outputText;
}

function holderOf({ ts }: SourceText, value: ts.Node): { name: string; statement: ts.Node } | undefined {
  const { parent } = value;
  const isBlock = (node: ts.Node) => ts.isBlock(node) || ts.isSourceFile(node);
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
    const statement = parent.parent.parent;
    return isBlock(statement.parent) ? { name: parent.name.text, statement } : undefined;
  }
  if (
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isIdentifier(parent.left) &&
    ts.isExpressionStatement(parent.parent) &&
    isBlock(parent.parent.parent)
  )
    return { name: parent.left.text, statement: parent.parent };
  return undefined;
}
