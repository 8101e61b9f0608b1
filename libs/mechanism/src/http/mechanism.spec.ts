import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventStore, openSqliteEventStore } from '#event-store';
import { DEMONSTRATION_DIRECTORY, Directory, type Organisation, register } from '../index.js';
import { MechanismController } from './mechanism.http.js';

const clock = (): string => '2026-11-24T08:00:00.000Z';
const asks = (query: Record<string, string>, path: Record<string, string> = {}) => ({ query, path }) as never;

describe('reads of the mechanism', () => {
  let store: EventStore;
  let controller: MechanismController;
  beforeEach(async () => {
    store = openSqliteEventStore(':memory:');
    const directory = new Directory(store);
    const by = { actor: 'registrar', organisation: 'centrul-coordonare' };
    for (const entry of DEMONSTRATION_DIRECTORY) await register(store, entry, by, clock);
    await directory.catchUp();
    controller = new MechanismController(directory);
  });
  afterEach(() => store.close());
  const found = (query: Record<string, string>): string[] =>
    controller.providers(asks(query)).providers.map(({ id }: Organisation) => id);

  it('find who may be asked, and refuse what is on no list', () => {
    expect(found({ service: 'MED.URG' })).toEqual(['clinica-aurora']);
    expect(found({ service: 'JTRN', minor: 'true' })).toEqual([]);
    expect(found({ service: 'HOUS', area: 'RO32', minor: 'true' })).not.toContain('casa-verde');
    for (const wrong of [{ service: 'SPA' }, { area: 'Bucharest' }, { minor: 'yes' }]) {
      expect(() => controller.providers(asks(wrong))).toThrow('not a value of its list');
    }
  });

  it('name the organisations with their roles', () => {
    const { organisations } = controller.organisations(asks({}));
    expect(organisations).toContainEqual({
      id: 'garda-audit',
      name: 'Garda de Audit',
      kind: 'PUBLIC',
      country: 'RO',
      roles: ['AUDIT'],
      status: 'ACTIVE',
    });
  });

  it('name every code in three languages', () => {
    expect(controller.labels(asks({}))).toMatchObject({
      common: { HIGH: { en: 'High', ro: 'Ridicat', lv: 'Augsts' } },
      lists: {
        ROLES: { LEGAL: { en: 'Lawyer' } },
        SERVICE_CODES: { LEGAL: { en: 'Legal help' } },
        RA_1_ITEMS: { 'R4.3': { en: 'withdrawal', ro: 'sevraj', lv: 'abstinence' } },
      },
    });
  });
});
