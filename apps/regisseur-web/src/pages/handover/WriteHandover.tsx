import { type HandoverInput, HandoverView, type NightCareRequest } from '@anw/api-contracts';
import { ask, Badge, Card, Form, formatTime, TextArea, useAnwForm } from '@anw/web-ui';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { deskKeys } from '../../events/DeskEvents.js';
import { careRequestWords, urgencyWords } from '../../words/desk-words.js';
import { AuthorizationBadge } from '../night/NightList.js';

/** What is typed: a remark for the whole, and a note for each care request that is open, by its id. */
interface HandoverNotes {
  readonly remark: string;
  readonly notes: Readonly<Record<string, string>>;
}

/** Hands over everything that is open, with a note where one is needed. */
export function WriteHandover({ open }: { readonly open: readonly NightCareRequest[] }) {
  const client = useQueryClient();
  // Made once for these notes: pressing twice hands over once (design D18).
  const [id, setId] = useState(() => crypto.randomUUID());
  const form = useAnwForm<HandoverNotes>({ defaultValues: { remark: '', notes: {} }, draft: 'handover' });
  const handOver = async ({ remark, notes }: HandoverNotes) => {
    await ask({ method: 'POST', path: '/api/handovers', body: inputOf(id, remark, notes, open), answer: HandoverView });
    setId(crypto.randomUUID());
    await client.invalidateQueries({ queryKey: deskKeys.handovers });
  };
  return (
    <Card title="Uw nacht overdragen">
      <p>{open.length === 0 ? 'Er staat niets open.' : `Er ${open.length === 1 ? 'staat 1 zorgvraag' : `staan ${open.length} zorgvragen`} open. Alles hieronder gaat mee, ook zonder aantekening.`}</p>
      <Form form={form} onSubmit={handOver} submitLabel="Overdragen" afterwards="reset">
        {open.map(({ careRequest, state, authorizations: [latest] }) => (
          <div key={careRequest.id} className="handover-open">
            <div className="handover-item__head">
              <strong>{nameOf(careRequest, latest)}</strong>
              <Badge>{urgencyWords[careRequest.urgency]}</Badge>
              {latest ? <AuthorizationBadge authorization={latest} /> : <Badge tone="warning">{careRequestWords[state]}</Badge>}
            </div>
            <p className="handover-item__words">{careRequest.description}</p>
            <TextArea name={`notes.${careRequest.id}`} label={`Aantekening bij ${nameOf(careRequest, latest)}`} rows={2} maxLength={1000} />
          </div>
        ))}
        <TextArea name="remark" label="Wat moet de volgende triagist verder weten?" rows={3} maxLength={1000} />
      </Form>
    </Card>
  );
}

/** Two callers may be each the daughter of somebody: when they called tells them apart. */
function nameOf({ reportedBy, receivedAt }: NightCareRequest['careRequest'], latest: NightCareRequest['authorizations'][number] | undefined): string {
  return latest?.patient.name ?? `${reportedBy}, ${formatTime(receivedAt)}`;
}

function inputOf(id: string, remark: string, notes: HandoverNotes['notes'], open: readonly NightCareRequest[]): HandoverInput {
  const written = open.flatMap(({ careRequest }) => {
    const note = (notes[careRequest.id] ?? '').trim();
    return note === '' ? [] : [{ careRequest: careRequest.id, note }];
  });
  return { id, ...(remark.trim() !== '' && { remark: remark.trim() }), notes: written };
}
