/** Everybody in the story of a child. All organisations are invented. */
import type { Instance } from './instance.js';
import { Organisation } from './organisation.js';
import type { Teller } from './teller.js';

export interface ChildsWorld {
  readonly instance: Instance;
  readonly teller: Teller;
  readonly inspector: Organisation;
  /** Child protection, which leads the case, and who answers for it. */
  readonly authority: Organisation;
  readonly head: Organisation;
  readonly house: Organisation;
  readonly clinic: Organisation;
  readonly coordinator: Organisation;
  readonly auditor: Organisation;
}

export async function gatherAroundChild(instance: Instance, teller: Teller): Promise<ChildsWorld> {
  const person = (name: string, organisation: string, roles: readonly string[]): Promise<Organisation> =>
    Organisation.person(instance.address, teller, name, organisation, roles);
  return {
    instance, teller,
    inspector: await person('Gabriela (Inspecția Exemplu, labour inspection)', 'inspectia-exemplu', ['LAB', 'DETECT']),
    authority: await person('Ruxandra (Protecția Copilului)', 'protectia-copilului', ['CP_AUTH', 'CM', 'SP', 'SUP']),
    head: await person('Horia (head of Protecția Copilului)', 'protectia-copilului', ['SUP']),
    house: await person('Ioana (Casa Verde, takes in children)', 'casa-verde', ['SP']),
    clinic: await person('Dr. Matei (Clinica Aurora)', 'clinica-aurora', ['SP', 'HEALTH']),
    coordinator: await person('Mihai (Centrul de Coordonare)', 'centrul-coordonare', ['NRM_COORD']),
    auditor: Organisation.withToken(instance.address, teller, 'Clara (Garda de Audit)', instance.auditorToken),
  };
}
