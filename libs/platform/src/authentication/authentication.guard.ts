/** Every route needs a token, but for those marked `@Public()`: forgetting the mark closes a route, never opens it. */
import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Caller } from '../caller.js';
import { type ClientLimit, limitOf } from '../http/rate-limit.js';
import type { TokenVerifier } from './token-verifier.js';

const PUBLIC = 'tandem:public';
const callers = new WeakMap<FastifyRequest, Caller>();

/** Marks a route, or a controller, that answers without a token. */
export const Public = () => SetMetadata(PUBLIC, true);

/** Injection token of the `TokenVerifier`. */
export const TOKEN_VERIFIER = Symbol('token verifier');
/** Injection token of the `ClientLimit`. */
export const CLIENT_LIMIT = Symbol('client limit');

@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(TOKEN_VERIFIER) private readonly verify: TokenVerifier,
    @Inject(CLIENT_LIMIT) private readonly limit: ClientLimit,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, [context.getHandler(), context.getClass()]))
      return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = await this.verify(request.headers.authorization);
    // After the signature was checked: nobody can use up another client's share by naming it.
    await this.limit(limitOf(caller));
    callers.set(request, caller);
    return true;
  }
}

/** The caller of a request that passed the guard; `undefined` on a public route. */
export function callerOfRequest(request: FastifyRequest): Caller | undefined {
  return callers.get(request);
}
