import './fields.css';
import { type KeyboardEvent, type ReactNode, type RefObject, useId } from 'react';

export interface TypedFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onType: (value: string) => void;
  /** Enter goes on; in a text of more lines Shift and Enter begins a new line. */
  readonly onEnter?: () => void;
  readonly hint?: ReactNode;
  /** What is wrong with it, in Dutch. */
  readonly problem?: string | undefined;
  readonly lines?: number;
  readonly suggestions?: readonly string[];
  readonly inputMode?: 'text' | 'numeric';
  readonly isOptional?: boolean;
  readonly maxLength?: number;
  readonly width?: 'short' | 'full';
  readonly field?: RefObject<HTMLInputElement | HTMLTextAreaElement | null>;
}

/** A field of a flow that is played by keyboard: what is typed lives with the flow, Enter goes on. */
export function TypedField({ label, value, onType, onEnter, hint, problem, lines, suggestions, inputMode = 'text', isOptional = false, maxLength, width = 'full', field }: TypedFieldProps) {
  const id = useId();
  const described = [hint !== undefined && `${id}-hint`, problem !== undefined && `${id}-problem`].filter((part) => part !== false).join(' ');
  const invalid = (name: string) => (problem === undefined ? '' : ` ${name}--invalid`);
  const shared = {
    id,
    value,
    maxLength,
    'aria-invalid': problem !== undefined || undefined,
    'aria-describedby': described === '' ? undefined : described,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.metaKey || onEnter === undefined || event.nativeEvent.isComposing) return;
      event.preventDefault();
      if (!event.repeat) onEnter();
    },
  };
  return (
    <div className={`utrecht-form-field anw-field typed-field--${width}${problem === undefined ? '' : ' utrecht-form-field--invalid'}`}>
      <label className="utrecht-form-label" htmlFor={id}>
        {label}
        {isOptional && <span className="anw-optional"> (niet verplicht)</span>}
      </label>
      {hint !== undefined && (
        <div className="utrecht-form-field-description" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      {problem !== undefined && (
        <div className="utrecht-form-field-description utrecht-form-field-description--invalid" id={`${id}-problem`} role="alert">
          {problem}
        </div>
      )}
      {lines === undefined ? (
        <input {...shared} className={`utrecht-textbox utrecht-textbox--html-input${invalid('utrecht-textbox')}`} type="text" autoComplete="off" spellCheck={false} inputMode={inputMode} list={suggestions && `${id}-list`} ref={field as RefObject<HTMLInputElement | null>} onChange={(event) => onType(event.target.value)} />
      ) : (
        <textarea {...shared} className={`utrecht-textarea utrecht-textarea--html-textarea${invalid('utrecht-textarea')}`} rows={lines} ref={field as RefObject<HTMLTextAreaElement | null>} onChange={(event) => onType(event.target.value)} />
      )}
      {suggestions && (
        <datalist id={`${id}-list`}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </div>
  );
}
