/** The plain page as a Nest module. Needs casework's module and the engines' beside it. */
import { Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CASE_COMMAND_LOG, CLOCK } from '#casework/nest';
import type { Clock } from '#kernel';
import type { FastifyInstance } from 'fastify';
import { CONFIG, TOKEN_VERIFIER } from '#platform/nest';
import type { Config, TokenVerifier } from '#platform';
import { KEYRING, type Keyring } from '#privacy';
import { readForms } from './http/forms.js';
import { InboxController } from './http/inbox.http.js';
import { Visits } from './http/visit.js';
import { type EndedSessions, Sessions } from './session.js';

/** What the log of commands remembers, as far as this page needs it: all processes of this app share it, and it outlives them. */
interface Remembers {
  find(commandId: string): Promise<object | undefined>;
  remember(command: { commandId: string; stream: string; fingerprint: string; outcome: unknown; at: string }): Promise<void>;
}

/** Signing out is remembered as the one command of its session. */
function endedIn(log: Remembers, clock: Clock): EndedSessions {
  const commandOf = (id: string): string => `inbox-session/${id}`;
  return {
    end: (id) => log.remember({ commandId: commandOf(id), stream: 'inbox-sessions', fingerprint: '', outcome: 'ended', at: clock() }),
    hasEnded: async (id) => (await log.find(commandOf(id))) !== undefined,
  };
}

@Module({
  controllers: [InboxController],
  providers: [
    { provide: Visits, inject: [CONFIG], useFactory: (config: Config) => new Visits(config) },
    {
      provide: Sessions,
      inject: [TOKEN_VERIFIER, KEYRING, CASE_COMMAND_LOG, CLOCK],
      useFactory: (verify: TokenVerifier, keyring: Keyring, log: Remembers, clock: Clock) => new Sessions(verify, keyring, endedIn(log, clock)),
    },
  ],
})
export class InboxModule implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    readForms(this.host.httpAdapter.getInstance<FastifyInstance>());
  }
}
