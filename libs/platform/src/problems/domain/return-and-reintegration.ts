/** Refusals of assisted return, reintegration and closure. */
import { problem } from '../kinds.js';

export const RETURN_PROBLEMS = {
  'return-risk-critical': problem(
    'rule-broken',
    'Risk of return is critical',
    'Risc critic la returnare',
    'A return at CRITICAL risk is never approved (R-16).',
  ),
  'return-risk-high': problem(
    'rule-broken',
    'Risk of return is high',
    'Risc ridicat la returnare',
    'A return at HIGH risk needs an override by two people (R-16).',
  ),
  'pre-departure-check-old': problem(
    'rule-broken',
    'The last check is too old',
    'Ultima verificare este prea veche',
    'Risk, consent and reception are looked at again before the person leaves; check again and go on.',
  ),
  'return-under-way': problem(
    'wrong-state',
    'Another return is under way',
    'O altă returnare este în curs',
    'One person makes one journey: cancel the return that is prepared, or wait until the journey ends, and ask again.',
  ),
  'not-fit-to-travel': problem(
    'rule-broken',
    'Not fit to travel',
    'Inaptă pentru călătorie',
    'The return waits and is not lost: confirm again once the person is fit to travel, with an escort if need be.',
  ),
  'reception-not-ready': problem(
    'rule-broken',
    'Reception is not ready',
    'Primirea nu este pregătită',
    'Too few services have accepted where the person arrives: refer to the receiving body or to others there, and ask again.',
  ),
  'not-yet-supported': problem(
    'rule-broken',
    'Not supported yet',
    'Încă nesusținut',
    'This build can not carry out this step lawfully, and so refuses it.',
  ),
  'risk-too-high': problem(
    'rule-broken',
    'Risk is too high',
    'Riscul este prea ridicat',
    'Those who help do not end a case while the risk is this high: refer onward, or assess again.',
  ),
  'contact-not-agreed': problem(
    'rule-broken',
    'Not a way that she called safe',
    'Nu este o cale pe care a numit-o sigură',
    'A call or a letter may endanger the person: she is looked for only in a way that she called safe, and not after she said stop.',
  ),
  'contact-not-sought': problem(
    'rule-broken',
    'Not looked for often enough',
    'Nu a fost căutată de destule ori',
    'Contact is lost after a person looked for her on as many days as the country policy says, and she was not heard of since; `details` counts both.',
  ),
  'closure-not-talked-over': problem(
    'rule-broken',
    'The end of the case was not talked over',
    'Încheierea cazului nu a fost discutată',
    'Offer the person a last conversation and explain how long data is kept; `details.missing` names what was not done.',
  ),
  'service-goes-on': problem(
    'rule-broken',
    'The service goes on for now',
    'Serviciul continuă deocamdată',
    'This end of a service is agreed with whoever leads the case first; put the service on hold where safety asks for it.',
  ),
  'move-on-running': problem(
    'rule-broken',
    'Help goes on after the refusal',
    'Ajutorul continuă după refuz',
    'An authority refused, and what runs goes on until `details.until`: plan the way out with the person first (A8, INV-6).',
  ),
  'services-open': problem(
    'rule-broken',
    'Services are open',
    'Există servicii deschise',
    'End or hand over the services and referrals that are open; `details` counts them.',
  ),
} as const;
