import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { configuration } from '../configuration.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { Customer } from './customer.entity.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Customer]),
    JwtModule.register({ global: true, secret: configuration.jwtSecret, signOptions: { expiresIn: '1h' } }),
  ],
  controllers: [AuthController],
  providers: [AuthService],
  exports: [AuthService],
})
export class AuthModule {}
