/** The demo issuer over HTTP. Registered in the demo profile only, which answers to this computer only. */
import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import type { JSONWebKeySet } from 'jose';
import type { Role } from '#mechanism';
import { validate } from '../validation/validate.js';
import { Public } from './authentication.guard.js';
import type { DemoIssuer } from './demo-issuer.js';

/** Injection token of the demo issuer. */
export const DEMO = Symbol('demo issuer');

export class DemoTokenBody {
  @Matches(/^[a-z0-9][a-z0-9-]{1,62}$/) organisation!: string;
  @Matches(/^[A-Z][A-Z_]{1,15}$/, { each: true }) roles!: readonly Role[];
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/) actor!: string;
  @IsBoolean() human!: boolean;
  @IsOptional() @IsString() client?: string;
  @IsOptional() @IsString() mandate?: string;
  @IsOptional() @IsInt() @Min(1) @Max(86_400) ttl?: number;
}

@Public()
@ApiExcludeController()
@Controller('demo')
export class DemoController {
  constructor(@Inject(DEMO) private readonly issuer: DemoIssuer) {}

  @Get('jwks')
  keys(): JSONWebKeySet {
    return this.issuer.jwks;
  }

  @Post('tokens')
  @HttpCode(200)
  async token(@Body() body: unknown): Promise<{ access_token: string; token_type: 'Bearer'; expires_in: number }> {
    const wanted = validate(DemoTokenBody, body);
    return { access_token: await this.issuer.issue(wanted), token_type: 'Bearer', expires_in: wanted.ttl ?? 3600 };
  }
}
