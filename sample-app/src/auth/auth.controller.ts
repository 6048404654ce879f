import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { AuthService } from './auth.service.js';
import { Credentials } from './credentials.js';

@Controller('auth')
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  @Post('register')
  async register(@Body() credentials: Credentials): Promise<{ id: number }> {
    const { id } = await this.auth.register(credentials);
    return { id };
  }

  @Post('login')
  @HttpCode(200)
  async login(@Body() credentials: Credentials): Promise<{ token: string }> {
    return { token: await this.auth.login(credentials) };
  }
}
