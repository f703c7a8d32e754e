import { type ReactNode, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { type DefaultValues, type FieldValues, FormProvider, useForm, type UseFormReturn } from 'react-hook-form';
import { ApiProblem } from '../ask/api-problem.js';
import { Alert } from '../parts/Alert.js';
import { Button } from '../parts/Button.js';
import { forgetFormDraft, keepFormDraft, readFormDraft } from './form-draft.js';

export interface AnwForm<Values extends FieldValues> {
  readonly form: UseFormReturn<Values>;
  readonly draft: string | undefined;
  /** What the form holds when nothing was typed; a draft that it began with is no part of it. */
  readonly empty: Values;
}

/**
 * A form's values. With `draft` what was typed survives a reload and a lost session, in this tab alone: never for
 * clinical text, BSN or names of clients.
 */
export function useAnwForm<Values extends FieldValues>({ defaultValues, draft }: { readonly defaultValues: Values; readonly draft?: string }): AnwForm<Values> {
  const [initial] = useState(() => ({ ...defaultValues, ...(draft === undefined ? undefined : readFormDraft(draft)) }) as DefaultValues<Values>);
  const form = useForm<Values>({ defaultValues: initial, shouldFocusError: false });
  useEffect(() => {
    if (draft === undefined) return;
    return form.subscribe({ formState: { values: true }, callback: ({ values }) => keepFormDraft(draft, values) });
  }, [form, draft]);
  const [empty] = useState(defaultValues);
  return { form, draft, empty };
}

export interface FormProps<Values extends FieldValues, Answer> {
  readonly form: AnwForm<Values>;
  /** Sends; an `ApiProblem` lands at its fields, and what was typed stays. */
  readonly onSubmit: (values: Values) => Promise<Answer>;
  readonly submitLabel: string;
  readonly children: ReactNode;
  /** Beside the button that sends. */
  readonly actions?: ReactNode;
  /** After it was sent: keep what is there, start empty again, or go on with what the answer leaves to do. */
  readonly afterwards?: 'keep' | 'reset' | ((values: Values, answer: Answer) => Values);
}

/** A form whose faults are told twice: at the field, and in a summary that gets the focus. Sends once per press. */
export function Form<Values extends FieldValues, Answer>({ form: { form, draft, empty }, onSubmit, submitLabel, children, actions, afterwards = 'keep' }: FormProps<Values, Answer>) {
  const [problem, setProblem] = useState<ApiProblem>();
  const [isSending, setSending] = useState(false);
  const underWay = useRef(false);
  const summary = useRef<HTMLDivElement>(null);
  const [attempts, setAttempts] = useState(0);
  useEffect(() => {
    if (attempts > 0) summary.current?.focus();
  }, [attempts]);

  const submit = async (values: Values) => {
    if (underWay.current) return;
    underWay.current = true;
    setSending(true);
    setProblem(undefined);
    try {
      const answer = await onSubmit(values);
      if (draft !== undefined) forgetFormDraft(draft);
      if (afterwards !== 'keep') form.reset(afterwards === 'reset' ? empty : afterwards(values, answer));
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      for (const [field, message] of Object.entries(error.fields)) if (hasField(form, field)) form.setError(field as never, { type: 'server', message });
      setProblem(error);
      setAttempts((count) => count + 1);
    } finally {
      underWay.current = false;
      setSending(false);
    }
  };
  const handle = (event: SubmitEvent<HTMLFormElement>) => {
    form.clearErrors();
    void form.handleSubmit(submit, () => setAttempts((count) => count + 1))(event);
  };
  const faults = listFaults(form.formState.errors);
  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={handle} className="anw-form">
        {(faults.length > 0 || problem !== undefined) && (
          <Alert ref={summary} kind="error" announce="off" title={faults.length > 0 ? 'Nog niet verzonden: dit klopt nog niet' : problem?.title}>
            {problem?.detail !== undefined && <p>{problem.detail}</p>}
            {faults.length > 0 && (
              <ul className="anw-faults">
                {faults.map(({ field, message }) => (
                  <li key={field}><button type="button" className="nl-link anw-link-button" onClick={() => form.setFocus(field as never)}>{message}</button></li>
                ))}
              </ul>
            )}
            {problem !== undefined && Object.entries(problem.fields).filter(([field]) => !hasField(form, field)).map(([field, message]) => <p key={field}>{message}</p>)}
            {problem?.reference !== undefined && <p className="anw-reference">Kenmerk: <code>{problem.reference}</code></p>}
          </Alert>
        )}
        {children}
        <div className="anw-actions">
          <Button type="submit" kind="primary" busy={isSending}>{isSending ? 'Wordt verzonden…' : submitLabel}</Button>
          {actions}
        </div>
      </form>
    </FormProvider>
  );
}

function hasField<Values extends FieldValues>(form: UseFormReturn<Values>, field: string): boolean {
  return form.control._names.mount.has(field);
}

interface Fault {
  readonly field: string;
  readonly message: string;
}

/** Every fault of a form, nested ones included, in the order of its fields. */
function listFaults(errors: object, prefix = ''): readonly Fault[] {
  return Object.entries(errors).flatMap(([name, error]: [string, { message?: unknown; type?: unknown }]) => {
    if (error === undefined || error === null || typeof error !== 'object') return [];
    if (typeof error.message === 'string' && error.type !== undefined) return [{ field: prefix + name, message: error.message }];
    return name === 'ref' ? [] : listFaults(error, `${prefix}${name}.`);
  });
}
