// The least that could answer: the same server, hooks, token check and class-validator as Tandem's, and nothing behind.
import 'reflect-metadata';
import { Controller, Module, Post } from '@nestjs/common';
import { type CaseRequest, loadConfig, validate } from '#platform';
import { CurrentRequest, createApp } from '#platform/nest';
import { NotifyCaseBody, RecordBasicNeedsBody } from '../../libs/casework/src/stages/intake/intake.http.js';

@Controller()
class EchoController {
  @Post('/echo/notification')
  notification(@CurrentRequest() request: CaseRequest): unknown {
    return validate(NotifyCaseBody, request.body);
  }

  @Post('/echo/needs')
  needs(@CurrentRequest() request: CaseRequest): unknown {
    return validate(RecordBasicNeedsBody, request.body);
  }
}

@Module({ controllers: [EchoController] })
class EchoModule {}

const app = await createApp(EchoModule, loadConfig());
await app.listen(0, '127.0.0.1');
console.log(`Tandem listens on ${await app.getUrl()}`);
