/** A small app behind the edge, with routes that take, show and throw: what the specifications of the edge ask. */
import { request as send } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Controller, Get, Inject, Module, Param, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsIn, IsString } from 'class-validator';
import { Rejection } from '#kernel';
import { loadConfig } from '../../libs/platform/src/config/config.js';
import { type DemoIssuer, createDemoIssuer } from '../../libs/platform/src/authentication/demo-issuer.js';
import { Public } from '../../libs/platform/src/authentication/authentication.guard.js';
import type { CaseRequest } from '../../libs/platform/src/request/case-request.js';
import { CurrentRequest } from '../../libs/platform/src/request/current-request.js';
import { validate } from '../../libs/platform/src/validation/validate.js';
import { createApp } from '../../libs/platform/src/http/create-app.js';
import { HealthChecks } from '../../libs/platform/src/http/health.js';

class NoteBody {
  @IsIn(['A', 'B']) code!: string;
  @IsString() words!: string;
}

export const SECRET = 'Ana-Maria 2880101';

@Controller('v1')
class NotesController {
  @Post('cases/:caseId/notes')
  note(@CurrentRequest() request: CaseRequest): object {
    const { code, words } = validate(NoteBody, request.body);
    return { code, words, key: request.idempotencyKey, path: request.path };
  }

  @Get('cases/:caseId')
  view(@CurrentRequest() request: CaseRequest): CaseRequest {
    return request;
  }

  @Get('throws/:what')
  throws(@Param('what') what: string): never {
    if (what === 'unexpected') throw new TypeError(`can not read ${SECRET}`);
    if (what === 'busy') throw Object.assign(new Error('x'), { name: 'StreamBusy' });
    if (what === 'newer') throw Object.assign(new Error('x'), { name: 'UnknownEvent' });
    if (what === 'large') throw Object.assign(new Error('x'), { name: 'AppendTooLarge' });
    throw new Rejection('rule-broken', 'guardian-missing', 'no guardian', { needs: 'GUARDIAN' });
  }
}

@Controller()
class CountingController {
  constructor(@Inject(HealthChecks) readonly checks: HealthChecks) {}

  @Public()
  @Get('open')
  open(): { open: true } {
    return { open: true };
  }
}

@Module({ controllers: [NotesController, CountingController] })
class NotesModule {}

/** The app, a token that it takes, and who issued it; there from `start` on. */
export let app: NestFastifyApplication;
export let token: string;
export let issuer: DemoIssuer;
export const lines: string[] = [];
export const key = '0b6c7a1e-52f4-4c1e-9f0e-3d0a2b7c9d11';

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, unknown>;
}

/** Starts the app on a free port. A client may ask 150 times at once. */
export async function start(): Promise<void> {
  issuer = await createDemoIssuer();
  const config = loadConfig({ RATE_LIMIT_BURST: '150', RATE_LIMIT_PER_SECOND: '1' });
  app = await createApp(NotesModule, config, { demoIssuer: issuer, logTo: { write: (line) => lines.push(line) } });
  await app.listen(0, '127.0.0.1');
  token = await issuer.issue({ organisation: 'casa-lumina', roles: ['CM'], actor: 'staff-1', human: true });
}

export const port = (): number => (app.getHttpServer().address() as { port: number }).port;

export async function call(
  method: string,
  path: string,
  headers: Record<string, string | string[]> = {},
  body?: string | Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const all = { authorization: `Bearer ${token}`, ...headers };
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    const outgoing = send({ port: port(), host: '127.0.0.1', method, path, headers: given }, (incoming) => {
      text(incoming).then((content) => {
        const parsed = content.startsWith('{') ? (JSON.parse(content) as Record<string, unknown>) : { text: content };
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: parsed });
      }, reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export const json = { 'content-type': 'application/json', 'idempotency-key': key };
export const post = (body: string | Buffer, headers: Record<string, string | string[]> = {}) =>
  call('POST', '/v1/cases/c1/notes', { ...json, ...headers }, body);

export async function raw(request: string): Promise<string> {
  const socket = connect(port(), '127.0.0.1');
  socket.end(request);
  return text(socket);
}
