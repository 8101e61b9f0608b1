import type { Words } from './words.js';

/** English. */
export const ENGLISH: Words = {
  locale: 'en-GB',
  title: 'What is known about you here',
  opening: 'Read this with somebody you trust. You do not have to take the paper with you.',
  headings: {
    who: 'Who can see something about you now', agreed: 'What you agreed to', ended: 'What you no longer agree to, or what is over',
    unasked: 'What was told without asking you', opened: 'Who opened your file in an emergency', looked: 'Who looked at your private details', tried: 'Who asked about you and was told nothing',
    paid: 'Whether the state pays for your help', rights: 'What you can do',
  },
  nothing: {
    who: 'Nobody.', agreed: 'You have not agreed to anything.', ended: 'Nothing.', unasked: 'Nothing was told without asking you.', opened: 'Nobody.',
    looked: 'Nobody has looked at them.', tried: 'Nobody.',
  },
  roles: {
    CM: 'looks after all the help for you', SP: 'gives you help', CP_AUTH: 'protects children', NRM_COORD: 'makes sure that somebody helps you',
    RET_ORG: 'prepares your journey', GUARD: 'speaks for you as your guardian', DETECT: 'was the first to say that you may need help',
    HEALTH: 'looks after your health', LEGAL: 'gives you legal advice', SUP: 'checks the work of those who help you', DPO: 'guards your data',
    ID_AUTH: 'was asked to decide about your rights', LE: 'police', PROS: 'prosecutor', CONS: 'consulate',
    AUDIT: 'checks that everybody did what they must',
  },
  otherRole: 'works for you',
  sees: {
    OWN: 'It knows only what it told us itself.',
    OFFER: 'It was asked whether it can help. It knows your age group and what you need. It does not know your name.',
    FULL: 'It sees what is done for you. It does not see your name or your story.',
    PRIVATE: 'It sees what is done for you and can open your private details. Each time it does is written below.',
  },
  purposes: {
    IDENTITY_RECORDING: 'may write down your name', INTERVIEW: 'talking with you about what happened', ASSESSMENT: 'may ask what you need and what is dangerous for you',
    REFERRAL: 'may be asked to help you', SERVICE_DELIVERY: 'may help you', FORMAL_IDENTIFICATION_REQUEST: 'may be asked to decide about your rights',
    LAW_ENFORCEMENT_SHARING: 'may be told about you by us', CROSS_BORDER: 'may be told about you in another country', RETURN: 'may prepare your journey',
    CONTACT_FAMILY: 'speaking with somebody of your family', GROUP: 'may have you in a group', FOLLOW_UP: 'may ask you later how you are',
    RESEARCH_STATS: 'counting you, without your name',
  },
  nobody: 'Only those who work with you',
  grounds: {
    RISK_TO_LIFE: 'because a life was in danger', CHILD_PROTECTION_DUTY: 'because a child had to be protected', COURT_ORDER: 'because a court ordered it',
    LEGAL_DUTY: 'because a law demands it',
  },
  reviews: {
    DUE: 'A second person still has to check it.', UPHELD: 'A second person checked it and agreed.',
    NOT_UPHELD: 'A second person checked it and did not agree. Nothing more is told.',
  },
  compartments: {
    identity: 'your name and papers', contact: 'how you can be reached', narrative: 'what you told', assessment: 'what was asked about your safety',
    health: 'your health', proceedings: 'your affairs with police and court', evidence: 'papers that you signed', statistics: 'where you come from',
    majority: 'the day on which you come of age',
  },
  emergencies: {
    RISK_TO_LIFE: 'because your life was in danger', MEDICAL_EMERGENCY: 'because a doctor had to help you at once', CHILD_IN_DANGER: 'because a child was in danger',
    MISSING_PERSON: 'because you were looked for', IMMEDIATE_THREAT: 'because somebody threatened you',
  },
  payments: {
    REQUESTED: (by) => `somebody asked. An answer is owed by ${by}. Your help does not wait for it`, GRANTED: () => 'the state pays',
    QUEUED: () => 'the state pays later. The help that you have goes on',
    REFUSED: () => 'the state does not pay. The help that you have does not end because of that, and it can be asked again',
  },
  inEmergency: 'in an emergency',
  historyOnly: 'checked what was done for you, without your name and your story',
  preparedFor: (name) => `prepared a page about you, without your name and your story, for ${name} in another country`,
  attempt: 'asked, and was told nothing',
  times: (count) => `${String(count)} times`,
  until: (day) => `until ${day}`,
  since: (day) => `since ${day}`,
  withdrawn: (day) => `you said stop on ${day}`,
  refused: (day) => `you said no on ${day}`,
  over: (day) => `over since ${day}`,
  rights: [
    'You can say stop to anything you agreed to, at any time. You need no reason. You keep the help.',
    'You can see everything that is written about you, and have mistakes put right.',
    'You can ask for what is written about you to be deleted.',
    'You can complain about us, to us or to the data protection authority.',
    'You do not have to talk to the police to be helped.',
  ],
};
