/** Operations whose resolvers succeed, and what graphql itself rejects. */
export const unfitValues: [what: string, query: string, field: string, events: string[]][] = [
  ['null for a non-null field', '{ missing }', 'missing', ['Cannot return null for non-nullable field Query.missing']],
  ['a value that is not a list', '{ noList }', 'noList', ['Expected Iterable']],
  ['a value that is not in an enum', '{ color }', 'color', ['Enum "Color" cannot represent value']],
  ['a value that is no scalar', '{ scalar }', 'scalar', ['Int cannot represent']],
  ['values below a list', '{ shapes { size } }', 'shapes', ['Cannot return null', 'Int cannot represent']],
  ['a value beside another field', '{ scalar fine }', 'scalar', ['Int cannot represent']],
];
