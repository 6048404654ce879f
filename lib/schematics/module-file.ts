import type ts from 'typescript';
import { CannotEdit } from './cannot-edit.js';
import type { SourceText } from './source-text.js';

const PACKAGE = 'nestjs-error-tracker';
const NAME = 'SentryModule';
const CALL = `${NAME}.forRoot()`;

/**
 * Puts `SentryModule.forRoot()` first among the imports of a module.
 *
 * @param name - of the class as it is exported; `default` for the default export
 * @throws CannotEdit - if its `@Module` cannot be read
 */
export function importSentryModule(source: SourceText, name: string): void {
  const { ts, path } = source;
  const metadata = metadataOf(source, name);
  const imports = importsOf(source, metadata);
  refuseAnother(source);
  importClass(source);
  if (imports) {
    insertFirst(source, imports.getStart() + 1, imports.elements, CALL);
    return;
  }
  if (metadata.properties.some((property) => ts.isSpreadAssignment(property)))
    throw new CannotEdit(path, 'takes the imports of its @Module from another object');
  insertFirst(source, metadata.getStart() + 1, metadata.properties, `imports: [${CALL}]`, ' ');
}

function metadataOf({ ts, path, file }: SourceText, name: string): ts.ObjectLiteralExpression {
  const classes = file.statements.filter((statement) => ts.isClassDeclaration(statement));
  const isExportedByDefault = (declaration: ts.ClassDeclaration) =>
    declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true ||
    file.statements.some((each) => ts.isExportAssignment(each) && each.expression.getText() === declaration.name?.text);
  const module = classes.find((each) => (name === 'default' ? isExportedByDefault(each) : each.name?.text === name));
  if (!module) throw new CannotEdit(path, `does not declare the class ${name}`);
  for (const { expression } of ts.getDecorators(module) ?? []) {
    if (!ts.isCallExpression(expression) || expression.expression.getText() !== 'Module') continue;
    const [metadata] = expression.arguments;
    if (metadata && ts.isObjectLiteralExpression(metadata)) return metadata;
    throw new CannotEdit(path, 'has a @Module whose argument is not an object literal');
  }
  throw new CannotEdit(path, `has no @Module on the class ${module.name?.text ?? name}`);
}

function importsOf(
  { ts, path }: SourceText,
  metadata: ts.ObjectLiteralExpression,
): ts.ArrayLiteralExpression | undefined {
  const property = metadata.properties.find((each) => each.name && /^(["']?)imports\1$/.test(each.name.getText()));
  if (!property) return undefined;
  let value = ts.isPropertyAssignment(property) ? property.initializer : undefined;
  while (value && (ts.isAsExpression(value) || ts.isSatisfiesExpression(value) || ts.isParenthesizedExpression(value)))
    value = value.expression;
  if (value && ts.isArrayLiteralExpression(value)) return value;
  throw new CannotEdit(path, 'has a @Module whose imports are not an array literal');
}

const packageOf = ({ moduleSpecifier }: ts.ImportDeclaration) => moduleSpecifier.getText().slice(1, -1);

function namesOf({ ts }: SourceText, { importClause }: ts.ImportDeclaration): readonly ts.ImportSpecifier[] {
  const bindings = importClause?.namedBindings;
  return bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
}

function importOfClass(source: SourceText): ts.ImportDeclaration | undefined {
  return source.imports.find((each) => namesOf(source, each).some(({ name }) => name.text === NAME));
}

function refuseAnother(source: SourceText): void {
  const existing = importOfClass(source);
  if (existing && packageOf(existing) !== PACKAGE)
    throw new CannotEdit(
      source.path,
      `imports ${NAME} from ${packageOf(existing)}, which has to be replaced (docs/migration.md)`,
    );
}

function importClass(source: SourceText): void {
  if (importOfClass(source)) return;
  const { file, imports } = source;
  const own = imports.find((each) => packageOf(each) === PACKAGE && !/^import\s+type\b/.test(each.getText()));
  const [first] = own ? namesOf(source, own) : [];
  if (first) {
    source.insert(first.getStart(), `${NAME}, `);
    return;
  }
  const text = source.importText(NAME, PACKAGE) + source.eol;
  const last = imports.filter((each) => !packageOf(each).startsWith('.')).at(-1);
  if (!last || !source.isLastOfLine(last.getEnd())) {
    source.insert((imports[0] ?? file.statements[0] ?? file).getStart(), text);
    return;
  }
  const end = source.nextLine(last.getEnd());
  source.insert(end, end === source.lineEnd(last.getEnd()) ? source.eol + text : text);
}

/**
 * @param at - after the opening bracket
 * @param padding - between the brackets and what is put between them, on one line
 */
function insertFirst(
  source: SourceText,
  at: number,
  elements: ts.NodeArray<ts.Node>,
  text: string,
  padding = '',
): void {
  const [first] = elements;
  if (first && source.isOnLineOf(at, first.getStart())) {
    source.insert(first.getStart(), `${text}, `);
    return;
  }
  const isOpen = source.isLastOfLine(at); // the closing bracket is on another line
  if (!isOpen) {
    source.insert(at, padding + text + (first ? ',' : padding));
    return;
  }
  const indentation = first ? source.indentationAt(first.getStart()) : source.indentationAt(at) + source.indentation;
  source.insert(source.lineEnd(at), `${source.eol}${indentation}${text},`);
}
