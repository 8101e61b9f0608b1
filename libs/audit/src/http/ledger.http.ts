/** `GET /v1/ledger/head`: the newest signed tree, to be kept by whoever may one day hold it against an export. */
import { Controller, Get, Inject } from '@nestjs/common';
import type { CaseRequest } from '#platform';
import { CurrentRequest, DocumentedRead } from '#platform/nest';
import { AUDIT, type Audit } from '../audit.js';
import { published } from '../ledger/ledger.js';
import type { PublicKeys, TreeHead } from '../verifier/format.js';
import { LEDGER_HEAD } from './answers.js';

@Controller('v1/ledger')
export class LedgerController {
  constructor(@Inject(AUDIT) private readonly audit: Audit) {}

  @Get('head')
  @DocumentedRead({
    summary: 'The newest signed tree over all streams, and the public keys.',
    description: 'For every organisation. Says nothing about how many cases there are, or which.',
    tag: 'auditors', operationId: 'readLedgerHead', answer: LEDGER_HEAD,
  })
  async head(@CurrentRequest() _request: CaseRequest): Promise<TreeHead & { readonly keys: PublicKeys }> {
    const newest = (await this.audit.ledger.newest()) ?? (await this.audit.ledger.sign());
    return { ...published(newest), keys: this.audit.keyring.publicKeys() };
  }
}
