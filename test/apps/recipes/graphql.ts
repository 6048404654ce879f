import 'nestjs-error-tracker/register';
import { ApolloDriver } from '@nestjs/apollo';
import { GraphQLModule, Query, Resolver } from '@nestjs/graphql';
import { GraphQLError } from 'graphql';
import { block, start, tell } from './host';

@Resolver()
class Cats {
  @Query('cats')
  cats(): string[] {
    throw new Error('the cats are gone');
  }
  @Query('sold')
  sold(): string[] {
    throw new GraphQLError('no cats left', { extensions: { code: 'OUT_OF_STOCK' } });
  }
}

tell(async () => {
  const graphql = GraphQLModule.forRoot({
    driver: ApolloDriver,
    typeDefs: 'type Query { cats: [String!] sold: [String!] }',
    context: ({ req }: any) => ({ req: Object.assign(req, { user: { sub: '7' } }) }),
  } as object);
  const { ask, tracker } = await start({ imports: [block(0).module, graphql], providers: [Cats] });
  const query = (name: string) =>
    ask('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: `query ${name} { ${name} }` }),
    });
  const answers = [await query('cats'), await query('sold')];
  await tracker.flush('5s');
  return answers;
});
