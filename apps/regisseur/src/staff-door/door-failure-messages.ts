import type { PartnerDoorFailure } from '@anw/triage';

/** What the triagist reads when a partner gave no answer, and who must repair it. */
export const doorFailureMessages: Readonly<Record<'custodian' | 'actor', Readonly<Record<PartnerDoorFailure, string>>>> = {
  custodian: {
    unreachable: 'De bronhouder antwoordt nu niet. De bronhouder moet zijn systeem weer bereikbaar maken.',
    unreadable: 'De bronhouder geeft een onleesbaar antwoord. De bronhouder moet zijn systeem herstellen.',
    refused: 'De bronhouder laat deze regisseur niet toe. De bronhouder kan de regisseur toelaten.',
    limited: 'De bronhouder staat nu geen zoekvragen meer toe: deze regisseur zocht te vaak. Probeer het over een minuut opnieuw.',
  },
  actor: {
    unreachable: 'De zorgorganisatie antwoordt nu niet; hier staat wie er volgens haar laatste opgave dienst heeft. De zorgorganisatie moet haar systeem weer bereikbaar maken.',
    unreadable: 'De zorgorganisatie geeft een onleesbaar antwoord. De zorgorganisatie moet haar systeem herstellen.',
    refused: 'De zorgorganisatie laat deze regisseur haar diensten niet zien. De zorgorganisatie kan de regisseur toelaten.',
    limited: 'De zorgorganisatie antwoordt nu niet: deze regisseur vroeg te vaak. Probeer het over een minuut opnieuw.',
  },
};
