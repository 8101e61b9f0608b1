/** The plain page for an organisation without a developer. Everything it shows and does goes the way of the API. */
import { Controller, Get, Inject, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Cases, PartnerDesk, REFERENCE, type ReferenceSource, STAGE_ROUTES } from '#casework/nest';
import { Rejection } from '#kernel';
import { type CaseRequest, Problem, asProblem, toProblem } from '#platform';
import { CLIENT_LIMIT, type ClientLimit, Public, limitOf } from '#platform/nest';
import { ACTIONS, type Action, type Offer, type ShownReferral, offersOn, offersOwed } from '../actions.js';
import { type Form, bodyOf } from '../form.js';
import { type Attempt, summaryOf } from '../pages/form.js';
import { type Owed, listPage } from '../pages/list.js';
import { signInPage } from '../pages/sign-in.js';
import { type Thing, thingPage } from '../pages/thing.js';
import { KeyTooLong, type Session, Sessions, isFormToken } from '../session.js';
import { WORDS, type Words } from '../words/words.js';
import { formOf } from './forms.js';
import { InboxFilter, pathOf } from './inbox.filter.js';
import { NotOurForm, Visits, cameFromElsewhere, goTo, languageOfVisit, queryOf, show } from './visit.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Where somebody goes who must not be seen here: a page that says nothing about who looks at it. */
const ELSEWHERE = { ro: 'https://ro.wikipedia.org/', en: 'https://en.wikipedia.org/' };

const notFound = (): Rejection => new Rejection('unknown', 'not-found', 'there is no such thing, or it is not yours to know');

@Public()
@ApiExcludeController()
@UseFilters(InboxFilter)
@Controller('inbox')
export class InboxController {
  constructor(
    private readonly sessions: Sessions,
    private readonly visits: Visits,
    private readonly desk: PartnerDesk,
    private readonly cases: Cases,
    @Inject(REFERENCE) private readonly reference: ReferenceSource,
    @Inject(CLIENT_LIMIT) private readonly limit: ClientLimit,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.visits.remember(request, reply);
    const session = await this.session(request);
    const owed = await this.owed(this.asked(request, session));
    await show(reply, listPage({ ...this.frame(request), formToken: session.formToken }, owed, said(request)));
  }

  /** The way out. The address of this page stays in the history, so what it shows without a session must say nothing. */
  @Get('leave')
  async leave(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    // Not from another site: an image there would end the session of whoever looks at it.
    if (!cameFromElsewhere(request)) await this.end(request, reply);
    await goTo(reply, ELSEWHERE[languageOfVisit(request)]);
  }

  @Post('session')
  async signIn(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.visits.requireOwn(request);
    const form = formOf(request);
    const next = /^\/inbox(?:\/[0-9a-f-]{36})?$/.exec(form.value('next') ?? '')?.[0] ?? '/inbox';
    try {
      const { value, seconds } = await this.sessions.open(form.value('key') ?? '');
      this.visits.keep(reply, value, seconds);
    } catch (error) {
      const status = toProblem(error, request.id, 'en').status;
      if (!(error instanceof KeyTooLong) && status !== 401) throw error;
      const message = error instanceof KeyTooLong ? 'keyLong' : 'keyWrong';
      return show(reply, signInPage({ language: languageOfVisit(request), path: next }, { message, wrong: true }), 401);
    }
    await goTo(reply, next);
  }

  @Post('sign-out')
  async signOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.sent(request);
    await this.end(request, reply);
    await show(reply, signInPage({ language: languageOfVisit(request), path: '/inbox' }, { message: 'signedOut' }));
  }

  @Get(':reference')
  async one(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.visits.remember(request, reply);
    const session = await this.session(request);
    await show(reply, thingPage(this.frameOf(request, session), await this.thing(request, session), told(said(request))));
  }

  @Post(':reference/:action')
  async act(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { session, form } = await this.sent(request);
    const { reference = '', action: name = '' } = request.params as Record<string, string>;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name as keyof typeof ACTIONS] : undefined;
    if (action === undefined) throw notFound();
    const thing = action.about === 'referralId' ? reference : (form.value('thing') ?? '');
    try {
      await this.record(this.asked(request, session), action, thing, form);
    } catch (error) {
      return this.again(request, reply, session, { action, thing }, form, error);
    }
    await goTo(reply, `${action.stays ? pathOf(request) : '/inbox'}?done=${action.name}`);
  }

  /** The same command, checks and access decision as for `POST /v1/...`. */
  private record(request: CaseRequest, action: Action, thing: string, form: Form): Promise<unknown> {
    const route = STAGE_ROUTES.referral.find(({ command }) => command === action.command);
    const idempotencyKey = (form.value('key') ?? '').toLowerCase();
    if (!UUID.test(idempotencyKey)) throw new Problem('idempotency-key-invalid', 'the form holds no key');
    if (route === undefined) throw new Error(`no route records ${action.command}`);
    return this.cases.record({ ...request, idempotencyKey, path: { [action.about]: thing }, body: bodyOf(action, form) }, route.command, route.body);
  }

  /** Shows a refused form again, as it was filled in. What is a fault of this house, or hides the thing, is shown as such. */
  private async again(request: FastifyRequest, reply: FastifyReply, session: Session, offer: Offer, form: Form, error: unknown): Promise<void> {
    if (asProblem(error) === undefined) throw error;
    const frame = this.frameOf(request, session);
    const { status, body } = toProblem(error, request.id, frame.language);
    if (status === 404) throw error;
    const thing = await this.thing(request, session);
    const wrong = new Set((body.errors ?? []).map(({ pointer }) => pointer.slice(1)));
    const attempt: Attempt = { action: offer.action.name, thing: offer.thing, form, wrong, summary: summaryOf(frame.language, body.title, offer, wrong) };
    await show(reply, thingPage(frame, thing, { attempt }), status);
  }

  private async thing(request: FastifyRequest, session: Session): Promise<Thing> {
    const { reference = '' } = request.params as Record<string, string>;
    const asked = { ...this.asked(request, session), path: { referralId: reference } };
    const referral = await this.referral(asked);
    const owed = (await this.owed(asked)).filter(({ thingId }) => thingId === reference);
    if (referral === undefined && owed.length === 0) throw notFound();
    if (referral === undefined) return { reference, owed, offers: offersOwed(owed.map(({ waitsFor }) => waitsFor), reference) };
    const referrer = this.reference().organisations.get(String(referral['referrer']))?.name;
    return { reference, referral, owed, offers: offersOn(referral), ...(referrer === undefined ? {} : { referrer }) };
  }

  private async referral(request: CaseRequest): Promise<ShownReferral | undefined> {
    try {
      return (await this.desk.referral(request)) as ShownReferral;
    } catch (error) {
      if (error instanceof Rejection && error.kind === 'unknown') return undefined;
      throw error;
    }
  }

  private async owed(request: CaseRequest): Promise<readonly Owed[]> {
    return (await this.desk.inbox(request)).items as readonly Owed[];
  }

  /** Ends the session in this browser, and for every copy of its cookie. */
  private async end(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    this.visits.forget(reply);
    await this.sessions.end(this.visits.sessionCookie(request));
  }

  private async session(request: FastifyRequest): Promise<Session> {
    const session = await this.sessions.read(this.visits.sessionCookie(request));
    await this.limit(limitOf(session.caller));
    return session;
  }

  /** A form of ours, sent by whoever could read it. @throws NotSignedIn, NotOurForm, Problem */
  private async sent(request: FastifyRequest): Promise<{ session: Session; form: Form }> {
    this.visits.requireOwn(request);
    const form = formOf(request);
    const session = await this.session(request);
    if (!isFormToken(session, form.value('form'))) throw new NotOurForm('made for another session');
    return { session, form };
  }

  private asked({ id }: FastifyRequest, { caller }: Session): CaseRequest {
    return { caller, body: undefined, correlationId: id, path: {}, query: {} };
  }

  private frame(request: FastifyRequest): { language: 'ro' | 'en'; path: string } {
    return { language: languageOfVisit(request), path: pathOf(request) };
  }

  private frameOf(request: FastifyRequest, { formToken }: Session): { language: 'ro' | 'en'; path: string; formToken: string } {
    return { ...this.frame(request), formToken };
  }
}

/** What was done just before, if the address says so and it is something that can be done. */
function said(request: FastifyRequest): keyof Words | undefined {
  const key = `done.${queryOf(request, 'done') ?? ''}`;
  return Object.hasOwn(WORDS.en, key) ? (key as keyof Words) : undefined;
}

function told(message: keyof Words | undefined): { message?: keyof Words } {
  return message === undefined ? {} : { message };
}
