import { AuthorizationView } from '@anw/api-contracts';
import { Button, Dialog, ProblemAlert, useSend } from '@anw/web-ui';
import { useEffect, useRef } from 'react';
import { TypedField } from '../../fields/TypedField.js';
import { deskKeys } from '../../events/DeskEvents.js';
import { useVisitDraft } from './visit-draft.js';

const reasons = ['De cliënt belt af', 'De cliënt is naar het ziekenhuis', 'Verkeerde cliënt gekozen', 'Er gaat iemand anders'];

/** Takes it back, after saying what that means for the nurse. */
export function RevokeDialog({ visit, onClose }: { readonly visit: AuthorizationView; readonly onClose: () => void }) {
  const { id, practitioner, patient } = visit;
  const draft = useVisitDraft(id, 'revoke', () => ({ reason: '' }));
  const { reason } = draft.values;
  const close = () => {
    draft.forget();
    onClose();
  };
  const field = useRef<HTMLInputElement>(null);
  const revoking = useSend({ path: `/api/authorizations/${id}/revoke`, body: (input: { readonly reason: string }) => input, answer: AuthorizationView, refreshes: [deskKeys.night, deskKeys.authorization(id)], onSent: close });
  useEffect(() => field.current?.focus(), []);
  const revoke = () => void revoking.send({ reason: reason.trim() }).catch(() => field.current?.focus());
  return (
    <Dialog title="Inzet intrekken" onClose={close}>
      <p>
        {practitioner.name} ziet het dossier van {patient.name} dan meteen niet meer. {consequenceOf(visit)} Wat nog niet verstuurd was, gaat verloren.
      </p>
      <form className="anw-form" noValidate onSubmit={(event) => (event.preventDefault(), revoke())}>
        <TypedField label="Reden" value={reason} onType={(typed) => draft.type({ reason: typed })} onEnter={revoke} field={field} suggestions={reasons} maxLength={300} hint="Blijft bij de regisseur." problem={revoking.problem?.fields['reason']} />
        {revoking.problem && <ProblemAlert problem={revoking.problem} />}
        <div className="anw-actions">
          <Button type="submit" kind="danger" busy={revoking.isSending}>
            Intrekken
          </Button>
          <Button kind="subtle" onClick={close}>
            Niet doen
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function consequenceOf({ openedAt, follows }: AuthorizationView): string {
  if (follows === 'extended') return 'De inzet was al verlengd: bel de zorgverlener, want die kan bij de cliënt zijn.';
  if (openedAt !== undefined) return 'Het bezoek was al geopend: bel de zorgverlener, want die kan onderweg zijn.';
  return 'Het bezoek verdwijnt van de route.';
}
