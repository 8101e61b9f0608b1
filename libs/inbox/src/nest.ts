/** The plain page as a Nest module. Needs casework's module and the engines' beside it. */
import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { CONFIG, TOKEN_VERIFIER } from '#platform/nest';
import type { Config, TokenVerifier } from '#platform';
import { KEYRING, type Keyring } from '#privacy';
import { readForms } from './http/forms.js';
import { InboxController } from './http/inbox.http.js';
import { Visits } from './http/visit.js';
import { Sessions } from './session.js';

@Module({
  controllers: [InboxController],
  providers: [
    { provide: Visits, inject: [CONFIG], useFactory: (config: Config) => new Visits(config) },
    { provide: Sessions, inject: [TOKEN_VERIFIER, KEYRING], useFactory: (verify: TokenVerifier, keyring: Keyring) => new Sessions(verify, keyring) },
  ],
})
export class InboxModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    readForms(this.host.httpAdapter.getInstance<FastifyInstance>());
  }
}
