import type { TriageOutcome } from '@anw/api-contracts';
import { Alert, Button } from '@anw/web-ui';
import { outcomeWords } from '../../words/desk-words.js';
import type { CallFlow } from './call-flow.js';

const nextWords: Readonly<Record<Exclude<TriageOutcome, 'out-of-hours-care'>, string>> = {
  'emergency-112': 'De beller belt 112, of u hebt dat gedaan. Er gaat geen zorgverlener van de ANW-zorg.',
  'informal-carer': 'De mantelzorger komt. Er gaat geen zorgverlener van de ANW-zorg.',
  'nothing-needed': 'Er is nu geen zorg nodig.',
};

/** A call that ended without a visit: recorded, with what was said. */
export function EndedCall({ flow: { conclusion }, onNext }: { readonly flow: CallFlow; readonly onNext: () => void }) {
  if (conclusion === undefined || conclusion.outcome === 'out-of-hours-care') return null;
  return (
    <>
      <Alert kind="success" title={`Vastgelegd: ${outcomeWords[conclusion.outcome]}`}>
        <p>{nextWords[conclusion.outcome]}</p>
        {conclusion.advice !== undefined && <p>{conclusion.advice}</p>}
      </Alert>
      <Button kind="primary" autoFocus onClick={onNext}>
        Volgende melding
      </Button>
    </>
  );
}
