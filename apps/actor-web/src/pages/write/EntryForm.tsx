import type { DraftIssue } from '@anw/api-contracts';
import { Alert, ApiProblem, Button, ConfirmButton, Dialog, Form, formatTime, useAnwForm } from '@anw/web-ui';
import { Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { EntryKind } from '../../entry-forms/entry-kinds.js';
import { askedFields, doubtsAbout, fieldFor, readEntry } from '../../entry-forms/entry-values.js';
import { type FormValues, isSameForm, type KeptDraft, toSend } from '../../offline/index.js';
import { useVisit } from '../dossier/Visit.js';
import type { VisitDraft } from '../drafts/use-visit-drafts.js';
import { EntryFields } from './EntryFields.js';
import { fromInputs, inputName, toInputs } from './input-names.js';
import { type Kept, useKeeping } from './use-keeping.js';

export interface EntryFormProps {
  readonly draft: VisitDraft;
  readonly kind: EntryKind;
  /** What stands in the fields at first. */
  readonly begun: FormValues;
  readonly onDiscard: () => Promise<void>;
}

/** A question that she answers before it goes. */
interface Question {
  readonly sentences: readonly string[];
  readonly confirmed: KeptDraft['confirmed'];
}

/** The form of an entry: kept as she types, questioned where a number is unusual, sent when she says so. */
export function EntryForm({ draft, kind, begun, onDiscard }: EntryFormProps) {
  const { stop } = useVisit();
  const form = useAnwForm({ defaultValues: toInputs(kind, begun) });
  const valuesNow = () => fromInputs(kind, form.form.getValues());
  const form_ = form.form;
  const onNews = (fields: FormValues) => Object.entries(fields).forEach(([field, value]) => form_.setValue(inputName(field), value, { shouldDirty: true }));
  const { keeping, kept: onDevice } = useKeeping({ id: draft.id, kind: kind.kind, begun, onNews });
  const [question, setQuestion] = useState<Question>();
  useEffect(() => {
    // A key that came before this listened counts as well.
    const now = valuesNow();
    if (!isSameForm(now, fromInputs(kind, toInputs(kind, begun)))) keeping.typed(now);
    return form_.subscribe({ formState: { values: true }, callback: ({ values }) => keeping.typed(fromInputs(kind, values)) });
  }, [form_, kind, keeping]);

  // What another tab typed meanwhile stands here too.
  const kept = draft.kept;
  useEffect(() => {
    if (kept !== undefined) keeping.takeIn(kept);
  }, [kept, keeping]);

  // What the server said of it lands at its fields, with the focus on the first.
  const said = saidAtFields(draft, kind, begun);
  const shown = useRef('');
  useEffect(() => {
    const print = JSON.stringify(said);
    if (said.length === 0 || shown.current === print) return;
    shown.current = print;
    for (const { field, message } of said) form_.setError(inputName(field), { type: 'server', message });
    form_.setFocus(inputName(said[0]!.field));
  }, [said, form_]);

  // The server asks about what is unusual in it.
  const asked = draft.kept?.stopped?.toConfirm;
  useEffect(() => {
    if (asked !== undefined) setQuestion({ sentences: asked.map(({ message, field }) => sentenceAbout(kind, field, message)), confirmed: 'all' });
  }, [asked, kind]);

  const send = async (confirmed: KeptDraft['confirmed']) => {
    setQuestion(undefined);
    keeping.typed(valuesNow());
    await keeping.send((kept) => toSend(kept, confirmed));
  };
  const submit = async () => {
    const values = valuesNow();
    const read = readEntry(kind, values);
    const doubts = doubtsAbout(kind, values);
    const faults = { ...(read.ok ? {} : read.faults), ...Object.fromEntries(doubts.filter(({ severity }) => severity === 'impossible').map(({ field, message }) => [field, message])) };
    if (Object.keys(faults).length > 0) throw faultsAt(faults);
    const unusual = doubts.filter(({ severity }) => severity === 'unusual');
    if (unusual.length > 0) setQuestion({ sentences: unusual.map(({ message }) => message), confirmed: unusual.map(({ field }) => field) });
    else await send([]);
  };
  const remarks = (draft.server?.state === 'draft' ? draft.server.remarks : []).filter(() => draft.kept === undefined || draft.kept.isAtServer);
  const stopped = draft.kept?.stopped;
  return (
    <div className="entry-form" onBlur={() => keeping.flush()}>
      {draft.server?.state === 'refused' && <Refused draft={draft} />}
      {stopped !== undefined && stopped.toConfirm === undefined && (
        <Alert kind="error" title="Nog niet verzonden">
          <p>{stopped.message}</p>
          {stopped.reference !== undefined && <p className="anw-reference">Kenmerk: <code>{stopped.reference}</code></p>}
        </Alert>
      )}
      <Form form={form} onSubmit={submit} submitLabel={`Verzenden naar ${stop.custodian.name}`} actions={
        <ConfirmButton kind="danger" icon={<Trash2 size={20} />} question="Wat u hier schreef, verdwijnt." confirmLabel="Weggooien" onConfirm={async () => { keeping.stop(); await onDiscard(); }}>Weggooien</ConfirmButton>
      }>
        <EntryFields kind={kind} />
        {remarks.length > 0 && (
          <Alert kind="warning" title="Let op">
            <ul>{remarks.map(({ message, field, rule }) => <li key={`${rule} ${field}`}>{sentenceAbout(kind, field, message)}</li>)}</ul>
          </Alert>
        )}
      </Form>
      <KeptLine {...onDevice} />
      {question !== undefined && (
        <Dialog title="Klopt dit?" role="alertdialog" onClose={() => setQuestion(undefined)}>
          {question.sentences.map((sentence) => <p key={sentence}>{sentence}</p>)}
          <div className="anw-actions">
            <Button kind="primary" onClick={() => void send(question.confirmed)}>Ja, het klopt: verzenden</Button>
            <Button autoFocus onClick={() => setQuestion(undefined)}>Nee, aanpassen</Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

/** A screen reader hears that it is kept, and not with each key that it is being kept. */
function KeptLine({ standing, keptAt }: Kept) {
  if (standing === 'failed') return <Alert kind="error" title="Niet bewaard op dit toestel"><p>Verlaat deze pagina niet voordat uw invoer is verzonden.</p></Alert>;
  return (
    <p className="anw-muted">
      <span role="status" className={standing === 'waiting' ? 'anw-visually-hidden' : undefined}>{keptAt === undefined ? 'Wat u typt, wordt vanzelf bewaard.' : `Bewaard om ${formatTime(keptAt)}. Nog niet verzonden.`}</span>
      {standing === 'waiting' && <span aria-hidden="true">Wordt bewaard…</span>}
    </p>
  );
}

function Refused({ draft: { server } }: { readonly draft: VisitDraft }) {
  if (server === undefined) return null;
  const bare = server.issues.filter(({ field }) => field === undefined);
  return (
    <Alert kind="error" title="Geweigerd door de bronhouder">
      <p>{server.message}</p>
      {bare.length > 0 && <ul>{bare.map(({ message }) => <li key={message}>{message}</li>)}</ul>}
      {server.reference !== undefined && <p className="anw-reference">Kenmerk: <code>{server.reference}</code></p>}
    </Alert>
  );
}

interface Said {
  readonly field: string;
  readonly message: string;
}

/** What was refused or could not be read, while it still is about what stands there. */
function saidAtFields({ kept, server }: VisitDraft, kind: EntryKind, begun: FormValues): readonly Said[] {
  const asked = askedFields(kind, kept?.form ?? begun);
  if (kept?.stopped?.fields !== undefined) return Object.entries(kept.stopped.fields).map(([member, message]) => ({ field: fieldFor(asked, member.replace(/^input\./, '')), message }));
  if (server?.state !== 'refused' || (kept !== undefined && !kept.isAtServer)) return [];
  return server.issues.flatMap(({ field, message }: DraftIssue) => (field === undefined ? [] : [{ field: fieldFor(asked, field), message }]));
}

/** `Bovendruk: De waarde is ongewoon; controleer de meting.` */
function sentenceAbout(kind: EntryKind, member: string | undefined, message: string): string {
  const label = member === undefined ? undefined : kind.fields.find(({ name }) => name === member || name.startsWith(`${member}.`))?.label;
  return label === undefined ? message : `${label}: ${message}`;
}

/** As the server would say it, so that it lands at the fields in the same way. */
function faultsAt(faults: Readonly<Record<string, string>>): ApiProblem {
  const errors = Object.entries(faults).map(([field, detail]) => ({ pointer: `/${inputName(field)}`, detail }));
  return ApiProblem.fromDetails({ type: 'urn:anw:problem:not-acceptable', title: 'Nog niet verzonden: dit klopt nog niet', status: 422, errors });
}
