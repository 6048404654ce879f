import { Args, Query, Resolver } from '@nestjs/graphql';

@Resolver()
export class LeaksResolver {
  @Query(() => String, { nullable: true })
  login(@Args('note') _note: string, @Args('password') _password: string, @Args('remark') _remark: string): never {
    throw new Error('a field failed');
  }
}
