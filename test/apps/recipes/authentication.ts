import 'nestjs-error-tracker/register';
import { Controller, Get, Param, Req } from '@nestjs/common';
import { block, start, tell } from './host';

tell(async () => {
  const { Example } = block(1);
  const jwt = {
    verifyAsync: (token: string) => Promise.reject(new Error(token === 'any' ? 'connect ECONNREFUSED' : 'invalid')),
  };
  let login: any;
  @Controller()
  class Auth {
    @Get('login/:token')
    login(@Param('token') token: string) {
      return login.login(token);
    }
    @Get('fails')
    fails(@Req() request: any) {
      request.user = { sub: '7', role: 'editor', password: ['hunt', 'er2'].join('') }; // as a guard does; in one piece, it would be sent as source
      throw new Error('not of the user');
    }
  }
  const { ask, tracker } = await start({ imports: [block(0).module], controllers: [Auth] });
  login = Object.assign(new Example(), { jwt, tracker });
  const answers = [await ask('/login/wrong'), await ask('/login/any'), await ask('/fails')];
  await tracker.flush('5s');
  return answers;
});
