import { describe, expect, it } from '@jest/globals';
import { type CaseFacts, type Engagement, NO_FACTS, onlyBroughtIn } from '#casework';

const engaged = (organisation: string, role: Engagement['role']): Engagement => ({ organisation, role, scope: 'FULL', through: 'x', since: '2026-03-10T08:00:00.000Z' });
const child: CaseFacts = { ...NO_FACTS, ageBand: '14-17', routedTo: ['protectia-copilului'], engagements: [engaged('protectia-copilului', 'SP'), engaged('clinica-aurora', 'SP')] };

describe('an organisation that was only brought in', () => {
  it('is a provider that was asked, and not one that also leads', () => {
    expect(onlyBroughtIn(child, 'clinica-aurora')).toBe(true);
    expect(onlyBroughtIn({ ...child, engagements: [...child.engagements, engaged('clinica-aurora', 'CM')] }, 'clinica-aurora')).toBe(false);
    expect(onlyBroughtIn(child, 'casa-verde')).toBe(false);
  });

  it('is not who protects children, of a child: its duty covers the whole case, whatever it was asked for besides', () => {
    expect(onlyBroughtIn(child, 'protectia-copilului')).toBe(false);
    expect(onlyBroughtIn({ ...child, ageBand: '26-40' }, 'protectia-copilului')).toBe(true);
  });
});
