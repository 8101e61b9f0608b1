import type { Words } from './words.js';

/** Romanian, in forms of address that fit women and men alike. */
export const ROMANIAN: Words = {
  locale: 'ro-RO',
  title: 'Ce se știe aici despre dumneavoastră',
  opening: 'Citiți această pagină împreună cu cineva de încredere. Nu trebuie să luați hârtia cu dumneavoastră.',
  headings: {
    who: 'Cine poate vedea acum ceva despre dumneavoastră', agreed: 'Cu ce ați fost de acord', ended: 'Cu ce nu mai sunteți de acord sau ce s-a încheiat',
    unasked: 'Ce s-a spus fără să fiți întrebat(ă)', opened: 'Cine v-a deschis dosarul într-o urgență', looked: 'Cine s-a uitat la datele dumneavoastră personale',
    tried: 'Cine a întrebat despre dumneavoastră și nu a aflat nimic',
    paid: 'Dacă statul plătește pentru ajutorul dumneavoastră', rights: 'Ce puteți face',
  },
  nothing: {
    who: 'Nimeni.', agreed: 'Nu v-ați dat acordul pentru nimic.', ended: 'Nimic.', unasked: 'Nu s-a spus nimic fără să fiți întrebat(ă).', opened: 'Nimeni.',
    looked: 'Nimeni nu s-a uitat la ele.', tried: 'Nimeni.',
  },
  roles: {
    CM: 'are grijă de tot ajutorul pentru dumneavoastră', SP: 'vă ajută', CP_AUTH: 'îi protejează pe copii', NRM_COORD: 'se asigură că vă ajută cineva',
    RET_ORG: 'vă pregătește călătoria', GUARD: 'vorbește pentru dumneavoastră ca tutore', DETECT: 'a spus prima oară că poate aveți nevoie de ajutor',
    HEALTH: 'are grijă de sănătatea dumneavoastră', LEGAL: 'vă dă sfaturi juridice', SUP: 'verifică munca celor care vă ajută',
    DPO: 'vă păzește datele', ID_AUTH: 'a fost rugată să decidă despre drepturile dumneavoastră', LE: 'poliție', PROS: 'procuratură', CONS: 'consulat',
    AUDIT: 'verifică dacă fiecare și-a făcut datoria',
  },
  otherRole: 'lucrează pentru dumneavoastră',
  sees: {
    OWN: 'Știe doar ce ne-a spus chiar ea.',
    OFFER: 'A fost întrebată dacă poate ajuta. Știe grupa de vârstă și de ce aveți nevoie. Nu vă știe numele.',
    FULL: 'Vede ce se face pentru dumneavoastră. Nu vă vede numele și nici povestea.',
    PRIVATE: 'Vede ce se face pentru dumneavoastră și vă poate deschide datele personale. De fiecare dată când o face, se scrie mai jos.',
  },
  purposes: {
    IDENTITY_RECORDING: 'vă poate scrie numele', INTERVIEW: 'o discuție despre ce s-a întâmplat', ASSESSMENT: 'poate întreba de ce aveți nevoie și ce este periculos pentru dumneavoastră',
    REFERRAL: 'poate fi rugată să vă ajute', SERVICE_DELIVERY: 'vă poate ajuta', FORMAL_IDENTIFICATION_REQUEST: 'poate fi rugată să decidă despre drepturile dumneavoastră',
    LAW_ENFORCEMENT_SHARING: 'poate afla de la noi despre dumneavoastră', CROSS_BORDER: 'poate afla despre dumneavoastră în altă țară', RETURN: 'vă poate pregăti călătoria',
    CONTACT_FAMILY: 'o discuție cu cineva din familie', GROUP: 'vă poate primi într-un grup', FOLLOW_UP: 'vă poate întreba mai târziu ce mai faceți',
    RESEARCH_STATS: 'să fiți numărat(ă), fără nume',
  },
  nobody: 'Doar cei care lucrează cu dumneavoastră',
  grounds: {
    RISK_TO_LIFE: 'pentru că o viață era în pericol', CHILD_PROTECTION_DUTY: 'pentru că un copil trebuia protejat', COURT_ORDER: 'pentru că a cerut un judecător',
    LEGAL_DUTY: 'pentru că o cere o lege',
  },
  reviews: {
    DUE: 'O a doua persoană mai are de verificat.', UPHELD: 'O a doua persoană a verificat și a fost de acord.',
    NOT_UPHELD: 'O a doua persoană a verificat și nu a fost de acord. Nu se mai spune nimic.',
  },
  compartments: {
    identity: 'numele și actele', contact: 'cum puteți fi găsit(ă)', narrative: 'ce ați povestit', assessment: 'ce s-a întrebat despre siguranța dumneavoastră',
    health: 'sănătatea', proceedings: 'treburile cu poliția și tribunalul', evidence: 'hârtiile semnate', statistics: 'de unde veniți',
    majority: 'ziua în care deveniți major(ă)',
  },
  emergencies: {
    RISK_TO_LIFE: 'pentru că viața vă era în pericol', MEDICAL_EMERGENCY: 'pentru că un medic trebuia să vă ajute imediat', CHILD_IN_DANGER: 'pentru că un copil era în pericol',
    MISSING_PERSON: 'pentru că erați căutat(ă)', IMMEDIATE_THREAT: 'pentru că cineva vă amenința',
  },
  payments: {
    REQUESTED: (by) => `s-a întrebat. Răspunsul trebuie dat până la ${by}. Ajutorul nu așteaptă răspunsul`, GRANTED: () => 'statul plătește',
    QUEUED: () => 'statul plătește mai târziu. Ajutorul pe care îl aveți continuă',
    REFUSED: () => 'statul nu plătește. Ajutorul pe care îl aveți nu se oprește din cauza asta și se poate cere din nou',
  },
  inEmergency: 'într-o urgență',
  historyOnly: 'a verificat ce s-a făcut pentru dumneavoastră, fără nume și fără poveste',
  preparedFor: (name) => `a pregătit o pagină despre dumneavoastră, fără nume și fără poveste, pentru ${name} din altă țară`,
  attempt: 'a întrebat și nu a aflat nimic',
  times: (count) => `de ${String(count)} ori`,
  until: (day) => `până la ${day}`,
  since: (day) => `din ${day}`,
  withdrawn: (day) => `ați spus stop pe ${day}`,
  refused: (day) => `ați spus nu pe ${day}`,
  over: (day) => `încheiat din ${day}`,
  rights: [
    'Puteți spune stop oricând, la orice ați acceptat. Nu aveți nevoie de un motiv. Ajutorul rămâne.',
    'Puteți vedea tot ce este scris despre dumneavoastră și puteți cere să se corecteze greșelile.',
    'Puteți cere să se șteargă ce este scris despre dumneavoastră.',
    'Vă puteți plânge de noi, la noi sau la autoritatea pentru protecția datelor.',
    'Nu trebuie să vorbiți cu poliția ca să primiți ajutor.',
  ],
};
