// The least that could keep Tandem's promises of these two requests: the echo, and what must be synced before the answer.
import 'reflect-metadata';
import { Controller, Module, Post } from '@nestjs/common';
import { openEngines } from '#engines';
import { type CaseRequest, loadConfig, validate } from '#platform';
import { CurrentRequest, createApp } from '#platform/nest';
import { NotifyCaseBody, RecordBasicNeedsBody } from '../../libs/casework/src/stages/intake/intake.http.js';
import { openFloor } from './floor-store.js';

const [, , data = '', rowsFile = ''] = process.argv;
// Tandem makes its files and tables; from then on nothing of it touches them.
const engines = await openEngines({ data, clock: () => new Date().toISOString() });
await engines.close();
const floor = openFloor(data, rowsFile);

@Controller()
class FloorController {
  @Post('/floor/cases')
  async notification(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    const body = validate(NotifyCaseBody, request.body);
    return { caseId: await floor.notification(request.idempotencyKey ?? ''), ...body };
  }

  @Post('/floor/cases/:caseId/needs')
  async needs(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    const body = validate(RecordBasicNeedsBody, request.body);
    await floor.needs(request.idempotencyKey ?? '', request.path.caseId ?? '');
    return body;
  }
}

@Module({ controllers: [FloorController] })
class FloorModule {}

const app = await createApp(FloorModule, loadConfig());
await app.listen(0, '127.0.0.1');
console.log(`Tandem listens on ${await app.getUrl()}`);
