import { type HTMLInputAutoCompleteAttribute, type ReactNode, useId } from 'react';
import { get, type RegisterOptions, useFormContext, type UseFormRegisterReturn } from 'react-hook-form';
import { readNumber } from './read-number.js';

interface CommonProps {
  /** Path in the values, as `medication.dose`. */
  readonly name: string;
  readonly label: ReactNode;
  /** Below the label. */
  readonly hint?: ReactNode;
  /** Left empty, the page itself says that it is needed; every other rule is the server's. */
  readonly required?: boolean;
}

interface FieldParts {
  readonly id: string;
  readonly error: string | undefined;
  readonly registered: UseFormRegisterReturn;
  readonly describedBy: string | undefined;
}

function useField({ name, label, hint, required = false }: CommonProps, options: RegisterOptions = {}): FieldParts {
  const id = useId();
  const { register, formState } = useFormContext();
  const error = (get(formState.errors, name) as { readonly message?: string } | undefined)?.message;
  const needed = typeof label === 'string' ? `Vul in: ${label.toLowerCase()}` : 'Vul dit in';
  const registered = register(name, { ...options, ...(required && { required: needed }) });
  const describedBy = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`].filter(Boolean).join(' ') || undefined;
  return { id, error, registered, describedBy };
}

function Frame({ id, error, label, hint, required = false, children }: { readonly id: string; readonly error: string | undefined; readonly label: ReactNode; readonly hint?: ReactNode; readonly required?: boolean; readonly children: ReactNode }) {
  return (
    <div className={`utrecht-form-field anw-field${error === undefined ? '' : ' utrecht-form-field--invalid'}`}>
      <label htmlFor={id} className="utrecht-form-label">{label}{!required && <span className="anw-optional"> (niet verplicht)</span>}</label>
      {hint !== undefined && <div id={`${id}-hint`} className="utrecht-form-field-description">{hint}</div>}
      {error !== undefined && <div id={`${id}-error`} className="utrecht-form-field-description utrecht-form-field-description--invalid">{error}</div>}
      {children}
    </div>
  );
}

export interface TextFieldProps extends CommonProps {
  readonly type?: 'text' | 'search' | 'tel' | 'email' | 'date' | 'password';
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'search';
  readonly autoComplete?: HTMLInputAutoCompleteAttribute;
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
  readonly placeholder?: string;
}

export function TextField({ type = 'text', inputMode, autoComplete = 'off', autoFocus, maxLength, placeholder, ...common }: TextFieldProps) {
  const { id, error, registered, describedBy } = useField(common);
  return (
    <Frame id={id} error={error} label={common.label} hint={common.hint} required={common.required}>
      <input {...registered} {...{ id, type, inputMode, autoComplete, autoFocus, maxLength, placeholder }} aria-invalid={error !== undefined || undefined} aria-describedby={describedBy} aria-required={common.required || undefined} className={`utrecht-textbox utrecht-textbox--html-input${error === undefined ? '' : ' utrecht-textbox--invalid'}`} />
    </Frame>
  );
}

export function TextArea({ rows = 4, maxLength, autoFocus, ...common }: CommonProps & { readonly rows?: number; readonly maxLength?: number; readonly autoFocus?: boolean }) {
  const { id, error, registered, describedBy } = useField(common);
  return (
    <Frame id={id} error={error} label={common.label} hint={common.hint} required={common.required}>
      <textarea {...registered} {...{ id, rows, maxLength, autoFocus }} aria-invalid={error !== undefined || undefined} aria-describedby={describedBy} aria-required={common.required || undefined} className={`utrecht-textarea utrecht-textarea--html-textarea${error === undefined ? '' : ' utrecht-textarea--invalid'}`} />
    </Frame>
  );
}

export function NumberField({ unit, decimal = false, autoFocus, ...common }: CommonProps & { readonly unit?: string; readonly decimal?: boolean; readonly autoFocus?: boolean }) {
  const { id, error, registered, describedBy } = useField(common, { setValueAs: readNumber });
  return (
    <Frame id={id} error={error} label={common.label} hint={common.hint} required={common.required}>
      <div className="anw-with-unit">
        <input {...registered} {...{ id, autoFocus }} type="text" inputMode={decimal ? 'decimal' : 'numeric'} autoComplete="off" aria-invalid={error !== undefined || undefined} aria-describedby={[describedBy, unit !== undefined && `${id}-unit`].filter(Boolean).join(' ') || undefined} aria-required={common.required || undefined} className={`utrecht-textbox utrecht-textbox--html-input anw-number${error === undefined ? '' : ' utrecht-textbox--invalid'}`} />
        {unit !== undefined && <span id={`${id}-unit`} className="anw-unit">{unit}</span>}
      </div>
    </Frame>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
}

export function SelectField({ choices, placeholder = 'Kies…', ...common }: CommonProps & { readonly choices: readonly { readonly value: string; readonly label: string }[]; readonly placeholder?: string }) {
  const { id, error, registered, describedBy } = useField(common);
  return (
    <Frame id={id} error={error} label={common.label} hint={common.hint} required={common.required}>
      <select {...registered} id={id} aria-invalid={error !== undefined || undefined} aria-describedby={describedBy} aria-required={common.required || undefined} className={`utrecht-select utrecht-select--html-select${error === undefined ? '' : ' utrecht-select--invalid'}`}>
        <option value="">{placeholder}</option>
        {choices.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
      </select>
    </Frame>
  );
}

export function RadioField({ choices, ...common }: CommonProps & { readonly choices: readonly Choice[] }) {
  const { id, error, registered, describedBy } = useField(common);
  return (
    <fieldset className={`anw-fieldset${error === undefined ? '' : ' utrecht-form-field--invalid'}`} aria-describedby={describedBy}>
      <legend className="utrecht-form-label">{common.label}{common.required !== true && <span className="anw-optional"> (niet verplicht)</span>}</legend>
      {common.hint !== undefined && <div id={`${id}-hint`} className="utrecht-form-field-description">{common.hint}</div>}
      {error !== undefined && <div id={`${id}-error`} className="utrecht-form-field-description utrecht-form-field-description--invalid">{error}</div>}
      <div className="anw-choices">
        {choices.map(({ value, label, hint }) => (
          <label key={value} className="anw-choice">
            <input {...registered} type="radio" value={value} className="utrecht-radio-button utrecht-radio-button--html-input" />
            <span>{label}{hint !== undefined && <span className="anw-choice-hint">{hint}</span>}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function CheckboxField(common: Omit<CommonProps, 'required'> & { readonly required?: boolean }) {
  const { id, error, registered, describedBy } = useField(common);
  return (
    <div className={`anw-field${error === undefined ? '' : ' utrecht-form-field--invalid'}`}>
      {error !== undefined && <div id={`${id}-error`} className="utrecht-form-field-description utrecht-form-field-description--invalid">{error}</div>}
      <label className="anw-choice">
        <input {...registered} id={id} type="checkbox" aria-describedby={describedBy} aria-invalid={error !== undefined || undefined} className="utrecht-checkbox utrecht-checkbox--html-input" />
        <span>{common.label}{common.hint !== undefined && <span id={`${id}-hint`} className="anw-choice-hint">{common.hint}</span>}</span>
      </label>
    </div>
  );
}

/** A moment on the clock of the Netherlands as the browser's own picker gives it, as `2026-01-02T03:04`; `toInstant` gives it its zone. */
export function DateTimeField(common: CommonProps) {
  const { id, error, registered, describedBy } = useField(common);
  return (
    <Frame id={id} error={error} label={common.label} hint={common.hint} required={common.required}>
      <input {...registered} id={id} type="datetime-local" aria-invalid={error !== undefined || undefined} aria-describedby={describedBy} aria-required={common.required || undefined} className={`utrecht-textbox utrecht-textbox--html-input anw-datetime${error === undefined ? '' : ' utrecht-textbox--invalid'}`} />
    </Frame>
  );
}
