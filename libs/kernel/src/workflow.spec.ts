import { describe, expect, it } from '@jest/globals';
import { type Envelope, Rejection, type Stage, UnknownEvent, Workflow, type World, specification } from './index.js';

/** A door that opens for its keeper, with the owner's consent, and must be shut again. */
interface DoorWorld extends World {
  readonly facts: { readonly consented: boolean; readonly opened: number };
  readonly reference: { readonly closesAt: string };
  readonly role: 'KEEPER' | 'GUEST';
  readonly guard: 'daylight';
  readonly purpose: 'ENTRY';
  readonly ground: 'FIRE';
  readonly limit: 'door.shut';
}
interface Commands {
  Consent: object;
  Answer: object;
  Open: { by: string };
}
interface Events {
  Consented: object;
  Opened: { by: string };
}

const door: Stage<DoorWorld, { open: boolean }, Commands, Events> = {
  name: 'door',
  initial: { open: false },
  addresseeOf: () => 'invited',
  stateOf: (slice) => (slice.open ? 'OPEN' : 'SHUT'),
  commands: {
    Consent: { when: { by: ['GUEST'], otherwise: 'stays shut' }, decide: () => [{ type: 'Consented', data: {} }] },
    Answer: { when: { by: ['GUEST'], addressee: true, otherwise: 'waits' }, decide: () => [{ type: 'Consented', data: {} }] },
    Open: {
      when: { from: ['SHUT'], by: ['KEEPER'], requires: ['daylight'], consent: { purpose: 'ENTRY' }, limit: 'door.shut', otherwise: 'stays shut' },
      decide: ({ by }) => (by === 'nobody' ? [] : [{ type: 'Opened', data: { by } }]),
    },
  },
  events: {
    Consented: { schema: 1, sensitivity: 1, evolve: (slice) => slice, promote: (facts) => ({ ...facts, consented: true }) },
    Opened: {
      schema: 2,
      sensitivity: 1,
      upcast: (data) => ({ by: (data as { who: string }).who }),
      evolve: () => ({ open: true }),
      promote: (facts, { data }) => ({ ...facts, opened: facts.opened + data.by.length }),
    },
  },
  duties: (slice, _facts, { closesAt }) =>
    slice.open ? [{ name: 'shut', key: 'door', dueAt: closesAt, owedBy: { role: 'KEEPER' } }] : [],
};

const parts = {
  facts: { consented: false, opened: 0 },
  guards: {
    daylight: {
      rule: 'only by day',
      codes: ['too-dark'],
      check: (_body: object, { now }: { now: string }) =>
        now.includes('T1') ? undefined : new Rejection('rule-broken', 'too-dark', 'come back by day'),
    },
  },
  consent: (_rule: object, _body: object, { facts }: { facts: DoorWorld['facts'] }) =>
    facts.consented ? undefined : new Rejection('rule-broken', 'consent-missing', 'ask first'),
};
const workflow = new Workflow<DoorWorld>({ ...parts, stages: [door] });

const envelope: Envelope = {
  schema: 1, occurredAt: '2026-01-01T10:00:00.000Z', recordedAt: '2026-01-01T10:00:00.000Z', actor: 'a', organisation: 'o', role: 'KEEPER', commandId: 'c',
  correlationId: 'c', causationId: 'c', reference: {}, legalBasis: 'none', sensitivity: 1, chain: '',
};
const { given } = specification(workflow, {
  envelope,
  context: {
    reference: { closesAt: '2026-01-01T18:00:00.000Z' }, actor: 'a', organisation: 'o', role: 'KEEPER', human: true, now: '2026-01-01T10:00:00.000Z',
    occurredAt: '2026-01-01T10:00:00.000Z', newId: 'n',
  },
});
const consented = { type: 'Consented', data: {} };
const opened = { type: 'Opened', data: { by: 'me' }, metadata: { schema: 2 } };
const open = { type: 'Open', body: { by: 'me' } };

describe('a workflow decides in a fixed order', () => {
  it('refuses a command that no stage knows', () => {
    given().when({ type: 'Burn', body: {} }).thenRejects('unknown-command');
  });
  it('hides a thing from all but its addressee, whatever their role', () => {
    const answer = { type: 'Answer', body: {} };
    given().when(answer, { role: 'GUEST' }).thenRejects('not-found');
    given().when(answer, { organisation: 'invited' }).thenRejects('role-not-allowed');
    given().when(answer, { organisation: 'invited', role: 'GUEST' }).then({ type: 'Consented', data: {} });
  });
  it('asks for the role first', () => {
    expect(given(opened).when(open, { role: 'GUEST' }).thenRejects('role-not-allowed').kind).toBe('not-allowed');
  });
  it('then for the state', () => {
    expect(given(opened).when(open, { now: '2026-01-01T20:00:00.000Z' }).thenRejects('wrong-state').details).toEqual({
      state: 'OPEN', from: ['SHUT'],
    });
  });
  it('then for the named rules', () => {
    given().when(open, { now: '2026-01-01T20:00:00.000Z' }).thenRejects('too-dark');
  });
  it('then for consent', () => {
    given().when(open).thenRejects('consent-missing');
  });
  it('then lets the stage decide', () => {
    given(consented).when(open).then({ type: 'Opened', data: { by: 'me' } });
    given(consented).when({ type: 'Open', body: { by: 'nobody' } }).thenNothing();
  });
});

describe('a workflow folds', () => {
  it('slices and facts', () => {
    expect(given(consented, opened).state).toEqual({ facts: { consented: true, opened: 2 }, slices: { door: { open: true } }, revision: 1 });
  });
  it('older versions of an event through its upcast', () => {
    expect(given({ type: 'Opened', data: { who: 'them' } }).state.facts.opened).toBe(4);
  });
  it('never an event type or version that it does not know', () => {
    expect(() => given({ type: 'Burnt', data: {} })).toThrow(UnknownEvent);
    expect(() => given({ type: 'Opened', data: {}, metadata: { schema: 3 } })).toThrow(UnknownEvent);
    expect(() => given({ type: 'Consented', data: {}, metadata: { schema: 0 } })).toThrow(UnknownEvent);
  });
});

describe('a workflow', () => {
  it('lists what is owed in the present state', () => {
    const reference = { closesAt: '2026-01-01T18:00:00.000Z' };
    expect(workflow.duties(given().state, reference)).toEqual([]);
    expect(workflow.duties(given(opened).state, reference).map(({ name }) => name)).toEqual(['shut']);
  });
  it('is not built when two stages own one name', () => {
    expect(() => new Workflow<DoorWorld>({ ...parts, stages: [door, { ...door, name: 'other' }] })).toThrow('Consent is owned by door and by other');
  });
});

describe('a specification', () => {
  it('fails when other events were decided than expected', () => {
    expect(() => { given(consented).when(open).thenNothing(); }).toThrow('but decided');
    expect(() => given(consented).when(open).thenRejects('too-dark')).toThrow('but decided');
    expect(() => given().when(open).thenRejects('too-dark')).toThrow(Rejection);
  });
});
