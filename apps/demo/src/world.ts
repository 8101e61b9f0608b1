/** Everybody in the story. All organisations are invented. */
import type { Instance } from './instance.js';
import { Organisation } from './organisation.js';
import type { Teller } from './teller.js';
import type { WebhookHost } from './webhook-host.js';

export interface World {
  readonly instance: Instance;
  readonly teller: Teller;
  readonly webhooks: WebhookHost;
  /** Casa Lumina, the shelter that leads the case, and its supervisor. */
  readonly shelter: Organisation;
  readonly shelterSupervisor: Organisation;
  readonly clinic: Organisation;
  readonly counsellors: Organisation;
  readonly police: Organisation;
  readonly travel: Organisation;
  readonly home: Organisation;
  readonly homeSupervisor: Organisation;
  readonly coordinator: Organisation;
  readonly auditor: Organisation;
}

/** What the chapters learn from each other: paths by the names that each organisation knows. */
export interface Paths {
  /** The case as the shelter knows it. */
  readonly atShelter: string;
}

export async function gather(instance: Instance, teller: Teller, webhooks: WebhookHost): Promise<World> {
  const { address } = instance;
  const person = (name: string, organisation: string, roles: readonly string[]): Promise<Organisation> =>
    Organisation.person(address, teller, name, organisation, roles);
  return {
    instance, teller, webhooks,
    shelter: await person('Irina (Casa Lumina, shelter)', 'casa-lumina', ['CM', 'DETECT', 'SP']),
    shelterSupervisor: await person('Doina (supervisor at Casa Lumina)', 'casa-lumina', ['SUP']),
    clinic: await person('Dr. Matei (Clinica Aurora)', 'clinica-aurora', ['SP', 'HEALTH']),
    counsellors: await person('Vlad (Cabinet Echilibru)', 'cabinet-echilibru', ['SP']),
    police: await person('An officer (Poliția Exemplu)', 'politia-exemplu', ['LE', 'ID_AUTH']),
    travel: await person('Sorin (Podul Întoarcerii)', 'podul-intoarcerii', ['RET_ORG', 'SP']),
    home: await person('Elena (Asociația Punte)', 'asociatia-punte', ['SP', 'CM']),
    homeSupervisor: await person('Radu (supervisor at Asociația Punte)', 'asociatia-punte', ['SUP']),
    coordinator: await person('Mihai (Centrul de Coordonare)', 'centrul-coordonare', ['NRM_COORD']),
    auditor: Organisation.withToken(address, teller, 'Clara (Garda de Audit)', instance.auditorToken),
  };
}

/** The newest thing that waits for an organisation under this name. */
export function waitsFor(who: Organisation, name: string, known: ReadonlySet<string>): Promise<string> {
  return untilThere(`${name} for ${who.name}`, async () => {
    const { items } = (await who.reads('/v1/inbox')).body as { items: { waitsFor: string; thingId: string }[] };
    return items.find((item) => item.waitsFor === name && !known.has(item.thingId))?.thingId;
  });
}

/** The case as somebody knows it who came to work on it just now: lists are read from views, a moment behind the log. */
export function caseOf(who: Organisation): Promise<string> {
  return untilThere(`a case for ${who.name}`, async () => {
    const { cases } = (await who.reads('/v1/cases')).body as { cases: { caseId: string }[] };
    return cases[0] && `/v1/cases/${cases[0].caseId}`;
  });
}

/** Tandem itself asks whoever leads the case to look at the danger again; the story goes on when it has. */
export async function looksAgain({ teller }: World, leading: Organisation, path: string, cause: string): Promise<void> {
  await untilThere(`a new look after ${cause}`, async () => {
    const view = (await leading.reads(path)).body as { stages: { 'risk-assessment': { reassessmentCauses: { cause: string }[] } } };
    return view.stages['risk-assessment'].reassessmentCauses.find((one) => one.cause === cause);
  });
  teller.say('By itself Tandem asks for a new look at the danger: what was assessed before holds only so long.');
}

/** Asks until it is there: readers follow the log. @throws Error that names what did not come within a minute */
async function untilThere<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`there is no ${what}`);
}
