import { desktopAndPhone, type TourStop } from '../tour-stop.js';

/** The custodian's pages. */
export const custodianStops: readonly TourStop[] = [
  { name: 'custodian-refusal', service: 'custodian', username: 'petra', path: ({ refusal }) => `/weigering/${refusal ?? ''}`, caption: 'Why a nurse was refused: the eight checks, what was seen, who repairs it.', shots: [['desktop', 'light'], ...desktopAndPhone] },
  { name: 'custodian-log', service: 'custodian', username: 'petra', path: '/logboek?purpose=complaint', caption: 'The log in plain Dutch, by client, with a purpose for looking.', shots: desktopAndPhone },
  { name: 'custodian-from-anw', service: 'custodian', username: 'daan', path: '/binnengekomen', caption: 'What came in during the night, for the day team.', shots: desktopAndPhone },
  { name: 'custodian-allowlist', service: 'custodian', username: 'bram', path: '/whitelist', caption: 'Which regisseur may send whom: who decided that, when and why.', shots: desktopAndPhone },
];
