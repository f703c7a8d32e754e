import { AuthorizationView, type ProposedPractitioner, type ReassignInput } from '@anw/api-contracts';
import { Button, Card, ProblemAlert, QueryFaces, useSend } from '@anw/web-ui';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { deskKeys } from '../../events/DeskEvents.js';
import { TypedField } from '../../fields/TypedField.js';
import { ProposalList } from '../../proposal/ProposalList.js';
import { useProposal } from '../../proposal/use-proposal.js';
import { windowOf, writeTime } from '../call/visit-window.js';
import { useVisitDraft } from './visit-draft.js';

interface ReassignPanelProps {
  readonly visit: AuthorizationView;
  readonly onClose: () => void;
}

const reasons = ['Opent de melding niet', 'Is niet bereikbaar', 'Is verhinderd', 'Iemand anders is dichterbij'];

/** Somebody else for the same visit: why, who, and then what will happen. */
export function ReassignPanel({ visit, onClose }: ReassignPanelProps) {
  const { patient, handle, custodian, urgency, shift } = visit;
  const query = useProposal({ patient: { handle, custodian }, address: patient.address, urgency });
  const draft = useVisitDraft(visit.id, 'reassign', () => ({ reason: '' }));
  const { reason } = draft.values;
  const [isReasonGiven, setReasonGiven] = useState(false);
  const [chosen, setChosen] = useState<ProposedPractitioner>();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!isReasonGiven) field.current?.focus();
  }, [isReasonGiven]);
  return (
    <Card title="Andere zorgverlener sturen">
      <div className="anw-form">
        <TypedField label="Waarom iemand anders?" value={reason} onType={(typed) => draft.type({ reason: typed })} onEnter={() => setReasonGiven(reason.trim() !== '')} field={field} suggestions={reasons} maxLength={300} hint="Enter gaat naar de zorgverleners." />
        {isReasonGiven && chosen === undefined && (
          <QueryFaces query={query} what="de zorgverleners in dienst">
            {(proposal) => <ProposalList proposal={proposal} onChoose={setChosen} excluded={shift} />}
          </QueryFaces>
        )}
        {chosen !== undefined && <ConfirmReassign visit={visit} chosen={chosen} reason={reason.trim()} onOther={() => setChosen(undefined)} onSent={draft.forget} />}
        <div className="anw-actions">
          <Button kind="subtle" onClick={() => (draft.forget(), onClose())}>
            Niet doen
          </Button>
        </div>
      </div>
    </Card>
  );
}

interface ConfirmReassignProps {
  readonly visit: AuthorizationView;
  readonly chosen: ProposedPractitioner;
  readonly reason: string;
  readonly onOther: () => void;
  readonly onSent: () => void;
}

function ConfirmReassign({ visit, chosen, reason, onOther, onSent }: ConfirmReassignProps) {
  const navigate = useNavigate();
  const [requestId] = useState(() => crypto.randomUUID());
  const [times, setTimes] = useState(() => ({ from: writeTime(new Date(visit.visitWindow.from)), until: writeTime(new Date(visit.visitWindow.until)) }));
  const [isChanged, setChanged] = useState(false);
  const reassigning = useSend({
    path: `/api/authorizations/${visit.id}/reassign`,
    body: (input: ReassignInput) => input,
    answer: AuthorizationView,
    refreshes: [deskKeys.night, deskKeys.authorization(visit.id)],
    onSent: ({ id }) => {
      onSent();
      void navigate(`/bezoeken/${id}`);
    },
  });
  const visitWindow = isChanged ? windowOf(times, new Date()) : visit.visitWindow;
  const reassign = () => {
    if (visitWindow !== undefined) void reassigning.send({ requestId, shift: chosen.shift, reason, ...(isChanged && { visitWindow }) }).catch(() => undefined);
  };
  const type = (change: Partial<typeof times>) => {
    setTimes({ ...times, ...change });
    setChanged(true);
  };
  const fields = reassigning.problem?.fields ?? {};
  return (
    <form className="anw-form reassign" noValidate onSubmit={(event) => (event.preventDefault(), reassign())}>
      <p>
        De opdracht gaat naar <strong>{chosen.name}</strong> ({chosen.actor.name}). Die van {visit.practitioner.name} wordt ingetrokken: die ziet het dossier dan meteen niet meer.
      </p>
      <div className="reassign__times">
        <TypedField label="Bezoek vanaf" value={times.from} onType={(from) => type({ from })} onEnter={reassign} inputMode="numeric" maxLength={9} width="short" problem={visitWindow === undefined ? 'Vul twee tijden in, zoals 23:30.' : fields['visitWindow.from']} />
        <TypedField label="Uiterlijk" value={times.until} onType={(until) => type({ until })} onEnter={reassign} inputMode="numeric" maxLength={9} width="short" problem={fields['visitWindow.until']} />
      </div>
      {fields['reason'] !== undefined && <p role="alert">{fields['reason']}</p>}
      {reassigning.problem && <ProblemAlert problem={reassigning.problem} />}
      <div className="anw-actions">
        <Button type="submit" kind="primary" autoFocus busy={reassigning.isSending}>
          {chosen.name} sturen
        </Button>
        <Button kind="subtle" onClick={onOther}>
          Iemand anders kiezen
        </Button>
      </div>
    </form>
  );
}
