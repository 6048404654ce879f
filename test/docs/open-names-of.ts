import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const OPEN_NAMES = join(__dirname, 'open-names.ts');

const parse = (text: string): ts.SourceFile => ts.createSourceFile('block.ts', text, ts.ScriptTarget.Latest);

const namesOfBinding = (name: ts.BindingName): string[] =>
  ts.isIdentifier(name)
    ? [name.text]
    : name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesOfBinding(element.name)));

const namesOfImport = ({ importClause }: ts.ImportDeclaration): string[] => {
  const { namedBindings, name } = importClause ?? {};
  const named = !namedBindings ? [] : ts.isNamespaceImport(namedBindings) ? [namedBindings] : namedBindings.elements;
  return [...(name ? [name.text] : []), ...named.map((binding) => binding.name.text)];
};

/** The names that a statement at the top of a module brings into it. */
function declaredBy(statement: ts.Statement): string[] {
  if (ts.isImportDeclaration(statement)) return namesOfImport(statement);
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => namesOfBinding(name));
  const { name } = statement as Partial<ts.ClassDeclaration>;
  return name ? [name.text] : [];
}

function exported(statement: ts.Statement): [name: string, isType: boolean][] {
  if (ts.isExportDeclaration(statement) && statement.exportClause) {
    const { exportClause } = statement;
    if (ts.isNamespaceExport(exportClause)) return [[exportClause.name.text, false]];
    return exportClause.elements.map(({ name, isTypeOnly }) => [name.text, isTypeOnly]);
  }
  const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  return ts.isImportDeclaration(statement) ? [] : declaredBy(statement).map((name) => [name, isType]);
}

/** The names that blocks may leave open, and whether each is only a type. */
export const openNames = new Map(parse(readFileSync(OPEN_NAMES, 'utf8')).statements.flatMap(exported));

/** The open names that a module uses. */
export function openNamesIn(text: string): string[] {
  const own = new Set(parse(text).statements.flatMap(declaredBy));
  return [...openNames.keys()].filter((name) => !own.has(name) && new RegExp(`(?<![.\\w'/])${name}\\b`).test(text));
}

/**
 * Imports the open names of a module, in one line.
 *
 * @param from - path of the open names, from the module
 */
export function importsOfOpenNames(text: string, from: string): string {
  const names = openNamesIn(text).map((name) => (openNames.get(name) ? `type ${name}` : name));
  return names.length === 0 ? '' : `import { ${names.join(', ')} } from '${from}';`;
}
