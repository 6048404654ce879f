import { Field, Int, ObjectType, Query, registerEnumType, Resolver, Subscription } from '@nestjs/graphql';

enum Color {
  Red = 'red',
}
registerEnumType(Color, { name: 'Color' });

const wrong = (value: unknown) => value as never;

@ObjectType()
export class Shape {
  @Field(() => Int)
  size!: number;

  /** Comes from a loader. */
  @Field(() => String, { nullable: true })
  label?: string;
}

/** Resolvers that succeed with values that do not match their types, so that graphql itself creates the errors. */
@Resolver(() => Shape)
export class ShapesResolver {
  @Query(() => String)
  missing(): string {
    return wrong(null);
  }

  @Query(() => [String], { nullable: true })
  noList(): string[] {
    return wrong('one');
  }

  @Query(() => Color, { nullable: true })
  color(): Color {
    return wrong('blue');
  }

  @Query(() => Int, { nullable: true })
  scalar(): number {
    return wrong('many');
  }

  @Query(() => [Shape], { nullable: 'itemsAndList' })
  shapes(): Shape[] {
    return [{ size: 1 }, wrong({}), wrong({ size: 'huge' })];
  }

  @Query(() => [Shape])
  labelled(): Shape[] {
    return [{ size: 1 }, { size: 2 }];
  }

  @Query(() => String, { nullable: true })
  fine(): string {
    return 'fine';
  }

  @Subscription(() => Shape, { nullable: true, resolve: (event: unknown) => event })
  async *shapeAdded() {
    yield { size: 1 };
    yield {};
    yield { size: 'huge' };
  }
}
