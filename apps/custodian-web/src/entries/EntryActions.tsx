import { Button, ConfirmButton, Dialog, Form, nothing, ProblemAlert, TextField, useAnwForm, useSend } from '@anw/web-ui';
import { useState } from 'react';
import type { EntryMembers } from './EntryTable.js';

export interface EntryActionsProps {
  readonly entry: EntryMembers;
  readonly name: string;
  readonly path: string;
}

export function EntryActions({ entry: { id, state, mayApprove, mayEnd }, name, path }: EntryActionsProps) {
  const [ending, setEnding] = useState(false);
  const refreshes = [[path], ['changes']];
  const approve = useSend<Record<string, never>, undefined>({ path: `${path}/${id}/approve`, answer: nothing, refreshes });
  const end = useSend<{ readonly reason: string }, undefined>({ path: `${path}/${id}/end`, answer: nothing, refreshes, onSent: () => setEnding(false) });
  if (!mayApprove && !mayEnd) return <span className="custodian-muted">Niets</span>;
  const endLabel = state === 'pending' ? 'Voorstel intrekken' : 'Beëindigen';
  return (
    <div className="custodian-entry-actions">
      {approve.problem !== undefined && <ProblemAlert problem={approve.problem} />}
      {mayApprove && (
        <ConfirmButton kind="primary" question={`U keurt goed: ${name}. Vanaf dan geldt dit.`} confirmLabel="Ja, goedkeuren" busy={approve.isSending} aria-label={`Goedkeuren: ${name}`} onConfirm={() => approve.send({})}>Goedkeuren</ConfirmButton>
      )}
      {state === 'pending' && !mayApprove && <p className="custodian-muted">U stelde dit voor. Een ander moet het goedkeuren.</p>}
      {mayEnd && <Button aria-label={`${endLabel}: ${name}`} onClick={() => setEnding(true)}>{endLabel}</Button>}
      {ending && (
        <Dialog title={`${endLabel}: ${name}`} onClose={() => setEnding(false)}>
          <p className="nl-paragraph">Dit gaat meteen in en kan niet worden teruggedraaid. Zo nodig voegt u het daarna opnieuw toe.</p>
          <EndForm label={endLabel} onEnd={(reason) => end.send({ reason })} />
        </Dialog>
      )}
    </div>
  );
}

function EndForm({ label, onEnd }: { readonly label: string; readonly onEnd: (reason: string) => Promise<unknown> }) {
  const form = useAnwForm({ defaultValues: { reason: '' } });
  return (
    <Form form={form} submitLabel={label} onSubmit={({ reason }) => onEnd(reason)}>
      <TextField name="reason" label="Waarom" hint="Noem geen gegevens van cliënten." required maxLength={500} autoFocus />
    </Form>
  );
}
