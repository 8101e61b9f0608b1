/** A doctor whom nobody asked looks into a case, and a second person looks at that. */
import { aCase, done } from '../story.js';
import type { Tandem } from '../tandem.js';

export async function lookedInto(tandem: Tandem): Promise<void> {
  const path = await aCase(tandem.as('casa-lumina'));
  const doctor = tandem.as({ organisation: 'clinica-aurora', actor: 'doctor-1' });
  const { caseId } = done(await doctor.post(`${path}/break-glass`, { reason: 'RISK_TO_LIFE', account: 'She does not wake up.' })).body as Record<string, string>;
  for (const read of ['', '/personal-data?purpose=CARE']) done(await doctor.get(`/v1/cases/${caseId ?? ''}${read}`));
  const { stages } = done(await tandem.as('casa-lumina').get(path)).body as { stages: Record<string, { openings: { openingId: string }[] }> };
  const review = `${path}/break-glass/${stages['break-glass']?.openings[0]?.openingId ?? ''}/review`;
  await tandem.as({ organisation: 'casa-lumina', actor: 'doctor-1', roles: ['SUP'] }).post(review, { result: 'UPHELD' });
  const colleague = tandem.as({ organisation: 'clinica-aurora', actor: 'doctor-2' });
  done(await colleague.post(`${path}/break-glass`, { reason: 'MISSING_PERSON', account: 'She did not come.' }));
  const { stages: since } = done(await tandem.as('casa-lumina').get(path)).body as { stages: Record<string, { openings: { openingId: string }[] }> };
  const supervisor = tandem.as({ organisation: 'casa-lumina', actor: 'the-supervisor', roles: ['SUP'] });
  done(await supervisor.post(`${path}/break-glass/${since['break-glass']?.openings[1]?.openingId ?? ''}/review`, { result: 'NOT_UPHELD' }));
  await colleague.post(`${path}/break-glass`, { reason: 'MISSING_PERSON', account: 'Once more.' });
  done(await tandem.as({ organisation: 'casa-lumina', actor: 'the-supervisor', roles: ['SUP'] }).post(review, { result: 'UPHELD' }));
}
