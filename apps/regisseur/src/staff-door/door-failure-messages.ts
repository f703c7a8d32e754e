import type { CustodianDoorFailure } from '@anw/triage';

/** What the triagist reads when a partner gave no answer, and who must repair it. */
export const doorFailureMessages: Readonly<Record<'custodian', Readonly<Record<CustodianDoorFailure, string>>>> = {
  custodian: {
    unreachable: 'De bronhouder antwoordt nu niet. De bronhouder moet zijn systeem weer bereikbaar maken.',
    unreadable: 'De bronhouder geeft een onleesbaar antwoord. De bronhouder moet zijn systeem herstellen.',
    refused: 'De bronhouder laat deze regisseur niet toe. De bronhouder kan de regisseur toelaten.',
    limited: 'De bronhouder staat nu geen zoekvragen meer toe: deze regisseur zocht te vaak. Probeer het over een minuut opnieuw.',
  },
};
