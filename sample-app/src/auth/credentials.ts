import { IsEmail, IsString, MinLength } from 'class-validator';

export class Credentials {
  @IsEmail()
  readonly email!: string;

  @IsString()
  @MinLength(8)
  readonly password!: string;
}
