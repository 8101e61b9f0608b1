/**
 * Real organisations of the Romanian mechanism, as public sources name them; a sample to start a real directory from.
 * Used in no story, demonstration or test about a person (domain.md 12.1, R-13). What no source says (services, regions)
 * is left empty: such an entry can not be referred to before it is accredited. Source: domain.md 1.2, 13.
 */
import type { DirectoryEntry } from './registration.js';

type Sourced = Pick<DirectoryEntry, 'id' | 'name' | 'kind' | 'roles'> & { readonly source: string };

const sample: readonly Sourced[] = [
  {
    id: 'anitp',
    name: 'Agenția Națională Împotriva Traficului de Persoane',
    kind: 'PUBLIC',
    roles: ['NRM_COORD', 'RAPP'],
    source:
      'Law 678/2001 art. 27^2(3), version in force 29 May 2023 (sintact.ro); ANITP press release on project ROFSIP2016OS5A10P01',
  },
  {
    id: 'dcco',
    name: 'Direcția de Combatere a Criminalității Organizate',
    kind: 'LAW_ENFORCEMENT',
    roles: ['LE', 'ID_AUTH'],
    source: 'bsr-trm.com, Romania: identify during investigation, then notify ANITP',
  },
  {
    id: 'diicot',
    name: 'Direcția de Investigare a Infracțiunilor de Criminalitate Organizată și Terorism',
    kind: 'LAW_ENFORCEMENT',
    roles: ['PROS', 'ID_AUTH'],
    source: 'bsr-trm.com, Romania',
  },
  {
    id: 'anpdca',
    name: 'Autoritatea Națională pentru Protecția Drepturilor Copilului și Adopție',
    kind: 'PUBLIC',
    roles: ['CP_AUTH'],
    source: 'Order ANPDC 107/2005 (legislatie.just.ro): model social inquiry and reintegration-plan framework',
  },
  {
    id: 'igpf',
    name: 'Inspectoratul General al Poliției de Frontieră',
    kind: 'LAW_ENFORCEMENT',
    roles: ['BORDER', 'DETECT'],
    source: 'bsr-trm.com, Romania: first detector',
  },
  {
    id: 'igi',
    name: 'Inspectoratul General pentru Imigrări',
    kind: 'PUBLIC',
    roles: ['IMM', 'DETECT'],
    source: 'US TIP report 2023, Romania: refers to ANITP',
  },
  {
    id: 'inspectia-muncii',
    name: 'Inspecția Muncii',
    kind: 'PUBLIC',
    roles: ['LAB', 'DETECT'],
    source: 'MNIR, HG 88/2023, M.Of. 95 bis, list of acronyms',
  },
  {
    id: 'mae',
    name: 'Ministerul Afacerilor Externe',
    kind: 'PUBLIC',
    roles: ['CONS', 'DETECT'],
    source: 'bsr-trm.com, Romania; HG 1443/2004 art. 3-4 (legex.ro)',
  },
  {
    id: 'iom-romania',
    name: 'IOM Romania',
    kind: 'NGO',
    roles: ['RET_ORG', 'SP'],
    source: 'romania.iom.int, AVRR page: an international organisation, neither public body of Romania nor NGO',
  },
  {
    id: 'adpare',
    name: 'ADPARE',
    kind: 'NGO',
    roles: ['SP', 'DETECT', 'CM'],
    source: 'adpare.eu; partner of the TaNGO project',
  },
  {
    id: 'micu-bogdan',
    name: 'Micu Bogdan Foundation',
    kind: 'NGO',
    roles: ['SP', 'DETECT', 'CM'],
    source: 'partner of the TaNGO project',
  },
  {
    id: 'people-to-people',
    name: 'People to People',
    kind: 'NGO',
    roles: ['SP', 'DETECT', 'CM'],
    source: 'partner of the TaNGO project',
  },
  { id: 'eliberare', name: 'eLiberare', kind: 'NGO', roles: ['SP', 'DETECT'], source: 'domain.md 1.2' },
  {
    id: 'pro-refugiu',
    name: 'Pro Refugiu',
    kind: 'NGO',
    roles: ['SP', 'DETECT', 'CM'],
    source: 'project fact sheets "Chance and Challenge", "Pro Health"',
  },
  {
    id: 'global-help',
    name: 'Global Help',
    kind: 'NGO',
    roles: ['SP', 'DETECT'],
    source: 'partner of the Pro Refugiu projects',
  },
  {
    id: 'betania',
    name: 'Betania',
    kind: 'NGO',
    roles: ['SP', 'DETECT'],
    source: 'partner of the Pro Refugiu projects',
  },
  {
    id: 'east-european-institute',
    name: 'East European Institute for Reproductive Health',
    kind: 'NGO',
    roles: ['SP', 'HEALTH'],
    source: 'partner of the Pro Refugiu projects',
  },
];

export const SOURCED_SAMPLE: readonly (DirectoryEntry & { readonly source: string })[] = sample.map((one) => ({
  ...one,
  country: 'RO',
  regions: [],
  services: [],
  acceptsMinors: false,
}));
