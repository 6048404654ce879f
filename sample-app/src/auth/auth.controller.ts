import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { AuthService } from './auth.service.js';
import { Credentials } from './credentials.js';
import { sessionCookie } from './session.js';

/** What the responses of Express and Fastify have in common. */
interface ShopResponse {
  header(name: string, value: string): unknown;
}

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
  async login(
    @Body() credentials: Credentials,
    @Res({ passthrough: true }) response: ShopResponse,
  ): Promise<{ token: string }> {
    const token = await this.auth.login(credentials);
    response.header('set-cookie', sessionCookie(token));
    return { token };
  }
}
