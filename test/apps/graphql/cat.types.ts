import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';

@ObjectType()
export class Cat {
  @Field(() => Int)
  id!: number;

  @Field(() => String)
  name!: string;

  /** A value that its type cannot hold. */
  @Field(() => Int, { nullable: true })
  weight?: unknown;

  /** A property that is a promise, and rejects. */
  @Field(() => String, { nullable: true })
  lazy?: unknown;
}

@InputType()
export class CatInput {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  password?: string;
}

export const cat = (id: number, more: Partial<Cat> = {}): Cat => ({ id, name: `cat ${id}`, ...more });
